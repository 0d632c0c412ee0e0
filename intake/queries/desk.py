"""Who waits, who comes, who is in the queue."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.enums import Role
from accounts.queries import (
    find_people,
    possible_duplicates,
)
from intake.enums import AppointmentState, ParticipationState, QueueState
from intake.models import (
    Appointment,
    Participation,
    QueueEntry,
)
from migwork.calendar import bounds_of
from migwork.prepared import Prepared

PAGE = 25
NO_CONTACT = timedelta(days=30)
# How many of those who wait and of those one follows stand on the reception list; the others a page further.
FIRST = 10
# More than are at a desk on a day, and than it receives by appointment.
MOST_IN_QUEUE, MOST_EXPECTED = 300, 60


# The key of no organisation.
NO_DESK = 0


def desks_of(user) -> dict[str, int]:
    """Of which desks `user` sees the agenda, as conditions for of_whom(): none for an administrator, who sees all."""
    if user.is_superuser:
        return {}
    return {f"desk{n}": pk for n, pk in enumerate(user.organisations_as(Role.OPERATOR) or [NO_DESK])}


def of_whom(rows, *, of="", operator=None, **desks):
    """Of appointments, hours, or what hangs on them (`of`: by which path), those of an operator or of these desks."""
    if operator is not None:
        return rows.filter(**{f"{of}operator": operator})
    return rows.filter(**{f"{of}organisation__in": desks.values()}) if desks else rows


def waiting(after: datetime | None = None) -> list[Participation]:
    """Who signed up and was not received yet, longest first; one more than a page shows."""
    return _waiting() if after is None else _waiting(after=after)


def _who_waits(after=None, size=PAGE + 1):
    rows = Participation.objects.filter(state=ParticipationState.REGISTERED, person__anonymised_at=None)
    if after is not None:
        rows = rows.filter(opened_at__gt=after)
    return rows.select_related("person").only("opened_at", *NAME_AND_CONTACT).order_by("opened_at")[:size]


TALKER_S_NAME = ("participation__person__first_name", "participation__person__last_name")
OPERATOR_S_NAME = ("operator__name", "operator__email", "operator__phone")
NAME_AND_CONTACT = (
    *("person__first_name", "person__last_name", "person__phone", "person__email"),
    *("person__safe_contact", "person__safe_channel", "person__safe_address"),
)


_waiting = Prepared(_who_waits)


_first_waiting = Prepared(lambda: _who_waits(size=FIRST + 1), plan_once=True)


def first_waiting() -> list[Participation]:
    """Who waits longest: one more than the reception list shows."""
    return _first_waiting()


# No talk takes longer: when it began tells that it may still be under way.
LONGEST = timedelta(hours=4)


def next_talks(user, now) -> list[Appointment]:
    """The talks of today at the operator's desk that are not over: one more than the reception list shows."""
    end = bounds_of(timezone.localdate(now))[1]
    # Until when is not asked: PostgreSQL takes a span of unknown length for a short one and reads it whole.
    rows = _coming(since=now - LONGEST, now=now, **desks_of(user))
    return [row for row in rows if row.starts_at < end]


def _talks_of(desks):
    return (
        of_whom(Appointment.objects.all(), **desks)
        .exclude(state=AppointmentState.CANCELLED)
        .select_related("participation__person", "operator")
        .only(
            *TALKER_S_NAME,
            *OPERATOR_S_NAME,
            *("kind", "state", "starts_at"),
        )
        .order_by("starts_at")
    )


_coming = Prepared(
    lambda since, now, **desks: _talks_of(desks).filter(starts_at__gt=since, ends_at__gt=now)[: FIRST + 1]
)


def search_people(text, user) -> list[Participation]:
    """Participations of the people whose name begins like `text`, at most twenty people."""
    people = [person.pk for person in find_people(text, user)]
    rows = Participation.objects.visible_to(user).filter(person__in=people)
    return list(rows.select_related("person", "edition").order_by("person__sort_key", "-opened_at"))


class LikelyTheSame(NamedTuple):
    """Somebody who may be the one who stands at the desk: what tells them apart, and where their file is."""

    key: str
    name: str
    born: date
    why: str
    since: date
    file: UUID | None
    is_strong: bool


def likely_the_same(**described) -> list[LikelyTheSame]:
    """Who may be here already, the surest first, each with the key of their latest way."""
    hints = possible_duplicates(**described)
    return _likely([(hint.person, ", ".join(str(reason) for reason in hint.why), hint.is_strong) for hint in hints])


