"""The days of the register, as the promoter's staff write them: what they write is confirmed."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from internships import notifications
from internships.actions.allowance import compute_allowances
from internships.actions.locks import locked
from internships.actions.writing import (
    Day,
    Hand,
    check_begun,
    check_date,
    check_day,
    check_not_suspended,
    check_running,
    hours_attended,
    is_closed,
    write,
)
from internships.enums import DayState, InternshipState
from internships.models import Internship, RegisterDay
from internships.permissions import check_can_work_on
from migwork.errors import NotNow

__all__ = ["amend_day", "hours_attended", "record_day", "record_days", "settle_days"]


@transaction.atomic
def record_day(*, internship, on: date, hours: Decimal, by, now: datetime) -> RegisterDay:
    """Put one day into the register of a running internship. By the promoter's staff. A day stands there once."""
    internship = _open_register(internship, by)
    check_day(internship, on, hours, now)
    check_not_suspended(internship, [on])
    if internship.days.filter(on=on).exists():
        raise NotNow(_("This day is already in the register."), code="twice")
    write(internship, {on: Day(DayState.CONFIRMED, hours)}, hand=Hand(by=by), now=now)
    return internship.days.get(on=on)


@transaction.atomic
def record_days(*, internship, hours: dict[date, Decimal | None], by, now: datetime) -> int:
    """Make these days of the register so: add, correct, or (None) take out; how many changed. By the promoter.

    Days whose hours stay as they are keep their state, and so do those on which the intern was not there.
    """
    internship = _open_register(internship, by)
    there = dict(internship.days.filter(on__in=hours).exclude(state=DayState.ABSENT).values_list("on", "hours"))
    wanted = {}
    for on in sorted(hours):
        if hours[on] == there.get(on):
            continue
        if hours[on] is not None:
            check_day(internship, on, hours[on], now)
        wanted[on] = None if hours[on] is None else Day(DayState.CONFIRMED, hours[on])
    check_not_suspended(internship, [on for on, day in wanted.items() if day is not None])
    return len(write(internship, wanted, hand=Hand(by=by), now=now))


@transaction.atomic
def settle_days(*, internship, days, by, now: datetime) -> int:
    """Confirm these days as they stand, where the host cannot, or does not answer. By the promoter's staff."""
    internship = locked(internship)
    check_can_work_on(by, internship)
    check_begun(internship)
    open_days = internship.days.filter(on__in=days, state__in=[DayState.PROPOSED, DayState.DISPUTED])
    wanted = {row.on: Day(DayState.CONFIRMED, row.hours) for row in open_days}
    if not wanted:
        raise NotNow(_("There is nothing to confirm."), code="empty")
    return len(write(internship, wanted, hand=Hand(by=by), now=now))


@transaction.atomic
def amend_day(*, internship, on: date, hours: Decimal | None, reason: str, absence: str = "", by, now: datetime):
    """Put a day right that cannot be written any more: its month is closed, or the internship is over.

    By the promoter's staff, with a reason. What stood there before stays readable, and the intern is told.
    """
    internship = locked(internship)
    check_can_work_on(by, internship)
    check_begun(internship)
    closed = is_closed(internship, on)
    if not closed and internship.state in (InternshipState.RUNNING, InternshipState.SUSPENDED):
        raise NotNow(_("This month is open: write it in the register."), code="open")
    if not reason.strip():
        raise NotNow(_("Say why you change it: this month is closed."), code="reason")
    if hours is None:
        check_date(internship, on, now)
    else:
        check_day(internship, on, hours, now)
        check_not_suspended(internship, [on])
    day = Day(DayState.ABSENT, absence=absence) if hours is None else Day(DayState.CONFIRMED, hours)
    if write(internship, {on: day}, hand=Hand(by=by), now=now, reason=reason, amends=True):
        if closed:
            compute_allowances(internships=[internship], first=on.replace(day=1), now=now)
        notifications.tell_amended(internship, on, now=now)
    return internship.days.get(on=on)


def _open_register(internship, by) -> Internship:
    internship = locked(internship)
    check_can_work_on(by, internship)
    check_running(internship)
    return internship
