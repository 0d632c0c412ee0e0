"""The pages of who signs by a link: no account, nothing changes by opening them, a button decides."""

from datetime import datetime, timedelta

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import View

from foundation.documents import actions, hooks, policies, queries
from foundation.documents.actions.signing import COPY_DAYS, MOST_ATTEMPTS
from foundation.documents.enums import LinkChannel, SignatureState, SignerState
from foundation.documents.forms import ConfirmForm, RefuseForm, SigningCodeForm
from foundation.documents.models import SignatureRequest
from foundation.documents.policies import BARE, Proof
from foundation.documents.serving import handed_out
from migwork.attempts import attempt
from migwork.by_link import ByLink

PROOFS = "documents_proofs"
# Whom SPID or CIE named, left in the session by the room that enters with them.
EID = "documents_eid"
# After the code (or SPID, CIE) there is this long to read and decide.
PROOF_LASTS = timedelta(minutes=30)


def occasion_of(request: SignatureRequest) -> dict:
    """What the room that asked shows: its title and its words."""
    return next((found for found in hooks.shown.call(request=request) if found), {"title": request.kind.title})


def hidden(signer) -> str:
    """Where the code goes, recognised by who knows it and by nobody else: "•••• 567", "m•••@posta.it"."""
    if signer.phone:
        return f"•••• {signer.phone[-3:]}"
    if not signer.email:
        return ""
    local, _at, host = signer.email.partition("@")
    return f"{local[:1]}•••@{host}"


class BySigningLink(ByLink):
    """Loads the link of the address; who holds an unknown one gets 404, a dead one a page that says what to do."""

    limited_as = "sign_link"

    @sensitive_variables()
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.link = queries.link_of(kwargs["token"])
        if self.link is None:
            raise Http404
        self.signer = self.link.signer
        self.proof = self._proof()

    def limit_key(self):
        return str(self.link.pk)

    def _proof(self) -> Proof:
        noted = self.request.session.get(PROOFS, {}).get(str(self.link.pk))
        if noted is None or self.now - datetime.fromisoformat(noted["at"]) > PROOF_LASTS:
            return BARE
        if noted.get("fiscal_code"):
            return Proof(fiscal_code=noted["fiscal_code"], provider=noted["provider"])
        return Proof(code_at=datetime.fromisoformat(noted["at"]))

    def note(self, **proved) -> None:
        """Keep in this browser's session what was shown for this link; the proof of another link goes."""
        self.request.session[PROOFS] = {str(self.link.pk): {"at": self.now.isoformat(), **proved}}

    @property
    def is_live(self) -> bool:
        link, request = self.link, self.signer.request
        waits = self.signer.state == SignerState.WAITING and request.state == SignatureState.OPEN
        return waits and not link.used_at and not link.replaced_at and self.now < link.ends_at

    @property
    def is_proved(self) -> bool:
        return policies.may_answer(self.signer, self.proof)

    def signs(self, request, occasion) -> bool:
        """Whether one signs here with others, or gives a consent of one's own."""
        return request.kind.binds or occasion.get("signs", False)

    def here(self, name="sign"):
        return redirect(f"documents:{name}", self.kwargs["token"])

    def page(self, **more):
        """The page as it stands for this link now, with the forms that it is time for."""
        template = "documents/sign.html" if self.is_live else "documents/sign_closed.html"
        return render(self.request, template, {"contact": settings.CONTACT_EMAIL, **more})

    def whole(self, **more):
        """The page with everything one reads before deciding, or what became of the link."""
        signer, request = self.signer, self.signer.request
        occasion = occasion_of(request)
        signs = self.signs(request, occasion)
        context = {
            "token": self.kwargs["token"],
            "link": self.link,
            "signer": signer,
            "occasion": occasion,
            "proved": self.is_proved,
            "hidden": hidden(signer),
            "binds": signs,
            "code_form": SigningCodeForm(),
            "code_is_there": bool(self.link.code_digest),
            "printed": self.link.channel in (LinkChannel.LETTER, LinkChannel.HAND),
            "locked": self.link.code_attempts >= MOST_ATTEMPTS,
        }
        if self.is_live:
            context["enough"] = policies.assurance_of(signer, self.proof) >= request.least_assurance
            context["can_be_enough"] = policies.code_is_enough(signer)
            context["form"] = ConfirmForm(name=signer.name)
            context["intact"] = not self.is_proved or queries.content_of(request.document) is not None
            known = signer.fiscal_code_digest and not context["enough"] and policies.eid_is_enough(signer)
            context["eid"] = [name for name, eid in settings.EID.items() if eid["url"]] if known else []
        else:
            context["outcome"] = queries.outcome_of(self.link)
            context["may_ask_again"] = self.may_ask_again
            used, sent = self.link.used_at, self.link.code_sent_at
            context["copy_until"] = used and used + COPY_DAYS
            context["asked"] = bool(used and sent and sent > used)
        if self.is_proved:
            # Who consents for a child need not know of the other parent's answer; who signs with others does.
            context["evidence"] = queries.evidence_of(request) if signs else []
            context["others"] = [occasion_of(other) for other in queries.other_requests(signer)]
        return self.page(**{**context, **more})

    @property
    def may_ask_again(self) -> bool:
        """Whether this link ran out (by time or by wrong codes) while its signer still has to answer."""
        signer, link = self.signer, self.link
        waits = signer.state == SignerState.WAITING and signer.request.state == SignatureState.OPEN
        newest = not link.used_at and not link.replaced_at
        late = self.now >= link.ends_at or link.code_attempts >= MOST_ATTEMPTS
        return waits and newest and late and self.now < signer.request.ends_at and bool(signer.email or signer.phone)