def likely_the_same_as(person) -> list[LikelyTheSame]:
    """Who may be the same as somebody who is here."""
    names = ("first_name", "last_name", "birth_date", "fiscal_code")
    return likely_the_same(**{name: getattr(person, name) for name in names}, but=person.pk)


def others_called(text, user, *, but) -> list[LikelyTheSame]:
    """People whose name begins like `text`, without the one they are compared with."""
    return _likely([(person, "", False) for person in find_people(text, user) if person.pk != but.pk])


def _likely(found):
    ways = Participation.objects.filter(person__in=[person.pk for person, _why, _strong in found])
    latest = dict(ways.order_by("opened_at").values_list("person", "pk")) if found else {}
    return [
        LikelyTheSame(
            key=str(person.pk),
            name=person.full_name,
            born=person.birth_date,
            why=why,
            since=timezone.localdate(person.created_at),
            file=latest.get(person.pk),
            is_strong=strong,
        )
        for person, why, strong in found
    ]


def latest_way(person) -> Participation | None:
    """The participation of a person that began last: where a link to their file leads."""
    return Participation.objects.filter(person=person).order_by("-opened_at", "pk").first()


class QueueOfDay(NamedTuple):
    """Today's queue: who is here in the order in which they came, who has gone, and what tells one state of it."""

    here: list[QueueEntry]
    gone: list[QueueEntry]
    waiting: int
    version: str


def queue_of_day(user, now) -> QueueOfDay:
    """Today's queue of the user's desks, each entry with the `minutes` since it came; one query."""
    rows = _queued(day=timezone.localdate(now), **desks_of(user))
    here = [row for row in rows if row.state != QueueState.LEFT]
    for row in here:
        row.minutes = max(0, int((now - row.arrived_at).total_seconds() // 60))
    told = [(str(row.pk), row.state, getattr(row, "minutes", 0), str(row.called_by_id)) for row in rows]
    return QueueOfDay(
        here=here,
        gone=[row for row in reversed(rows) if row.state == QueueState.LEFT],
        waiting=sum(row.state == QueueState.ARRIVED for row in here),
        version=sha256(repr(told).encode()).hexdigest()[:16],
    )


def _queue_on(day, **desks):
    person, who = "participation__person", ("first_name", "preferred_name", "last_name")
    return (
        of_whom(QueueEntry.objects.filter(day=day), **desks)
        .select_related(person, "called_by")
        .only(
            *("first_name", "wants", "state", "arrived_at", "called_at", "received_at", "left_at"),
            *("participation__state", *(f"{person}__{name}" for name in who)),
            *("called_by__name", "called_by__email", "called_by__phone"),
        )
        .order_by("arrived_at", "pk")[:MOST_IN_QUEUE]
    )


_queued = Prepared(_queue_on)


def queue_entry(user, key) -> QueueEntry | None:
    """Who is in a queue of this user's desks and has not left; None for anything else that `key` may be."""
    try:
        key = UUID(str(key))
    except ValueError:
        return None
    return QueueEntry.objects.visible_to(user).here().filter(pk=key).select_related("participation__person").first()


def at_the_desk(user, rows, now) -> dict:
    """{key of a participation: its entry in today's queue}: those of `rows` who are here already; one query."""
    entries = QueueEntry.objects.visible_to(user).here().filter(day=timezone.localdate(now), participation__in=rows)
    return {entry.participation_id: entry for entry in entries}


def expected_today(user, now) -> list[Appointment]:
    """Who has an appointment today and has not been in the queue yet; one query."""
    today = timezone.localdate(now)
    start, end = bounds_of(today)
    return _expected(day=today, start=start, end=end, **desks_of(user))


def _booked_and_not_queued(day, start, end, **desks):
    came = of_whom(QueueEntry.objects.filter(day=day, participation=OuterRef("participation")), **desks)
    rows = of_whom(Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end), **desks)
    return (
        rows.filter(~Exists(came), state=AppointmentState.BOOKED)
        .select_related("participation__person", "operator")
        .only("starts_at", *TALKER_S_NAME, *OPERATOR_S_NAME)
        .order_by("starts_at", "pk")[:MOST_EXPECTED]
    )


_expected = Prepared(_booked_and_not_queued)
