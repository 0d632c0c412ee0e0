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
from internships.forms.hosts import HostForm, TutorForm, UnitForm
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
        return render(self.request, "internships/host_create.html", {"form": form, "referral": self.referral})


class HostDetail(RolesRequired, View):
    """A host with its workplaces and tutors."""

    roles = BOARD

    def get(self, request, pk):
        host = get_object_or_404(Host.objects.prefetch_related("units", "tutors"), pk=pk)
        return render(request, "internships/host_detail.html", {"host": host, "may_add": can_keep_hosts(request.user)})


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
