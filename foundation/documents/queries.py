"""Reads about documents, and about who is asked to sign what."""

import hashlib
import logging

from foundation.documents.enums import SignatureState, SignerState
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
