"""Who signs for a minor: the young person's page, the operator's, and what both do with a signature."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from accounts import actions, queries
from accounts.access import RolesRequired, SignedInRequired, YoungPersonRequired, note_opening
from accounts.enums import Role
from accounts.forms.representatives import (
    EndForm,
    IdentityForm,
    RepresentativeForm,
    SafeContactForm,
    SignedPaperForm,
)
from accounts.models import Consent, Purpose, Representation, YoungPerson
from accounts.models.people import OF_AGE
from accounts.permissions import is_operator
from foundation.documents import actions as documents
from foundation.documents import hooks as signing
from foundation.documents.enums import ContactSource
from foundation.documents.models import Signer
from foundation.privacy.enums import AccessReason
from migwork.attempts import attempt


class Acting(FormView):
    """A form whose answers go to one action, `act(data)`; its refusal comes back onto the form."""

    done = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.load(request, **kwargs)

    def load(self, request, **kwargs):
        """What the page is about, or 404."""

    def form_valid(self, form):
        try:
            self.act(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())


def signing_page(person, now) -> dict:
    """What both pages about a minor's representatives show."""
    on = timezone.localdate(now)
    rows = queries.consent_rows(person, on)
    live = queries.live_representations(person)
    return {
        "person": person,
        "of_age": person.age_on(on) >= OF_AGE,
        "representations": live,
        "may_add": len(live) < 2,
        "to_meet": any(row.representative.identity_checked_at is None for row in live),
        "rows": rows,
        "waits": [row for row in rows if row.waits],
        "asks_later": [row for row in rows if not row.waits and not row.need.is_met],
    }


# -- the young person ---------------------------------------------------------------------


