"""Reads about messages and about how people want to be written to."""

from django.db.models import Exists, OuterRef, QuerySet

from foundation.communications.enums import Channel, MessageState
from foundation.communications.models import OutgoingMessage, Preference, ThreadMessage
from foundation.communications.quiet import next_allowed
from migwork.prepared import Prepared


def preferences_of(about) -> QuerySet[Preference]:
    """How the person with this id wants to be written to, for a condition in another query."""
    return Preference.objects.filter(about=about)


_preference_of = Prepared(preferences_of)

# What will not arrive any more, unless somebody mends the address.
LOST = (MessageState.FAILED, MessageState.BOUNCED)


def preference_of(about) -> Preference | None:
    """How the person with this id wants to be written to; None as long as they have not said."""
    return _preference_of.first(about=about)


def quiet_until(about, now):
    """The end of the quiet hours in which the person with this id is, or `now`."""
    return next_allowed(preference_of(about), now)


def way_to(about, *, email: str, phone: str) -> tuple[str, str] | None:
    """(channel, address) by which a person gets messages: by mail where nothing else is said; None: by none."""
    preference = preference_of(about)
    ways = {Channel.EMAIL: email, Channel.SMS: phone}
    if preference is None:
        return next(((channel, to) for channel, to in ways.items() if to), None)
    if preference.only_to:
        channel = Channel.EMAIL if "@" in preference.only_to else Channel.SMS
        ways = {channel: preference.only_to}
    order = sorted(ways, key=lambda channel: channel != preference.channel)
    return next(((way, ways[way]) for way in order if ways[way] and way not in preference.closed), None)


def messages_about(abouts) -> QuerySet[OutgoingMessage]:
    """What was written to these people (several ids where records were merged), newest first."""
    return OutgoingMessage.objects.filter(about__in=abouts).order_by("-created_at", "pk")


def failures_about(abouts) -> QuerySet[OutgoingMessage]:
    """What never arrived, newest first, unless a later message to the same address did leave."""
    return _unmended(messages_about(abouts))


def recent_failures(since) -> list[OutgoingMessage]:
    """The same of everybody, of messages written since then: the latest twenty."""
    return _recent_failures(since=since)


def _unmended(messages):
    later = OutgoingMessage.objects.filter(
        about=OuterRef("about"), to=OuterRef("to"), state=MessageState.SENT, sent_at__gt=OuterRef("created_at")
    )
    return messages.filter(~Exists(later), state__in=LOST)


def lost_since(since) -> QuerySet[OutgoingMessage]:
    """All of these messages, for a condition in another query."""
    return _unmended(OutgoingMessage.objects.filter(about__isnull=False, created_at__gte=since))


_recent_failures = Prepared(lambda since: lost_since(since).order_by("-created_at", "pk")[:20])


def waiting_for_staff(abouts) -> QuerySet[ThreadMessage]:
    """What these people wrote and nobody has read, for a condition in another query."""
    return ThreadMessage.objects.unread().filter(thread__about__in=abouts, from_person=True)


# What a page shows of a thread: its latest messages.
THREAD = 100


def thread_about(abouts) -> list[ThreadMessage]:
    """The latest messages with these people (several ids where records were merged), oldest first; one query."""
    rows = ThreadMessage.objects.filter(thread__about__in=abouts).select_related("by")
    return list(reversed(rows.order_by("-at", "-pk")[:THREAD]))


def waiting_for_person(about) -> QuerySet[ThreadMessage]:
    """What was written to this person and they have not read, for a condition in another query."""
    return ThreadMessage.objects.unread().filter(thread__about=about, from_person=False)
