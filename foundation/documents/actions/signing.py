"""Having a document signed: by a link with a code, signed in, by SPID or CIE, or on paper.

What opens a link changes nothing, for mail scanners open links too; only a button that is pressed signs or
refuses. Each action locks the request first, then the signer: two who sign at once wait for each other.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.documents import hooks, policies
from foundation.documents.enums import (
    Assurance,
    ContactSource,
    LinkChannel,
    SignatureState,
    SignerRole,
    SignerState,
)
from foundation.documents.models import Document, PaperKind, SignatureRequest, Signer, SigningLink
from foundation.documents.policies import BARE, Proof
from foundation.documents.queries import content_of
from foundation.documents.tokens import digest, new_code, new_token, same
from foundation.documents.workflow import SIGNATURE, SIGNER, suffices
from foundation.files.actions import forget, store
from foundation.privacy.actions import record
from migwork.errors import NotNow

log = logging.getLogger(__name__)

CODE_MINUTES = 15
# Of one link, whatever codes were sent for it: then a new link goes to the address that is kept.
MOST_ATTEMPTS = 10
REMIND_AFTER = timedelta(days=7)
# How long a link by mail or SMS leads to signing; the request may last longer, then a new one is asked for.
LINK_DAYS = timedelta(days=14)
# How long the link with which somebody signed still leads to their copy.
COPY_DAYS = timedelta(days=90)
# Who signs with an account of the organisation for which they work.
OF_STAFF = (SignerRole.PROMOTER, SignerRole.TUTOR)
# A letter and a link that was handed over carry their code themselves.
WITH_CODE = (LinkChannel.LETTER, LinkChannel.HAND)


@dataclass(frozen=True)
class SignerData:
    """Who has to sign, as the room that asks knows them today."""

    role: SignerRole
    name: str
    party: UUID | None = None
    user: Any = None
    language: str = "it"
    email: str = ""
    phone: str = ""
    contact_from: ContactSource = ContactSource.STAFF
    identity_checked: bool = False
    fiscal_code: str = ""


@dataclass(frozen=True)
class MadeLink:
    """A link to sign, with the secrets that only its message or letter may carry."""

    link: SigningLink
    token: str
    code: str = ""


@transaction.atomic
def load_papers(*, papers: Iterable[dict], now: datetime) -> int:
    """Add the kinds of paper that are not there yet; what an administrator has changed stays. How many are new."""
    added = [PaperKind.objects.get_or_create(code=paper["code"], defaults=paper) for paper in papers]
    for kind, created in added:
        if created:
            record(verb="documents.paper_added", by=None, now=now, on=kind)
    return sum(created for _kind, created in added)


@transaction.atomic
def ask(
    *,
    kind: str,
    document: Document,
    about,
    on,
    signers: list[SignerData],
    by,
    now: datetime,
    all_must: bool = True,
) -> SignatureRequest:
    """Ask `signers` to sign `document` for the sake of the row `on`. Sends nothing yet: send_link() does.

    The room that asks has checked the right of `by`. The assurance is that of the kind of paper today.
    """
    if not signers:
        raise NotNow(_("There is nobody to sign."), code="nobody")
    paper = PaperKind.objects.get(code=kind)
    request = SignatureRequest.objects.create(
        kind=paper,
        document=document,
        about=getattr(about, "pk", about),
        on_type=on._meta.label_lower,
        on_id=str(on.pk),
        asked_at=now,
        asked_by=by,
        ends_at=now + timedelta(days=paper.valid_days),
        all_must=all_must,
        least_assurance=paper.least_assurance,
    )
    for data in signers:
        Signer.objects.create(
            request=request,
            party=data.party,
            user=data.user,
            role=data.role,
            name=data.name,
            language=data.language,
            email=data.email,
            phone=data.phone,
            contact_from=data.contact_from,
            identity_checked=data.identity_checked,
            fiscal_code_digest=digest("fiscal-code", data.fiscal_code) if data.fiscal_code else "",
        )
    record(verb="documents.signature_asked", by=by, now=now, on=request, about=request.about)
    return request


def _locked(signer) -> Signer:
    """The signer as they are now, with their request; both locked to the end of the transaction, request first."""
    request = SignatureRequest.objects.select_for_update().get(pk=signer.request_id)
    signer = Signer.objects.select_for_update().get(pk=signer.pk)
    signer.request = request
    return signer


def _check_still_open(signer, now) -> None:
    SIGNER.target(signer.state, "sign")
    if signer.request.state != SignatureState.OPEN:
        SIGNATURE.target(signer.request.state, "complete")
    if now >= signer.request.ends_at:
        raise NotNow(_("The time to sign is over: ask for it anew."), code="late")


def _live(link, signer, now) -> SigningLink:
    """The link, locked, if it still leads to signing."""
    link = SigningLink.objects.select_for_update().get(pk=link.pk, signer=signer)
    if link.used_at or link.replaced_at or now >= link.ends_at:
        raise NotNow(_("This link is no longer good."), code="link")
    return link


def _check_may_handle(by, request) -> None:
    if by is not None and not any(hooks.may_handle.call(user=by, request=request)):
        raise PermissionDenied


@transaction.atomic
def send_link(*, signer, channel: LinkChannel, by, now: datetime) -> MadeLink:
    """Make a new link; the one before is good no more. By mail or SMS it is sent to the address that is kept.

    By the person, their operator, the partner (hooks.may_handle), or the portal itself (`by` None). Only a
    letter or a handed-over link comes back with its code: whoever asked prints them.
    """
    signer = _locked(signer)
    _check_may_handle(by, signer.request)
    _check_still_open(signer, now)
    channel = LinkChannel(channel)
    if (channel == LinkChannel.EMAIL and not signer.email) or (channel == LinkChannel.SMS and not signer.phone):
        raise NotNow(_("We have no such address of this person."), code="address")
    signer.links.filter(used_at=None, replaced_at=None).update(replaced_at=now)
    token = new_token()
    code = new_code() if channel in WITH_CODE else ""
    link = SigningLink(
        signer=signer,
        token_digest=digest("link", token),
        channel=channel,
        made_at=now,
        made_by=by,
        ends_at=signer.request.ends_at if code else min(signer.request.ends_at, now + LINK_DAYS),
    )
    if code:
        link.code_digest, link.code_sent_at = digest("code", str(link.pk), code), now
    link.save(force_insert=True)
    record(verb="documents.link_sent", by=by, now=now, on=signer, about=signer.request.about)
    if not code:
        hooks.link_made.call(signer=signer, link=link, token=token, now=now)
    return MadeLink(link, token, code)


def cause(about) -> str:
    """By what messages to those who sign for the sake of this id are called back, and forgotten with it."""
    return f"signing:{about}"


@transaction.atomic
def send_code(*, link, now: datetime) -> None:
    """Send the code that goes with a link to the signer's own address: by SMS where there is a number."""
    signer = _locked(link.signer)
    link = _good_for_codes(link, signer, now)
    _check_attempts(link)
    channel, to = (Channel.SMS, signer.phone) if signer.phone else (Channel.EMAIL, signer.email)
    if not to:
        raise NotNow(_("We have no address of yours to send a code to. The letter has one."), code="address")
    code = new_code()
    link.code_digest, link.code_sent_at = digest("code", str(link.pk), code), now
    link.save(update_fields=["code_digest", "code_sent_at"])
    queue(
        key=f"signing:code:{link.pk}:{now.timestamp()}",
        channel=channel,
        to=to,
        language=signer.language,
        template="documents/messages/signing_code",
        context={"code": code, "minutes": CODE_MINUTES},
        cause=cause(signer.request.about),
        now=now,
    )


