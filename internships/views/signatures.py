"""Signing with one's own account, what the promoter does about each signature, the paper and its evidence."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import SignedInRequired, note_opening
from foundation.documents import actions as documents
from foundation.documents import hooks
from foundation.documents.enums import SignatureState, SignerRole, SignerState
from foundation.documents.forms import ConfirmForm, RefuseForm
from foundation.documents.models import SignatureRequest, Signer
from foundation.documents.queries import can_sign_by_account, content_of, evidence_of
from foundation.documents.serving import handed_out
from foundation.privacy.enums import AccessReason
from internships import actions, queries
from internships.forms.papers import HostIdentityForm, PaperScanForm, waiting_of
from internships.models import TrainingProject
from internships.permissions import may_handle_papers, may_take_signed_paper
from migwork.attempts import attempt


def place_of(paper):
    """Where a paper is at home."""
    if isinstance(paper, TrainingProject):
        return redirect("internships:internship-detail", paper.internship_id)
    return redirect("internships:agreement-detail", paper.pk)


class OwnSignature(SignedInRequired, View):
    """A signature that waits for whoever is signed in; others find nothing."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Signer.objects.select_related("request__document", "request__kind", "user")
        self.signer = get_object_or_404(rows, pk=kwargs["pk"], user=request.user)
        self.paper = queries.owner_of(self.signer.request)
        if self.paper is None or not may_handle_papers(request.user, self.signer.request):
            raise Http404

    def page(self, template, form):
        signer, request = self.signer, self.signer.request
        context = {
            "signer": signer,
            "asked": request,
            "paper": self.paper,
            "occasion": queries.shown_for_signing(request),
            "form": form,
            "enough": can_sign_by_account(signer),
            "live": signer.state == SignerState.WAITING and request.state == SignatureState.OPEN,
            "evidence": evidence_of(request),
            "intact": content_of(request.document) is not None,
        }
        return render(self.request, f"internships/{template}.html", context)


class PaperSign(OwnSignature):
    """Read it, then sign."""

    def get(self, request, **kwargs):
        return self.page("paper_sign", ConfirmForm(name=self.signer.name))

    def post(self, request, **kwargs):
        form = ConfirmForm(request.POST, name=self.signer.name)
        if form.is_valid():
            try:
                documents.sign(signer=self.signer, by=request.user, now=timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Thank you. You have signed."))
                return place_of(self.paper)
        return self.page("paper_sign", form)


class PaperRefuse(OwnSignature):
    """Say no, with a reason that all who sign can read."""

    def get(self, request, **kwargs):
        return self.page("paper_refuse", RefuseForm())

    def post(self, request, **kwargs):
        form = RefuseForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                documents.refuse(signer=self.signer, reason=reason, by=request.user, now=timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("It is recorded: you do not sign. The others read why."))
                return place_of(self.paper)
        return self.page("paper_refuse", form)


class OfRequest(SignedInRequired, View):
    """Something about a paper that is signed, for who is involved; for others it is not there."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.asked = self.load(kwargs["pk"])
        self.paper = queries.owner_of(self.asked)
        if self.paper is None or not any(hooks.may_handle.call(user=request.user, request=self.asked)):
            raise Http404

    def load(self, pk):
        return get_object_or_404(SignatureRequest.objects.select_related("document", "kind"), pk=pk)

    def note(self):
        if isinstance(self.paper, TrainingProject):
            note_opening(self.request, self.paper.internship.participation.person, why=AccessReason.INTERNSHIP)

    def back(self):
        return place_of(self.paper)


class PaperEvidence(OfRequest):
    """Who signed, when, how, what: and that the file is still the one that was signed."""

    def get(self, request, **kwargs):
        self.note()
        context = {
            "asked": self.asked,
            "paper": self.paper,
            "occasion": queries.shown_for_signing(self.asked),
            "evidence": evidence_of(self.asked),
            "intact": content_of(self.asked.document) is not None,
        }
        return render(request, "internships/paper_evidence.html", context)


class PaperFile(OfRequest):
    """The paper itself, the very bytes that were signed."""

    def get(self, request, **kwargs):
        self.note()
        return handed_out(request, self.asked.document)


class PaperScan(OfRequest):
    """One scan and who signed on it. The promoter's staff and operators."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not any(hooks.may_take_paper.call(user=request.user, request=self.asked)):
            raise Http404

    def get(self, request, **kwargs):
        return self.page(PaperScanForm(waiting=waiting_of(self.asked)))

    def post(self, request, **kwargs):
        form = PaperScanForm(request.POST, request.FILES, waiting=waiting_of(self.asked))
        if form.is_valid():
            given = {"signers": list(form.cleaned_data["signers"]), "upload": form.cleaned_data["scan"]}
            try:
                actions.take_paper(request=self.asked, **given, by=request.user, now=timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The signed paper is there."))
                return self.back()
        return self.page(form)

    def page(self, form):
        context = {
            "form": form,
            "asked": self.asked,
            "paper": self.paper,
            "occasion": queries.shown_for_signing(self.asked),
        }
        return render(self.request, "internships/paper_scan.html", context)


class OfSigner(OfRequest):
    """The same, reached by one signer."""

    def load(self, pk):
        rows = Signer.objects.select_related("request__document", "request__kind")
        self.signer = get_object_or_404(rows, pk=pk)
        return self.signer.request


class SignerAgain(OfSigner):
    """A new link to the address that is kept: by anyone involved."""

    def post(self, request, **kwargs):
        attempt(
            request,
            lambda: actions.send_again(signer=self.signer, by=request.user, now=timezone.now()),
            _("Sent. The link before is no longer good."),
        )
        return self.back()


class SchoolSigner(OfSigner):
    """The promoter's staff saw who signs for the school, and their paper."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not may_take_signed_paper(request.user, self.asked) or self.signer.role != SignerRole.SCHOOL:
            raise Http404

    def get(self, request, **kwargs):
        return self.page(HostIdentityForm(initial={"email": self.signer.email}))

    def post(self, request, **kwargs):
        form = HostIdentityForm(request.POST)
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in ("paper", "email", "phone", "fiscal_code")}
            try:
                actions.check_school(signer=self.signer, **given, by=request.user, now=timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Checked. A link with a code is enough from now on."))
                return self.back()
        return self.page(form)

    def page(self, form):
        title = _("Check who %(name)s is") % {"name": self.signer.name}
        context = {"form": form, "title": title, "internship": self.paper.internship}
        return render(self.request, "internships/school_signer.html", context)


class SignerSeen(OfSigner):
    """The promoter's staff saw the young person and their paper: link and code, or account, are enough."""

    def post(self, request, **kwargs):
        if not may_take_signed_paper(request.user, self.asked):
            raise Http404
        attempt(
            request,
            lambda: actions.check_intern(signer=self.signer, by=request.user, now=timezone.now()),
            _("Noted. They can sign with their account or by the link."),
        )
        return self.back()
