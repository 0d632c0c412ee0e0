"""Sending a signer their link once more: by staff, or by another who signs the same document."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.documents import policies
from foundation.documents.actions.signing import COPY_DAYS, send_link
from foundation.documents.enums import LinkChannel, SignerState
from foundation.documents.models import SignatureRequest, SigningLink
from foundation.documents.policies import BARE, Proof
from migwork.errors import NotNow

ONE_DAY = timedelta(days=1)
# The first and three more: whoever is asked more often feels pressed.
MOST_A_DAY = 4


@transaction.atomic
def send_again(*, signer, by, now: datetime):
    """A new link to the address that is kept. By who may handle the request (hooks.may_handle)."""
    return _send(signer, by, now)


@transaction.atomic
def send_again_by_link(*, signer, link: SigningLink, now: datetime, proof: Proof = BARE):
    """The same, asked for by another signer of the same request, with their own link and their code."""
    SignatureRequest.objects.select_for_update().get(pk=signer.request_id)
    link = SigningLink.objects.select_related("signer__request").get(pk=link.pk)
    other = link.signer
    ends = link.used_at + COPY_DAYS if link.used_at else link.ends_at
    if other.request_id != signer.request_id or other.pk == signer.pk or link.replaced_at or now >= ends:
        raise NotNow(_("This link is no longer good."), code="link")
    if not policies.may_answer(other, proof):
        raise NotNow(_("First show that it is you: ask for the code and write it."), code="code")
    return _send(signer, None, now)


def _send(signer, by, now):
    SignatureRequest.objects.select_for_update().get(pk=signer.request_id)
    signer.refresh_from_db()
    if signer.state != SignerState.WAITING:
        raise NotNow(_("They have answered already."), code="answered")
    channel = channel_of(signer)
    if channel is None:
        raise NotNow(_("There is no e-mail and no number of theirs: take the signed paper."), code="address")
    sent = signer.links.filter(channel__in=[LinkChannel.EMAIL, LinkChannel.SMS], made_at__gt=now - ONE_DAY)
    if sent.count() >= MOST_A_DAY:
        raise NotNow(_("It was sent several times since yesterday: give them time to read it."), code="often")
    return send_link(signer=signer, channel=channel, by=by, now=now)


def channel_of(signer) -> LinkChannel | None:
    """How a link can be sent to a signer; None: only by a letter or by hand."""
    if signer.email:
        return LinkChannel.EMAIL
    return LinkChannel.SMS if signer.phone else None