def _good_for_codes(link, signer, now) -> SigningLink:
    """The link, locked, while it leads to signing, or to the copy of what was signed by it."""
    if signer.state == SignerState.SIGNED and link.used_at and not link.replaced_at and now < link.used_at + COPY_DAYS:
        return SigningLink.objects.select_for_update().get(pk=link.pk, signer=signer)
    _check_still_open(signer, now)
    return _live(link, signer, now)


def _check_attempts(link) -> None:
    if link.code_attempts >= MOST_ATTEMPTS:
        raise NotNow(_("Too many wrong codes. Ask us for a new link."), code="attempts")


@transaction.atomic
def check_code(*, link, code: str, now: datetime) -> bool:
    """Whether this is the code of the link. Each try counts, the wrong ones too: call it outside of a transaction."""
    signer = _locked(link.signer)
    link = _good_for_codes(link, signer, now)
    _check_attempts(link)
    link.code_attempts += 1
    link.save(update_fields=["code_attempts"])
    printed = link.channel in WITH_CODE and link.code_sent_at == link.made_at
    if not link.code_sent_at or not (printed or now - link.code_sent_at <= timedelta(minutes=CODE_MINUTES)):
        return False
    digits = "".join(sign for sign in code if sign.isdigit())
    return same(link.code_digest, digest("code", str(link.pk), digits))


