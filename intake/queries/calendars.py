"""What an operator's agenda tells elsewhere."""

from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.utils import timezone

from accounts.enums import Role
from intake.enums import AgendaNews, AppointmentState
from intake.models import AgendaChange, Appointment, OperatorCalendar
from migwork import repeats
from migwork.calendar import start_of
from migwork.prepared import Prepared

BACK, AHEAD = timedelta(days=7), timedelta(days=180)
MOST = 1000
CHANGES_SHOWN = 30


def digest_of(token: str) -> str:
    """What is kept of the secret in a private address."""
    return sha256(token.encode()).hexdigest()


def calendar_of(user) -> OperatorCalendar:
    """What an operator has chosen, or what the portal does by itself."""
    return OperatorCalendar.objects.filter(user=user).first() or OperatorCalendar(user=user, news=AgendaNews.MORNING)


def owner_of_feed(token: str):
    """The operator whose private address this is; None once it was revoked, or they work here no more."""
    found = OperatorCalendar.objects.select_related("user").filter(feed_digest=digest_of(token)).first()
    return found.user if found and found.user.works_as(Role.OPERATOR) else None


def talks_for_feed(user, now) -> list[Appointment]:
    """The appointments of an operator that another calendar shows, with the names of which it says the initials."""
    rows = Appointment.objects.filter(
        operator=user, state=AppointmentState.BOOKED, starts_at__gt=now - BACK, starts_at__lt=now + AHEAD
    )
    return list(rows.select_related("participation__person").order_by("starts_at", "pk")[:MOST])


class Changes(NamedTuple):
    """What others changed in an agenda, and since which day."""

    since: date
    rows: list[AgendaChange]


def changes_for(user, now) -> Changes:
    """What others changed in this operator's agenda since the last day on which people worked."""
    since = changes_since(now)
    return Changes(since, _changes(operator=user.pk, since=start_of(since)))


def changes_since(now) -> date:
    """Since which day changes are news: the last one on which people worked."""
    return last_working_day(timezone.localdate(now))


_changes = Prepared(
    lambda operator, since: (
        AgendaChange.objects.filter(operator=operator, at__gte=since)
        .select_related("appointment__participation__person")
        .only(
            *("kind", "at", "starts_at", "was_at", "appointment__participation__state"),
            *("appointment__participation__person__first_name", "appointment__participation__person__last_name"),
        )
        .order_by("-at", "pk")[:CHANGES_SHOWN]
    )
)


def last_working_day(today: date, *, also_today=False) -> date:
    """The last day before `today` (or it itself) that is neither at a weekend nor a holiday in Milan."""
    day = today if also_today else today - timedelta(days=1)
    while day.weekday() >= 5 or repeats.holiday(day):
        day -= timedelta(days=1)
    return day
