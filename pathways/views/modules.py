"""Paths of modules: their pages in the catalogue, taking one whole, and the partner's part."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from accounts.access import YoungPersonRequired
from migwork.errors import NotNow
from pathways import actions, forms, permissions
from pathways.models import ModulePath, Opportunity
from pathways.queries import mine, modules, workspace
from pathways.views.workspace import PartnerPage
from programme.queries import receiving_edition


class ModulePathCatalogue(TemplateView):
    """All paths that are on offer. No account needed."""

    template_name = "pathways/module_path_catalogue.html"

    def get_context_data(self, **kwargs):
        return {"paths": modules.public_paths()}


class PublicPath:
    """Loads a path that this reader may see, and what they have done of it."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = ModulePath.objects.visible_to(request.user).select_related("organisation").distinct()
        self.module_path = get_object_or_404(rows, slug=kwargs["slug"])
        self.person = request.user.person if request.user.is_authenticated else None
        self.participation = self.person and mine.participation_in(self.person, self.module_path.edition_id)

    def modules(self, *, asks):
        return modules.modules_for(self.module_path, self.participation, on=timezone.localdate(), asks=asks)


class ModulePathDetail(PublicPath, TemplateView):
    """Where it leads, module by module; the young person also sees how far they have come."""

    template_name = "pathways/module_path.html"

    def get_context_data(self, **kwargs):
        views = self.modules(asks=self.participation is not None)
        still_open = [view for view in views if view.is_open]
        can_take = bool(still_open) and (self.participation is None or all(view.choices for view in still_open))
        return {
            "path": self.module_path,
            "modules": views,
            "done": sum(view.done is not None for view in views),
            "is_complete": all(view.done for view in views) and bool(views),
            "still_open": still_open,
            "can_take": can_take and self.module_path.is_published and all(view.on_offer for view in still_open),
            "is_young": self.person is not None,
            "is_visitor": not self.request.user.is_authenticated,
            "can_edit": self.request.user.is_authenticated
            and permissions.can_edit_activity(self.request.user, self.module_path),
        }


class ModulePathEnrol(YoungPersonRequired, PublicPath, View):
    """Choose the dates of each module, then take all of them."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.module_path.is_published:
            raise Http404

    def get(self, request, *args, **kwargs):
        views = self.modules(asks=True)
        return self.page(views, forms.ModuleDatesForm(modules=views))

    def post(self, request, *args, **kwargs):
        views = self.modules(asks=True)
        form = forms.ModuleDatesForm(request.POST, modules=views)
        if self.participation is None or not form.is_valid():
            return self.page(views, form)
        try:
            actions.enrol_in_modules(
                path=self.module_path,
                runs=form.runs,
                participation=self.participation,
                by=request.user,
                now=timezone.now(),
            )
        except NotNow as reason:
            form.add_error(None, reason)
            return self.page(views, form)
        messages.success(request, _("You have a place in every module. We have written to you."))
        return redirect("pathways:module-path", slug=self.module_path.slug)

    def page(self, views, form):
        lacking = [view for view in views if view.is_open and not view.choices]
        context = {
            "path": self.module_path,
            "form": form,
            "lacking": lacking,
            "can_take": bool(form.fields) and not lacking and self.participation is not None,
        }
        return render(self.request, "pathways/module_path_enrol.html", context)


# --- The partner's part -------------------------------------------------------------------


class ModulePathList(PartnerPage, TemplateView):
    template_name = "pathways/module_path_list.html"

    def get_context_data(self, **kwargs):
        return {"paths": modules.paths_written_by(self.request.user)}


class ModulePathPage(PartnerPage):
    """Loads a path of the user's organisations; another's is not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = ModulePath.objects.run_by(request.user).select_related("organisation", "edition")
        self.module_path = get_object_or_404(rows, slug=kwargs["slug"])

    def back(self):
        return redirect("pathways:module-path-manage", slug=self.module_path.slug)


class ModulePathForm(View):
    """What creating and editing share."""

    module_path = None

    def form(self, data=None):
        edition = self.module_path.edition if self.module_path else receiving_edition(timezone.localdate())
        organisations = workspace.organisations_for(self.request.user, edition)
        if self.module_path:
            organisations = organisations | organisations.model.objects.filter(pk=self.module_path.organisation_id)
        initial = {} if self.module_path else {"organisation": organisations.first()}
        return forms.ModulePathForm(
            data, instance=self.module_path, organisations=organisations.distinct(), initial=initial
        )

    def get(self, request, *args, **kwargs):
        return self.page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        fields = form.cleaned_data
        if self.module_path is None:
            fields["edition"] = receiving_edition(timezone.localdate())
        try:
            saved = actions.save_module_path(path=self.module_path, by=request.user, now=timezone.now(), **fields)
        except NotNow as reason:
            form.add_error(None, reason)
            return self.page(form)
        messages.success(request, _("Saved."))
        return redirect("pathways:module-path-manage", slug=saved.slug)

    def page(self, form):
        return render(self.request, "pathways/module_path_form.html", {"form": form, "path": self.module_path})


class ModulePathCreate(PartnerPage, ModulePathForm):
    """Write a new path: it stays a draft until it is published."""


class ModulePathEdit(ModulePathPage, ModulePathForm):
    """Change its words."""


class ModulePathManage(ModulePathPage, TemplateView):
    """Its modules in order; what can be added is looked for by its title."""

    template_name = "pathways/module_path_manage.html"

    def get_context_data(self, **kwargs):
        words = self.request.GET.get("q", "").replace("\0", "")[:100]
        return {
            "path": self.module_path,
            "modules": modules.modules_in(self.module_path),
            "q": words,
            "found": modules.to_add(self.module_path, words) if words.strip() else None,
            "can_publish": permissions.can_publish_module_path(self.request.user, self.module_path),
        }


class ModulePathArrange(ModulePathPage, View):
    """Add an activity, take one out, move one up: `verb` and `module` come from the button."""

    def post(self, request, *args, **kwargs):
        number, verb = request.POST.get("module", ""), request.POST.get("verb", "")
        if verb not in ("add", "drop", "up") or not (number.isascii() and number.isdigit() and len(number) < 18):
            raise Http404
        # What is in the path can be taken out also when its partner has taken it off the catalogue.
        rows = Opportunity.objects.visible_to(request.user) | Opportunity.objects.filter(
            pk__in=self.module_path.modules.values("opportunity")
        )
        opportunity = get_object_or_404(rows.defer("search"), pk=number)
        try:
            actions.arrange_modules(
                path=self.module_path, opportunity=opportunity, verb=verb, by=request.user, now=timezone.now()
            )
        except NotNow as reason:
            messages.warning(request, reason.message)
        return self.back()


class ModulePathStep(ModulePathPage, View):
    """Publish, or take off: `verb` comes from the address."""

    verb = ""

    def post(self, request, *args, **kwargs):
        try:
            actions.change_module_path(path=self.module_path, verb=self.verb, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        else:
            words = {"publish": _("It is in the catalogue now."), "withdraw": _("It is off the catalogue.")}
            messages.success(request, words[self.verb])
        return self.back()