@transaction.atomic
def sign(*, signer, now: datetime, proof: Proof = BARE, link=None, by=None) -> Signer:
    """Sign, by whoever holds the link (`link`) or signed in with the signer's own account (`by`).

    How sure that is follows from the link and from `proof`; refused below what the paper asks for.
    """
    signer = _locked(signer)
    _check_still_open(signer, now)
    link = _check_who(signer, link, by, now)
    if signer.request.kind.binds and content_of(signer.request.document) is None:
        raise NotNow(_("The file of this document is not the one that was made: it cannot be signed."), code="altered")
    reached = policies.assurance_of(signer, proof, own_account=link is None)
    return _sign(signer, reached, _evidence(link, proof), now, link=link, by=by)


def _sign(signer, assurance, evidence, now, *, link=None, by=None, scan=None) -> Signer:
    least = Assurance(signer.request.least_assurance)
    if not suffices(assurance, least):
        raise NotNow(
            _("For this paper that is not enough: it takes “%(least)s”.") % {"least": least.label}, code="assurance"
        )
    signer.state = SIGNER.target(signer.state, "sign")
    signer.assurance, signer.acted_at, signer.evidence, signer.scan = assurance, now, evidence, scan
    signer.wording_sha256 = signer.request.document.sha256
    signer.save(update_fields=["state", "assurance", "acted_at", "evidence", "scan", "wording_sha256"])
    _use_up(signer, link, now)
    record(verb="documents.signed", by=by, now=now, on=signer, about=signer.request.about)
    if not signer.request.all_must or not signer.request.signers.exclude(state=SignerState.SIGNED).exists():
        _close(signer.request, "complete", now)
    return signer


@transaction.atomic
def refuse(*, signer, reason: str, now: datetime, proof: Proof = BARE, link=None, by=None) -> Signer:
    """Say no, with a reason. That takes no more than the link and the code that went with it."""
    signer = _locked(signer)
    _check_still_open(signer, now)
    link = _check_who(signer, link, by, now)
    if not policies.may_answer(signer, proof, own_account=link is None):
        raise NotNow(_("First show that it is you: ask for the code and write it."), code="code")
    if not reason.strip():
        raise ValidationError({"reason": _("Write a reason, a few words are enough.")})
    signer.state = SIGNER.target(signer.state, "refuse")
    signer.reason, signer.acted_at, signer.evidence = reason.strip(), now, _evidence(link, proof)
    signer.save(update_fields=["state", "reason", "acted_at", "evidence"])
    _use_up(signer, link, now)
    record(verb="documents.signature_refused", by=by, now=now, on=signer, about=signer.request.about)
    request = signer.request
    if request.all_must or not request.signers.filter(state=SignerState.WAITING).exists():
        _close(request, "refuse", now)
    return signer