class Sign(BySigningLink, View):
    """Read everything; then consent. Opening it changes nothing, however often and by whomever."""

    def get(self, request, *args, **kwargs):
        return self.whole()

    def post(self, request, *args, **kwargs):
        form = ConfirmForm(request.POST, name=self.signer.name)
        if not self.is_live or not form.is_valid():
            return self.whole(form=form)
        try:
            actions.sign(signer=self.signer, link=self.link, proof=self.proof, now=self.now)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.whole(form=form)
        return self.here()


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
class SignCode(BySigningLink, View):
    """Send the code to the address that is kept, or take the one that was sent."""

    def post(self, request, *args, **kwargs):
        form = SigningCodeForm(request.POST)
        try:
            if request.POST.get("action") == "send":
                return self.send()
            if form.is_valid() and actions.check_code(link=self.link, code=form.cleaned_data["code"], now=self.now):
                self.note()
                return self.here()
        except ValidationError as refusal:
            form = SigningCodeForm(request.POST)
            form.is_valid()
            form.errors.clear()
            form.add_error(None, refusal)
        if not form.errors:
            form.add_error("code", _("This is not the code, or it is no longer good. Check it, or ask for another."))
        return self.fresh().whole(code_form=form)

    def send(self):
        if not ratelimit.consume(self.request, action="sign_code", key=str(self.link.pk)):
            return HttpResponse(render_to_string("429.html", request=self.request), status=429)
        actions.send_code(link=self.link, now=self.now)
        return self.here()

    def fresh(self):
        """With the row as it is after the try."""
        self.link = queries.link_of(self.kwargs["token"])
        self.signer = self.link.signer
        return self


class SignEid(BySigningLink, View):
    """Back from SPID or CIE: whom they named for this link stands in the session, taken out here.

    Somebody else signs nothing.
    """

    def get(self, request, *args, **kwargs):
        found = request.session.pop(EID, None)
        fresh = found and self.now.timestamp() - found["at"] < PROOF_LASTS.total_seconds()
        if fresh and found.get("link") == str(self.link.pk):
            proof = Proof(fiscal_code=found["fiscal_code"], provider=found["provider"])
            if policies.is_them(self.signer, proof):
                self.note(fiscal_code=proof.fiscal_code, provider=proof.provider)
                return self.here()
        messages.error(request, _("SPID or CIE did not name the person who is asked to sign here."))
        return self.here()


class SignRefuse(BySigningLink, View):
    """Say no, with a reason."""

    def get(self, request, *args, **kwargs):
        return self.refusal(RefuseForm())

    def post(self, request, *args, **kwargs):
        form = RefuseForm(request.POST)
        if not self.is_live or not form.is_valid():
            return self.refusal(form)
        try:
            actions.refuse(
                signer=self.signer,
                reason=form.cleaned_data["reason"],
                link=self.link,
                proof=self.proof,
                now=self.now,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.refusal(form)
        return self.here()

    def refusal(self, form):
        if not self.is_live or not self.is_proved:
            return self.here()
        occasion = occasion_of(self.signer.request)
        signs = self.signs(self.signer.request, occasion)
        context = {"form": form, "token": self.kwargs["token"], "occasion": occasion, "binds": signs}
        return render(self.request, "documents/sign_refuse.html", context)


class SignCopy(BySigningLink, View):
    """The document, as it is signed: for who has shown that it is them, before and after."""

    def get(self, request, *args, **kwargs):
        after = self.signer.state == SignerState.SIGNED and self.link.used_at and not self.link.replaced_at
        if not self.is_proved or not (self.is_live or (after and self.now < self.link.used_at + COPY_DAYS)):
            return self.here()
        return handed_out(request, self.signer.request.document)


class SignOther(BySigningLink, View):
    """Another who signs the same document gets their link again: from somebody who signs it too."""

    def post(self, request, *args, **kwargs):
        other = get_object_or_404(self.signer.request.signers, pk=kwargs["pk"])
        attempt(
            request,
            lambda: actions.send_again_by_link(signer=other, link=self.link, proof=self.proof, now=self.now),
            _("Sent. The link before is no longer good."),
        )
        return self.here()


class SignAgain(BySigningLink, View):
    """A new link to the address that is kept, for a link that ran out. Where it goes is not to be chosen here."""

    def post(self, request, *args, **kwargs):
        if not self.may_ask_again:
            return self.here()
        channel = LinkChannel.EMAIL if self.signer.email else LinkChannel.SMS
        actions.send_link(signer=self.signer, channel=channel, by=None, now=self.now)
        return self.here()


class SignWithdraw(BySigningLink, View):
    """Take back what one signed."""

    def post(self, request, *args, **kwargs):
        try:
            actions.withdraw(signer=self.signer, link=self.link, proof=self.proof, now=self.now)
        except ValidationError:
            return self.here()
        return self.page(token=self.kwargs["token"], withdrawn=True, occasion=occasion_of(self.signer.request))
