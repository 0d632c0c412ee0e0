"""Reads about documents, and about who is asked to sign what."""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from foundation.documents import policies
from foundation.documents.enums import Assurance, LinkChannel, SignatureState, SignerRole, SignerState
from foundation.documents.models import Document, SignatureRequest, Signer, SigningLink
from foundation.documents.tokens import digest

logger = logging.getLogger(__name__)


def content_of(document: Document) -> bytes | None:
    """The very bytes that were made, checked against the hash that was kept; None if they are gone or were changed.

    A file that is not what it was is never handed out: its number vouches for another one.
    """
    if not document.file:
        return None
    try:
        with document.file.open("rb") as kept:
            content = kept.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != document.sha256:
        logger.error("The file of document %s is not the one that was made", document.pk)
        return None
    return content


def link_of(token: str) -> SigningLink | None:
    """The link that this token opens, whatever became of it. Found by the digest: the token itself is nowhere."""
    return (
        SigningLink.objects.select_related("signer__request__document", "signer__request__kind")
        .filter(token_digest=digest("link", token))
        .first()
    )


def outcome_of(link: SigningLink) -> dict:
    """What became of a link that does not lead to signing any more, in one word, and on which day."""
    signer = link.signer
    if signer.state in (SignerState.SIGNED, SignerState.REFUSED):
        return {"state": "used", "day": signer.acted_at}
    if signer.state == SignerState.CANCELLED and signer.request.state != SignatureState.EXPIRED:
        return {"state": "cancelled", "day": signer.request.closed_at}
    if link.replaced_at:
        return {"state": "replaced", "day": link.replaced_at}
    return {"state": "late", "day": link.ends_at}


def can_sign_by_account(signer: Signer) -> bool:
    """Whether signing with their own account is sure enough for this signer and this paper."""
    return policies.assurance_of(signer, policies.BARE, own_account=True) >= signer.request.least_assurance


def requests_on(*rows) -> list[SignatureRequest]:
    """All that was asked for the sake of these rows of one model, newest first, with signers and document."""
    if not rows:
        return []
    return list(
        SignatureRequest.objects.filter(on_type=rows[0]._meta.label_lower, on_id__in=[str(row.pk) for row in rows])
        .select_related("kind", "document")
        .prefetch_related("signers")
        .order_by("-asked_at", "pk")
    )


def other_requests(signer: Signer) -> list[SignatureRequest]:
    """What else waits for the same party. Only for who has proved who they are: it may be about another child."""
    if signer.party is None:
        return []
    return list(
        SignatureRequest.objects.filter(
            state=SignatureState.OPEN, signers__party=signer.party, signers__state=SignerState.WAITING
        )
        .exclude(pk=signer.request_id)
        .select_related("kind", "document")
        .order_by("asked_at", "pk")
    )


@dataclass(frozen=True)
class Proven:
    """One line of the evidence: who, as what, what they did and when, how they showed who they are."""

    signer: Signer
    name: str
    role: str
    state: str
    at: datetime | None
    how: str
    reason: str
    sha256: str

    @property
    def role_code(self) -> str:
        return self.signer.role

    @property
    def can_be_asked(self) -> bool:
        """Whether they sign by a link, and not with an account of staff."""
        return self.signer.user_id is None or self.signer.role == SignerRole.PERSON

    @property
    def can_be_sent(self) -> bool:
        """Whether a link could go to them: there is an address."""
        return bool(self.signer.email or self.signer.phone)


# The shape beside the word of each state.
SIGNER_KINDS = {
    SignerState.WAITING: "waiting",
    SignerState.SIGNED: "done",
    SignerState.REFUSED: "stop",
    SignerState.CANCELLED: "info",
}


def evidence_of(request: SignatureRequest) -> list[Proven]:
    """What is known of each signature of a request, by role and name. Free where `signers_read` holds its signers."""
    signers = getattr(request, "signers_read", None)
    if signers is None:
        signers = request.signers.all()
    return [
        Proven(
            signer=signer,
            name=signer.name,
            role=signer.get_role_display(),
            state=SIGNER_KINDS[signer.state],
            at=signer.acted_at,
            how=_how(signer),
            reason=signer.reason,
            sha256=signer.wording_sha256,
        )
        for signer in sorted(signers, key=lambda signer: (signer.role, signer.name, str(signer.pk)))
    ]


def _how(signer: Signer) -> str:
    """By which way somebody answered, in words."""
    shown = signer.evidence
    if not shown:
        return ""
    if shown["by"] == "paper":
        return _("On paper, compared by staff; the scan has the SHA-256 %(hash)s") % {"hash": shown["sha256"]}
    way = _("With their own account") if shown["by"] == "account" else _by_link(shown)
    if signer.assurance == Assurance.EID:
        return _("%(way)s, shown by %(provider)s") % {"way": way, "provider": shown["provider"].upper()}
    if signer.assurance == Assurance.CHECKED:
        return _("%(way)s; staff had checked who they are") % {"way": way}
    return way


def _by_link(shown: dict) -> str:
    """“By a link by SMS and a code”."""
    channel = LinkChannel(shown["channel"]).label
    if "code_at" in shown:
        return _("By a link (%(channel)s) and a code") % {"channel": channel}
    return _("By a link (%(channel)s)") % {"channel": channel}


def known_by_bytes(content: bytes) -> Document | None:
    """The document of which these are the very bytes; None for any other, one byte changed."""
    return Document.objects.filter(sha256=hashlib.sha256(content).hexdigest()).order_by("made_at", "pk").last()


def altered() -> Iterator[Document]:
    """The documents whose file is not the one that was made, read one after the other. Erased ones have no file."""
    for document in Document.objects.exclude(file="").order_by("year", "number").iterator(chunk_size=200):
        if content_of(document) is None:
            yield document
