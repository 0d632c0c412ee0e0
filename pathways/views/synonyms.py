"""Words that mean the same to the search: coordinators and administrators write them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired
from accounts.enums import Role
from pathways import actions, forms
from pathways.models import SynonymGroup
from pathways.queries.synonyms import groups


class SynonymPage(RolesRequired, View):
    """Whoever looks after the whole catalogue."""

    roles = {Role.COORDINATOR}
    group = None

    def save(self, form) -> bool:
        """Whether what was written is saved; else the form says why not."""
        if not form.is_valid():
            return False
        try:
            actions.save_synonyms(
                group=self.group, words=form.cleaned_data["words"], by=self.request.user, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        messages.success(self.request, _("Saved. The search knows it from now on."))
        return True


class SynonymList(SynonymPage):
    """All groups, and a new one."""

    def get(self, request):
        return self.page(forms.SynonymsForm())

    def post(self, request):
        form = forms.SynonymsForm(request.POST)
        return redirect("pathways:synonym-list") if self.save(form) else self.page(form)

    def page(self, form):
        asked = self.request.GET
        word = " ".join(asked.get("parola", "").replace("\x00", "").split())[:60]
        before = asked.get("prima", "")
        before = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
        rows, following = groups(word=word, before=before)
        context = {"form": form, "rows": rows, "following": following, "word": word}
        return render(self.request, "pathways/synonym_list.html", context)


class SynonymEdit(SynonymPage):
    """One group: change its words."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.group = get_object_or_404(SynonymGroup.objects.prefetch_related("synonyms"), pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        return self.page(forms.SynonymsForm(initial={"words": str(self.group)}))

    def post(self, request, *args, **kwargs):
        form = forms.SynonymsForm(request.POST)
        return redirect("pathways:synonym-list") if self.save(form) else self.page(form)

    def page(self, form):
        return render(self.request, "pathways/synonym_form.html", {"form": form, "group": self.group})


class SynonymRemove(SynonymPage):
    """Take a group out."""

    def post(self, request, pk):
        group = get_object_or_404(SynonymGroup, pk=pk)
        actions.remove_synonyms(group=group, by=request.user, now=timezone.now())
        messages.success(request, _("Taken out: these words find again only what they are written in."))
        return redirect("pathways:synonym-list")
