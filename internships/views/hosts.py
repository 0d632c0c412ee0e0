"""The hosts that all partners share."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import RolesRequired
from internships import actions, queries
from internships.forms.hosts import HostChangeForm, HostForm, TutorForm, UnitChangeForm, UnitForm
from internships.models import Host
from internships.permissions import can_keep_hosts
from internships.views.roles import BOARD, PARTNER


class HostList(RolesRequired, View):
    """The hosts that all partners share."""

    roles = BOARD

    def get(self, request):
        text = request.GET.get("cerca", "")[:100]
        rows, following = queries.host_rows(text, request.GET.get("dopo", "")[:300])
        next_url = "?" + urlencode({"cerca": text, "dopo": following}) if following else ""
        context = {"rows": rows, "text": text, "next_url": next_url, "may_add": can_keep_hosts(request.user)}
        return render(request, "internships/host_list.html", context)


class ForReferral(RolesRequired, View):
    """A page on the way to an internship leads back to it: `?invio=` names the referral."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.referral = None
        if number := request.GET.get("invio"):
            try:
                self.referral = queries.referrals_of(request.user).filter(pk=number).first()
            except ValidationError as error:
                raise Http404 from error

    def onward(self, host):
        if self.referral:
            address = reverse("internships:internship-create", args=[self.referral.pk])
            return HttpResponseRedirect(f"{address}?azienda={host.pk}")
        return redirect("internships:host-detail", host.pk)


class HostCreate(ForReferral):
    """A new host with its first workplace and tutor."""

    def get(self, request):
        return self.page(HostForm(initial={"name": request.GET.get("nome", "")[:200]}))

    def post(self, request):
        form = HostForm(request.POST)
        if form.is_valid():
            try:
                host = actions.save_host(by=request.user, now=timezone.now(), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The host is entered."))
                return self.onward(host)
        return self.page(form)

    def page(self, form):
        context = {"form": form, "referral": self.referral, "known": None}
        if form.is_bound and (known := queries.host_of(form.data.get("vat_number", ""))):
            context |= {"known": known, "known_url": self.onward(known).url}
        return render(self.request, "internships/host_create.html", context)


class HostDetail(RolesRequired, View):
    """A host with its workplaces and tutors."""

    roles = BOARD

    def get(self, request, pk):
        host = get_object_or_404(Host.objects.prefetch_related("tutors"), pk=pk)
        today = timezone.localdate()
        context = {
            "host": host,
            "may_add": can_keep_hosts(request.user),
            "units": queries.places_of(host, today),
            "warnings": queries.warnings_of(host, today),
            "story": queries.host_story(host),
            "signers": queries.signers_of(host).order_by("name", "pk"),
            "agreements": queries.agreements_of(request.user).filter(host=host)[:20],
        }
        return render(request, "internships/host_detail.html", context)


class HostPartCreate(ForReferral):
    """Another workplace or another tutor of a host."""

    form_class = None
    title = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.host = get_object_or_404(Host, pk=kwargs["pk"])

    def get(self, request, **kwargs):
        return self.page(self.form_class())

    def post(self, request, **kwargs):
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                self.add(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return self.onward(self.host)
        return self.page(form)

    def page(self, form):
        context = {"form": form, "host": self.host, "title": self.title, "referral": self.referral}
        return render(self.request, "internships/host_part_create.html", context)


class UnitCreate(HostPartCreate):
    form_class = UnitForm
    title = gettext_lazy("New workplace")

    def add(self, data):
        actions.add_unit(host=self.host, by=self.request.user, now=timezone.now(), **data)


class TutorCreate(HostPartCreate):
    form_class = TutorForm
    title = gettext_lazy("New tutor")

    def add(self, data):
        actions.add_tutor(
            host=self.host,
            name=data["tutor_name"],
            email=data["tutor_email"],
            phone=data["tutor_phone"],
            by=self.request.user,
            now=timezone.now(),
        )


class HostChange(RolesRequired, View):
    """Correcting what is known of a host; what changed stands in its story."""

    roles = PARTNER
    form_class = HostChangeForm
    template = "internships/host_change.html"
    title = gettext_lazy("Change the host")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.host = get_object_or_404(Host, pk=kwargs["pk"])
        self.row = self.found(kwargs)

    def found(self, kwargs):
        return self.host

    def get(self, request, **kwargs):
        return self.page(self.form_class(initial=self.initial()))

    def post(self, request, **kwargs):
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                self.change(by=request.user, now=timezone.now(), **self.changes(form))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved. What changed stands in the host's story."))
                return redirect("internships:host-detail", self.host.pk)
        return self.page(form)

    def initial(self) -> dict:
        return {name: getattr(self.row, name) for name in self.form_class.base_fields}

    def changes(self, form) -> dict:
        return form.cleaned_data

    def change(self, **changes):
        actions.change_host(host=self.host, **changes)

    def page(self, form):
        context = {"form": form, "host": self.host, "title": self.title, "referral": None}
        return render(self.request, self.template, context)


class UnitChange(HostChange):
    """Correcting a workplace, with what the rules ask about it."""

    form_class = UnitChangeForm
    template = "internships/host_part_create.html"
    title = gettext_lazy("Change the workplace")

    def found(self, kwargs):
        return get_object_or_404(self.host.units, pk=kwargs["unit"])

    def change(self, **changes):
        actions.change_unit(unit=self.row, **changes)


class TutorChange(HostChange):
    """Correcting a tutor's name and contacts."""

    form_class = TutorForm
    template = "internships/host_part_create.html"
    title = gettext_lazy("Change the tutor")
    prefix = "tutor_"

    def found(self, kwargs):
        return get_object_or_404(self.host.tutors, pk=kwargs["tutor"])

    def initial(self):
        return {name: getattr(self.row, name.removeprefix(self.prefix)) for name in self.form_class.base_fields}

    def changes(self, form):
        return {name.removeprefix(self.prefix): value for name, value in form.cleaned_data.items()}

    def change(self, **changes):
        actions.change_tutor(tutor=self.row, **changes)
