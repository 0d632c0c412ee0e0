"""Digests: many messages in one, each of them once."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.communications.actions.outbox import queue
from foundation.communications.enums import Digest, MessageState
from foundation.communications.models import OutgoingMessage, Preference

# When digests leave, by the clock on the wall: in the evening, a week's on Friday.
HOUR = 18
WEEKDAY = 4


def _last_round(digest: str, now: datetime) -> datetime:
    """The last moment at which such digests were due: what was written before it must not wait longer."""
    local = timezone.localtime(now)
    last = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if last > local:
        last -= timedelta(days=1)
    if digest == Digest.WEEKLY:
        last -= timedelta(days=(last.weekday() - WEEKDAY) % 7)
    return last


def send_digests(*, now: datetime) -> int:
    """Put together what waits for the digests that are due, one message for each person; how many. Safe to repeat."""
    waiting = OutgoingMessage.objects.filter(state=MessageState.QUEUED, digest=True, not_before__lte=now)
    abouts = list(waiting.order_by("about").values_list("about", flat=True).distinct())
    preferences = {p.about: p for p in Preference.objects.filter(about__in=abouts)}
    return sum(_send_digest(about, preferences.get(about), now) for about in abouts)


@transaction.atomic
def _send_digest(about, preference: Preference | None, now: datetime) -> int:
    parts = OutgoingMessage.objects.select_for_update(skip_locked=True).filter(
        about=about, state=MessageState.QUEUED, digest=True, not_before__lte=now
    )
    if preference is None or preference.digest == Digest.NOW:
        # They want each by itself again: it leaves with the next sweep.
        parts.update(digest=False)
        return 0
    due = parts.filter(created_at__lt=_last_round(preference.digest, now)).order_by("created_at", "pk")
    groups = defaultdict(list)
    for part in due:
        if part.topic in preference.off:
            part.state = MessageState.CANCELLED
            part.save(update_fields=["state"])
        else:
            groups[part.channel, part.to].append(part)
    return sum(_join(about, channel, to, rows, now) for (channel, to), rows in groups.items())


def _join(about, channel: str, to: str, parts: list[OutgoingMessage], now: datetime) -> int:
    newest = parts[-1]
    message = queue(
        key=f"digest:{parts[0].pk}",
        channel=channel,
        to=to,
        language=newest.language,
        template="communications/messages/digest",
        context={"parts": parts, "count": len(parts), "site": settings.SITE_URL},
        now=now,
        about=about,
    )
    if message is None:
        OutgoingMessage.objects.filter(pk__in=[p.pk for p in parts]).update(state=MessageState.CANCELLED)
        return 0
    for part in parts:
        part.state, part.digest_of = MessageState.DIGESTED, message
    OutgoingMessage.objects.bulk_update(parts, ["state", "digest_of"])
    return 1