@transaction.atomic
def withdraw(*, signer, now: datetime, proof: Proof = BARE, link=None, by=None) -> Signer:
    """Take a signature back, as easily as it was given. That it was given stays written; the room that asked acts."""
    signer = _locked(signer)
    if signer.request.kind.binds:
        raise NotNow(_("This binds the others too: talk with whoever asked you to sign."), code="binds")
    if signer.state != SignerState.SIGNED or (link is not None and not _opens_what_was_signed(link)):
        raise NotNow(_("There is nothing to take back."), code="withdraw")
    if link is None and (by is None or signer.user_id != by.pk):
        raise PermissionDenied
    if not policies.may_answer(signer, proof, own_account=link is None):
        raise NotNow(_("First show that it is you: ask for the code and write it."), code="code")
    record(verb="documents.signature_withdrawn", by=by, now=now, on=signer, about=signer.request.about)
    hooks.signature_withdrawn.call(signer=signer, now=now)
    return signer


def _opens_what_was_signed(link) -> bool:
    """Whether somebody signed with this link, and it was not stopped since. Asked of the row as it is now."""
    return SigningLink.objects.filter(pk=link.pk, used_at__isnull=False, replaced_at=None).exists()


def _check_who(signer, link, by, now):
    """The link, if one was used: it is this signer's and alive. Without one it is the signer's own account."""
    if link is not None:
        return _live(link, signer, now)
    if by is None or signer.user_id != by.pk:
        raise PermissionDenied
    if signer.role in OF_STAFF:
        # Whoever has left signs nothing more in its name.
        _check_may_handle(by, signer.request)
    return None


def _evidence(link, proof) -> dict:
    """How somebody showed who they are; no address, no code."""
    found = {"by": "link", "link": str(link.pk), "channel": link.channel} if link else {"by": "account"}
    if proof.code_at:
        found["code_at"] = proof.code_at.isoformat()
    if proof.fiscal_code:
        found["provider"] = proof.provider
    return found


def _check_may_take_paper(by, request) -> None:
    if by is None or not any(hooks.may_take_paper.call(user=by, request=request)):
        raise PermissionDenied


def _use_up(signer, link, now) -> None:
    """The link that was used is used; any other one of this signer's leads to nothing."""
    if link is not None:
        link.used_at = now
        link.save(update_fields=["used_at"])
    signer.links.filter(used_at=None, replaced_at=None).update(replaced_at=now)


@transaction.atomic
def sign_on_paper(*, signer, upload, by, now: datetime) -> Signer:
    """Put in the scan of the paper that the signer signed by hand. By staff who compared it (hooks.may_take_paper)."""
    signer = _locked(signer)
    _check_may_take_paper(by, signer.request)
    _check_still_open(signer, now)
    scan = store(upload=upload, kind="signed-paper", about=signer.request.about, by=by, now=now)
    evidence = {"by": "paper", "compared_by": str(by.pk), "sha256": scan.sha256}
    try:
        return _sign(signer, Assurance.PAPER, evidence, now, by=by, scan=scan)
    except BaseException:
        # The row goes with the transaction; the storage knows of none.
        scan.file.storage.delete(scan.file.name)
        raise


@transaction.atomic
def cancel(*, request, by, now: datetime) -> bool:
    """Call a request off: it is not needed any more. Its links lead to nothing. The room has checked the right.

    Whether there was anything to call off.
    """
    request = SignatureRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != SignatureState.OPEN:
        return False
    record(verb="documents.signature_cancelled", by=by, now=now, on=request, about=request.about)
    _close(request, "cancel", now)
    return True


def _close(request, verb, now) -> None:
    """The request is over: whoever has not answered need not any more, and the room that asked hears of it."""
    request.state = SIGNATURE.target(request.state, verb)
    request.closed_at = now
    request.save(update_fields=["state", "closed_at"])
    waiting = request.signers.filter(state=SignerState.WAITING)
    SigningLink.objects.filter(signer__in=waiting, used_at=None, replaced_at=None).update(replaced_at=now)
    waiting.update(state=SIGNER.target(SignerState.WAITING, "cancel"))
    if request.state != SignatureState.SIGNED:
        _forget_scans(request, now)
    hooks.request_closed.call(request=request, now=now)