class MyRepresentatives(YoungPersonRequired, Acting):
    """Who signs for me, what is signed, what waits. From eighteen on: what I confirm."""

    template_name = "accounts/my_representatives.html"
    form_class = RepresentativeForm

    def load(self, request, **kwargs):
        self.person = request.user.person
        self.done = _("Noted. Now ask for the signatures that you need.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "own": True}

    def get_context_data(self, **kwargs):
        page = signing_page(self.person, self.now)
        return super().get_context_data(**page, to_confirm=queries.to_confirm(self.person), **kwargs)

    def act(self, data):
        actions.add_representative(person=self.person, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("accounts:my-representatives")


class AskMine(YoungPersonRequired, View):
    """Ask my representatives for one of the signatures."""

    def post(self, request, code):
        purpose = get_object_or_404(Purpose, code=code)
        person = request.user.person
        attempt(
            request,
            lambda: actions.ask_consent(person=person, purpose=purpose, by=request.user, now=timezone.now()),
            _("Asked. We write to who signs for you; you see the answer here."),
        )
        return redirect("accounts:my-representatives")


class ConfirmMine(YoungPersonRequired, View):
    """Confirm, or let go, what somebody had signed for me before I was eighteen."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.consent = get_object_or_404(
            Consent.objects.select_related("person", "purpose"), pk=kwargs["pk"], person=request.user.person
        )

    def post(self, request, pk):
        yes = request.POST.get("answer") == "yes"
        attempt(
            request,
            lambda: actions.decide(consent=self.consent, yes=yes, by=request.user, now=timezone.now()),
            _("Confirmed.") if yes else _("Fine: it does not hold any more."),
        )
        return redirect("accounts:my-representatives")


# -- operators ----------------------------------------------------------------------------


class OperatorPage(RolesRequired):
    roles = frozenset({Role.OPERATOR})


class NotedOpening:
    """A page at the desk that shows what is kept about `self.person`: that it was opened is noted."""

    def get(self, request, *args, **kwargs):
        note_opening(request, self.person, why=AccessReason.DESK)
        return super().get(request, *args, **kwargs)


class RepresentativesOf(OperatorPage, NotedOpening, Acting):
    """Who signs for a minor, and every signature with what can be done about it."""

    template_name = "accounts/representatives.html"
    form_class = RepresentativeForm

    def load(self, request, pk, **kwargs):
        self.person = get_object_or_404(YoungPerson, pk=pk)
        self.done = _("Noted. Check who they are when you see them.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**signing_page(self.person, self.now), **kwargs)

    def act(self, data):
        actions.add_representative(person=self.person, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("accounts:representatives", args=[self.person.pk])


class AskConsent(OperatorPage, View):
    """Ask a minor's representatives for one of the signatures."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(YoungPerson, pk=kwargs["pk"])
        self.purpose = get_object_or_404(Purpose, code=kwargs["code"])

    def post(self, request, pk, code):
        attempt(request, lambda: self.ask(request))
        return redirect("accounts:representatives", pk)

    def ask(self, request):
        consent = actions.ask_consent(person=self.person, purpose=self.purpose, by=request.user, now=timezone.now())
        if consent.request.signers.filter(links__isnull=False).exists():
            messages.success(request, _("Asked."))
        elif self.person.safe_contact:
            messages.info(request, _("Nothing was sent: take the signature in person and put in the signed paper."))
        else:
            messages.info(request, _("Nothing was sent: print the letter or take the signed paper."))


class OfRepresentation(OperatorPage, NotedOpening, Acting):
    """A page about one adult who signs for one minor."""

    def load(self, request, pk, **kwargs):
        self.representation = get_object_or_404(
            Representation.objects.select_related("representative", "person"), pk=pk, ended_at=None
        )
        self.person = self.representation.person

    def get_context_data(self, **kwargs):
        return super().get_context_data(representation=self.representation, person=self.person, **kwargs)

    def get_success_url(self):
        return reverse("accounts:representatives", args=[self.representation.person_id])


class CheckIdentity(OfRepresentation):
    """The operator has the adult before them."""

    template_name = "accounts/representative_check.html"
    form_class = IdentityForm

    def get_initial(self):
        representative = self.representation.representative
        known = {"fiscal_code": representative.fiscal_code}
        # What the minor wrote is not offered: the adult says it themselves.
        if representative.contact_from != ContactSource.MINOR:
            known |= {"email": representative.email, "phone": representative.phone}
        return known

    def act(self, data):
        self.done = _("Checked. A link with a code is enough from now on.")
        actions.check_identity(
            representative=self.representation.representative,
            paper=data["paper"],
            email=data["email"],
            phone=data["phone"],
            fiscal_code=data["fiscal_code"],
            by=self.request.user,
            now=self.now,
        )


class EndRepresentation(OfRepresentation):
    """Somebody signs for the minor no more."""

    template_name = "accounts/representative_end.html"
    form_class = EndForm

    def act(self, data):
        self.done = _("Ended. Links that they had lead nowhere any more.")
        actions.end_representation(
            representation=self.representation, why=data["why"], by=self.request.user, now=self.now
        )


class SafeContact(OperatorPage, NotedOpening, Acting):
    """Where messages may go when home is dangerous."""

    template_name = "accounts/safe_contact.html"
    form_class = SafeContactForm

    def load(self, request, pk, **kwargs):
        self.person = get_object_or_404(YoungPerson, pk=pk)
        self.done = _("Saved.")

    def get_initial(self):
        person = self.person
        return {
            "safe": person.safe_contact,
            "where": person.safe_channel,
            "address": person.safe_address,
            "note": person.safe_contact_note,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    def act(self, data):
        actions.set_safe_contact(
            person=self.person,
            safe=data["safe"],
            channel=data["where"],
            address=data["address"],
            note=data["note"],
            by=self.request.user,
            now=self.now,
        )

    def get_success_url(self):
        return reverse("accounts:safe-contact", args=[self.person.pk])


# -- one signature ------------------------------------------------------------------------


class OfSigner(SignedInRequired):
    """Something about one signature, for who may handle it; for others it is not there."""

    may = signing.may_handle

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.signer = get_object_or_404(Signer.objects.select_related("request__document"), pk=kwargs["pk"])
        if not any(self.may.call(user=request.user, request=self.signer.request)):
            if any(signing.may_handle.call(user=request.user, request=self.signer.request)):
                raise PermissionDenied
            raise Http404

    def back(self):
        """To the page from which one came, for staff; the young person to theirs."""
        if is_operator(self.request.user):
            return redirect("accounts:representatives", self.signer.request.about)
        if self.request.user.person is not None:
            return redirect("accounts:my-representatives")
        came_from = self.request.headers.get("Referer", "")
        if url_has_allowed_host_and_scheme(came_from, allowed_hosts={self.request.get_host()}):
            return redirect(urlsplit(came_from)._replace(scheme="", netloc="", fragment="").geturl())
        return redirect(settings.LOGIN_REDIRECT_URL)


class SendAgain(OfSigner, View):
    """A new link to the address that is kept. The person, an operator, the partner."""

    def post(self, request, pk):
        attempt(
            request,
            lambda: actions.send_again(signer=self.signer, by=request.user, now=self.now),
            _("Sent. The link before is no longer good."),
        )
        return self.back()


class SignedPaper(OfSigner, NotedOpening, Acting):
    """The scanned paper instead. Operators."""

    may = signing.may_take_paper
    template_name = "accounts/signed_paper.html"
    form_class = SignedPaperForm

    @property
    def person(self):
        return self.signer.request.about

    def get_context_data(self, **kwargs):
        return super().get_context_data(signer=self.signer, **kwargs)

    def act(self, data):
        self.done = _("The signed paper is there.")
        documents.sign_on_paper(signer=self.signer, upload=data["scan"], by=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("accounts:representatives", args=[self.signer.request.about])


class Letter(OfSigner, View):
    """The letter with link, square and code, to be printed. Made anew each time: the link before is good no more."""

    may = signing.may_take_paper

    def post(self, request, pk):
        try:
            content = actions.make_letter(signer=self.signer, by=request.user, now=self.now)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.back()
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="lettera.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer
