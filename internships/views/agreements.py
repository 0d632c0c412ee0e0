"""Framework agreements with hosts, and who signs for a host."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired
from accounts.enums import Role
from foundation.documents.queries import evidence_of
from foundation.files import serving
from internships import actions, queries
from internships.forms.papers import (
    AgreementForm,
    EndForm,
    HostIdentityForm,
    HostSignerForm,
    OutsideForm,
    PromoterSignerForm,
)
from internships.models import Host, HostSigner
from internships.permissions import can_work_on_agreement, check_can_work_on_agreement
from internships.queries.papers import AGREEMENT
from internships.showing.papers import own_signer
from internships.views.projects import mended
from internships.views.roles import BOARD, PARTNER
from migwork.attempts import attempt
from programme.models import Organisation

PAGE = 50


class HostSignerPage(RolesRequired, View):
    """A form about who signs for a host; hosts are common to all partners."""

    roles = PARTNER
    form_class = None
    title = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.load(**kwargs)

    def get(self, request, **kwargs):
        return self.page(self.form_class(initial=self.initial()))

    def initial(self):
        return {}

    def post(self, request, **kwargs):
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                self.act(form.cleaned_data)
            except ValidationError as error:
                mended(None, error, form)
            else:
                messages.success(request, self.done)
                return redirect("internships:host-detail", self.host.pk)
        return self.page(form)

    def page(self, form):
        context = {"form": form, "host": self.host, "title": self.title, "referral": None}
        return render(self.request, "internships/host_part_create.html", context)


class SignerCreate(HostSignerPage):
    form_class = HostSignerForm

    def load(self, pk):
        self.host = get_object_or_404(Host, pk=pk)
        self.title, self.done = _("Who signs for the host"), _("Saved. Check who they are when you see them.")

    def act(self, data):
        actions.add_signer(host=self.host, **data, by=self.request.user, now=timezone.now())


class SignerCheck(HostSignerPage):
    """Staff have who signs for the host before them."""

    form_class = HostIdentityForm

    def load(self, pk):
        self.signer = get_object_or_404(HostSigner.objects.select_related("host"), pk=pk, ended_at=None)
        self.host, self.title = self.signer.host, _("Check who %(name)s is") % {"name": self.signer.name}
        self.done = _("Checked. A link with a code is enough from now on.")

    def initial(self):
        return {name: getattr(self.signer, name) for name in ("email", "phone", "fiscal_code")}

    def act(self, data):
        given = {name: data[name] for name in ("paper", "email", "phone", "fiscal_code")}
        actions.check_signer(signer=self.signer, **given, by=self.request.user, now=timezone.now())


class SignerEnd(RolesRequired, View):
    """Somebody signs for the host no more."""

    roles = PARTNER

    def post(self, request, pk):
        signer = get_object_or_404(HostSigner, pk=pk)
        attempt(
            request,
            lambda: actions.end_signer(signer=signer, by=request.user, now=timezone.now()),
            _("Done. What waited for their signature is called off."),
        )
        return redirect("internships:host-detail", signer.host_id)


class AgreementList(RolesRequired, View):
    """The agreements that one may see, those that hold longest first."""

    roles = BOARD

    def get(self, request):
        rows = queries.agreements_of(request.user).order_by("-valid_to", "pk")
        number = request.GET.get("pagina", "1")
        page = max(int(number), 1) if number.isdecimal() and len(number) < 5 else 1
        found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
        context = {
            "rows": found[:PAGE],
            "next_url": f"?pagina={page + 1}" if len(found) > PAGE else "",
            "previous_url": f"?pagina={page - 1}" if page > 1 else "",
            "today": timezone.localdate(),
        }
        return render(request, "internships/agreement_list.html", context)


class AgreementCreate(RolesRequired, View):
    """With a host, for the organisation for which one works."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.host = get_object_or_404(Host, pk=kwargs["pk"])
        own = request.user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        self.promoter = Organisation.objects.filter(pk__in=own).order_by("pk").first()
        self.signers = queries.signers_of(self.host)

    def get(self, request, **kwargs):
        return self.page(AgreementForm(host=self.host))

    def post(self, request, **kwargs):
        form = AgreementForm(request.POST, host=self.host)
        if self.promoter is None:
            raise PermissionDenied
        if form.is_valid():
            parties = {"promoter": self.promoter, "host": self.host}
            try:
                agreement = actions.draft_agreement(**parties, **form.cleaned_data, by=request.user, now=timezone.now())
            except ValidationError as error:
                mended(None, error, form)
            else:
                return redirect("internships:agreement-detail", agreement.pk)
        return self.page(form)

    def page(self, form):
        context = {"form": form, "host": self.host, "promoter": self.promoter, "has_signers": self.signers.exists()}
        return render(self.request, "internships/agreement_create.html", context)


class AgreementPage(RolesRequired, View):
    """Loads an agreement that one may see."""

    roles = BOARD
    to_work = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.agreement = get_object_or_404(queries.agreements_of(request.user), pk=kwargs["pk"])
        if self.to_work:
            check_can_work_on_agreement(request.user, self.agreement)

    def back(self):
        return redirect("internships:agreement-detail", self.agreement.pk)

    def show(self, template, **context):
        return render(self.request, f"internships/{template}.html", {"agreement": self.agreement, **context})


class AgreementDetail(AgreementPage):
    """Its validity, its signatures, its internships, and what can be done."""

    to_work = False

    def get(self, request, **kwargs):
        agreement = self.agreement
        asked = queries.latest_requests(agreement).get(AGREEMENT)
        mine = own_signer(asked, request.user)
        return self.show(
            "agreement_detail",
            asked=asked,
            evidence=evidence_of(asked) if asked else [],
            to_sign=mine if mine and mine.state == "waiting" else None,
            may_work=can_work_on_agreement(request.user, agreement),
            internships=list(queries.internships_under(agreement)[:PAGE]),
            end=EndForm(),
            today=timezone.localdate(),
        )


class AgreementSend(AgreementPage):
    """Ask both parties to sign."""

    def get(self, request, **kwargs):
        return self.show("agreement_send", form=self.form())

    def form(self, data=None):
        return PromoterSignerForm(data, organisation_id=self.agreement.promoter_id, user=self.request.user)

    def post(self, request, **kwargs):
        form = self.form(request.POST)
        if form.is_valid():
            try:
                actions.send_agreement(
                    agreement=self.agreement, **form.cleaned_data, by=request.user, now=timezone.now()
                )
            except ValidationError as error:
                mended(None, error, form)
            else:
                messages.success(request, _("Asked. The host gets the link now."))
                return self.back()
        return self.show("agreement_send", form=form)


class AgreementBack(AgreementPage):
    """Call the signatures off."""

    def post(self, request, **kwargs):
        act = {"agreement": self.agreement, "by": request.user, "now": timezone.now()}
        attempt(request, lambda: actions.take_agreement_back(**act), _("Taken back."))
        return self.back()


class AgreementOutside(AgreementPage):
    """It was signed outside of the portal: its scan."""

    def get(self, request, **kwargs):
        return self.show("agreement_outside", form=OutsideForm(initial={"signed_on": timezone.localdate()}))

    def post(self, request, **kwargs):
        form = OutsideForm(request.POST, request.FILES)
        if form.is_valid():
            given = {"upload": form.cleaned_data["scan"], "signed_on": form.cleaned_data["signed_on"]}
            try:
                actions.sign_agreement_outside(agreement=self.agreement, **given, by=request.user, now=timezone.now())
            except ValidationError as error:
                mended(None, error, form)
            else:
                messages.success(request, _("Kept. The agreement is signed."))
                return self.back()
        return self.show("agreement_outside", form=form)


class AgreementEnd(AgreementPage):
    """It holds no more."""

    def post(self, request, **kwargs):
        form = EndForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        act = {"agreement": self.agreement, "reason": reason, "by": request.user, "now": timezone.now()}
        attempt(request, lambda: actions.end_agreement(**act), _("Ended."))
        return self.back()


class AgreementScan(AgreementPage):
    """The scan of what was signed outside."""

    to_work = False

    def get(self, request, **kwargs):
        if self.agreement.scan is None:
            raise Http404
        return serving.response(self.agreement.scan)