def _forget_scans(request, now) -> None:
    """Nothing rests on papers that did not suffice: that and when they were signed stays, with the scan's digest.

    What was agreed keeps its scan, also when it is taken back later: who relied on a consent must be able to show
    that it was given (article 7(1) of the GDPR).
    """
    for signer in request.signers.exclude(scan=None).select_related("scan"):
        scan, signer.scan = signer.scan, None
        signer.save(update_fields=["scan"])
        forget(stored=scan, by=None, now=now)


@transaction.atomic
def know_signer(
    *, party, email: str, phone: str, fiscal_code: str, contact_from: ContactSource, by, now: datetime
) -> list[Signer]:
    """Staff have seen who `party` is, and where they want to be written to: what waits for them knows it from now on.

    Links that went to another address are good no more: with them a code would be enough from now on. Those
    who need a new one come back.
    """
    waiting = Signer.objects.filter(party=party, state=SignerState.WAITING, request__state=SignatureState.OPEN)
    moved = []
    for pk in list(waiting.values_list("pk", flat=True)):
        signer = _locked(Signer.objects.get(pk=pk))
        if signer.state != SignerState.WAITING or signer.request.state != SignatureState.OPEN:
            continue
        if (signer.email, signer.phone) != (email, phone):
            stopped = signer.links.filter(used_at=None, replaced_at=None).update(replaced_at=now)
            moved += [signer] if stopped else []
        signer.email, signer.phone, signer.contact_from, signer.identity_checked = email, phone, contact_from, True
        signer.fiscal_code_digest = digest("fiscal-code", fiscal_code) if fiscal_code else ""
        signer.save()
        record(verb="documents.signer_known", by=by, now=now, on=signer, about=signer.request.about)
    return moved


@transaction.atomic
def stop_links(*, party, abouts, now: datetime, used: bool = False) -> int:
    """No link that `party` holds for the sake of one of these ids leads to signing from now on. How many were stopped.

    With `used` those with which they signed stop too: no copy, and nothing to take back.
    """
    links = SigningLink.objects.filter(signer__party=party, signer__request__about__in=abouts, replaced_at=None)
    return (links if used else links.filter(used_at=None)).update(replaced_at=now)


def expire(*, now: datetime) -> int:
    """Close what was not signed in its time; each request in a transaction of its own. How many."""
    late = SignatureRequest.objects.filter(state=SignatureState.OPEN, ends_at__lte=now).values_list("pk", flat=True)
    return sum(_expire_alone(pk, now) for pk in list(late))


def _expire_alone(pk, now) -> bool:
    """One that its room does not let go now, for the data of its person rest, does not keep the others."""
    try:
        return _expire(pk, now)
    except ValidationError:
        log.info("signature request %s stays open for now", pk)
        return False


@transaction.atomic
def _expire(pk, now) -> bool:
    request = SignatureRequest.objects.select_for_update(skip_locked=True).filter(pk=pk, ends_at__lte=now).first()
    if request is None or request.state != SignatureState.OPEN:
        return False
    record(verb="documents.signature_expired", by=None, now=now, on=request, about=request.about)
    _close(request, "expire", now)
    return True


def remind(*, now: datetime) -> int:
    """Write once more, after seven days, to who was asked by mail or SMS and has not answered. How many."""
    silent = (
        Signer.objects.filter(state=SignerState.WAITING, request__state=SignatureState.OPEN, request__ends_at__gt=now)
        .annotate(last=Max("links__made_at"))
        .filter(last__lte=now - REMIND_AFTER)
    )
    reminded = 0
    for signer in silent:
        links = list(signer.links.order_by("made_at"))
        # Whoever was written to twice knows.
        if len(links) > 1 or links[0].channel in WITH_CODE:
            continue
        try:
            send_link(signer=signer, channel=links[0].channel, by=None, now=now)
        except ValidationError:
            log.info("signer %s answered meanwhile", signer.pk)
            continue
        reminded += 1
    return reminded
