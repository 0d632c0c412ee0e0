"""The outbox: write a message with what it tells of, send it once, take what a crash left."""

import logging
import time
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import select_template
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from foundation.communications import notes, topics
from foundation.communications.enums import Channel, Digest, MessageState
from foundation.communications.models import OutgoingMessage, Preference
from foundation.communications.queries import preference_of
from foundation.communications.quiet import next_allowed
from foundation.communications.transports import Refused, TryLater

log = logging.getLogger(__name__)

# How long to wait after the 1st, 2nd, … failed attempt; after the last the message is given up.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]


def _rendered(names: list[str], context: dict) -> str:
    # Plain text: "D'Àvila" must not become "D&#x27;Àvila".
    return select_template(names).template.render(Context(context, autoescape=False)).strip()


def _start_sending(pk) -> None:
    from foundation.communications.tasks import send_message as task

    task.delay(message_id=str(pk))


@transaction.atomic
def queue(
    *,
    key: str,
    channel: str,
    to: str,
    language: str,
    template: str,
    context: dict,
    now: datetime,
    not_before: datetime | None = None,
    about=None,
    cause: str = "",
    topic: str = "",
    urgent: bool = False,
    before: datetime | None = None,
) -> OutgoingMessage | None:
    """Write a message in the caller's transaction; it leaves after the commit, or from `not_before` on.

    `template` is "<room>/messages/<name>": <name>.txt is the text (for an SMS
    <name>.sms.txt where there is one) and <name>.subject.txt a mail's subject, which
    holds no personal data. `about` is the young person or their id, `cause` what to cancel it by.
    `topic` (topics.py) is what it tells of: the person may have switched it off, or want it in a digest.
    Their quiet hours are kept, but for what is `urgent` (codes) or would come too late: `before` is the
    moment from which it is of no use, and such a message waits for no digest. None when nothing is
    written: the occasion `key` has its message already, or this person gets none by this way or of this topic.
    """
    about = getattr(about, "pk", about)
    preference = preference_of(about) if about else None
    if not _wanted(preference, channel, to, topic):
        return None
    leaves = not_before or now
    if not urgent:
        held = next_allowed(preference, leaves)
        leaves = held if before is None or held < before else leaves
    with translation.override(language):
        if channel == Channel.EMAIL:
            subject = " ".join(_rendered([f"{template}.subject.txt"], context).split())
            text = _rendered([f"{template}.txt"], context)
        else:
            subject = ""
            text = " ".join(_rendered([f"{template}.sms.txt", f"{template}.txt"], context).split())
    message = OutgoingMessage(
        key=key,
        cause=cause,
        about=about,
        channel=channel,
        to=to,
        language=language,
        subject=subject,
        text=text,
        created_at=now,
        not_before=leaves,
        topic=topic,
        digest=not urgent and before is None and _waits_for_digest(preference, topic),
    )
    OutgoingMessage.objects.bulk_create([message], ignore_conflicts=True)
    if not OutgoingMessage.objects.filter(pk=message.pk).exists():
        return None
    if message.not_before <= now and not message.digest:
        # robust: a broker that is away must not break the page; the sweep sends it then.
        transaction.on_commit(partial(_start_sending, message.pk), robust=True)
    return message


def _wanted(preference: Preference | None, channel: str, to: str, topic: str) -> bool:
    """Whether this person gets such a message. Where an address is dangerous, that wins over everything."""
    if preference is None:
        return True
    if channel in preference.closed or (preference.only_to and to != preference.only_to):
        return False
    known = topics.of(topic)
    return known is None or known.required or topic not in preference.off


def _waits_for_digest(preference: Preference | None, topic: str) -> bool:
    """Only what one may switch off waits: what one must know comes at once."""
    known = topics.of(topic)
    if preference is None or preference.digest == Digest.NOW or known is None:
        return False
    return known.digestible and not known.required


@transaction.atomic
def cancel(*, cause: str, now: datetime) -> int:
    """Keep back what has not left yet of the messages about `cause`; how many there were.

    Waits for one that is leaving at this moment: that one is sent and not counted.
    """
    waiting = OutgoingMessage.objects.filter(cause=cause, state=MessageState.QUEUED)
    return waiting.update(state=MessageState.CANCELLED)


@transaction.atomic
def forget(*, cause: str) -> int:
    """Delete the messages about `cause` as if they had never been written; how many there were.

    For whoever turns out to be nobody of whom anything may be kept. Waits for one that is leaving at this moment.
    """
    written = OutgoingMessage.objects.select_for_update(of=("self",)).filter(cause=cause) if cause else ()
    pks = [message.pk for message in written]
    OutgoingMessage.objects.filter(pk__in=pks).delete()
    return len(pks)


@transaction.atomic
def send_message(*, message_id, now: datetime) -> bool:
    """Send one message if it is due and nobody else is sending it. Whether it left.

    The row stays locked until its new state is committed: a second worker skips it,
    and the lock of a killed one ends with its connection. Why the answer is noted in the
    cache first: docs/adr/0005-outbox-sends-once.md.
    """
    message = OutgoingMessage.objects.due(now).select_for_update(skip_locked=True).filter(pk=message_id).first()
    if message is None:
        return False
    message.attempts += 1
    transport = import_string(settings.COMMUNICATIONS_TRANSPORTS[message.channel])
    try:
        reference = notes.read(message) or transport(message, now)
    except Refused as refusal:
        message.state = MessageState.FAILED
        message.error = str(refusal)[:300]
    except TryLater as trouble:
        _postpone(message, trouble, now)
    else:
        message.state = MessageState.SENT
        message.sent_at = now
        message.provider_reference = reference[:200]
        message.error = ""
    message.save(update_fields=["attempts", "state", "sent_at", "not_before", "provider_reference", "error"])
    return message.state == MessageState.SENT


def _postpone(message: OutgoingMessage, trouble: TryLater, now: datetime) -> None:
    message.error = str(trouble)[:300]
    if message.attempts > len(PAUSES):
        message.state = MessageState.FAILED
    else:
        message.not_before = now + PAUSES[message.attempts - 1]
    log.warning("message %s did not leave at attempt %s", message.pk, message.attempts)


@transaction.atomic
def report_delivery(*, reference: str, delivered: bool, now: datetime) -> bool:
    """Note what a provider says of a message that it took: it arrived, or it came back. Whether we know it.

    By the provider, with the installation's secret. Said again it changes nothing; what
    came back after all, after it had arrived, did come back.
    """
    message = (
        OutgoingMessage.objects.select_for_update()
        .filter(provider_reference=reference, state__in=[MessageState.SENT, MessageState.BOUNCED])
        .first()
        if reference
        else None
    )
    if message is None:
        return False
    if message.state == MessageState.BOUNCED or (delivered and message.delivered_at):
        return True
    if delivered:
        message.delivered_at = now
    else:
        message.state, message.delivered_at = MessageState.BOUNCED, None
        message.error = str(_("The provider says that it cannot be delivered."))
    message.save(update_fields=["state", "delivered_at", "error"])
    return True


def sweep(*, now: datetime, seconds: float = 25) -> int:
    """Send what is due and was not sent: left by a crash, postponed, or written for later. How many left.

    Stops after `seconds`, before the next sweep begins; that one goes on.
    """
    until = time.monotonic() + seconds
    sent = 0
    for pk in OutgoingMessage.objects.due(now).values_list("pk", flat=True)[:2000]:
        if time.monotonic() > until:
            break
        sent += send_message(message_id=pk, now=now)
    return sent
