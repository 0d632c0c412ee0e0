"""The register as the host answers it by its link, and months that close."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.privacy.actions import record
from internships import notifications
from internships.actions.allowance import compute_allowances
from internships.actions.locks import locked
from internships.actions.writing import (
    Day,
    Hand,
    check_begun,
    check_date,
    check_open_months,
    check_running,
    check_unseen,
    write,
)
from internships.enums import DayState
from internships.models import HostLink, RegisterMonth
from internships.permissions import check_can_answer_days, check_can_work_on
from internships.queries.timetable import plan_of
from migwork.errors import NotNow
from migwork.months import add_months


@transaction.atomic
def confirm_days(*, internship, days, link, seen: int | None = None, now: datetime) -> int:
    """Say that the hours of these days are right; how many were confirmed. By the host, with its link.

    `seen` is the last change of the register that the host had before it.
    """
    internship, hand = _opened(internship, link)
    check_unseen(internship, days, seen, hand)
    wanted = {row.on: Day(DayState.CONFIRMED, row.hours) for row in internship.days.waiting().filter(on__in=days)}
    return len(write(internship, wanted, hand=hand, now=now))


@transaction.atomic
def dispute_day(*, internship, on: date, reason: str, link, seen: int | None = None, now: datetime) -> None:
    """Say that a day is not right, and why; intern and promoter's tutor are told. By the host, with its link."""
    internship, hand = _opened(internship, link)
    if not reason.strip():
        raise NotNow(_("Say in a sentence what is not right."), code="reason")
    check_unseen(internship, [on], seen, hand)
    standing = internship.days.filter(on=on).first()
    if standing is None or standing.state not in (DayState.PROPOSED, DayState.CONFIRMED):
        raise NotNow(_("There are no hours on this day that could be wrong."), code="empty")
    day = Day(DayState.DISPUTED, standing.hours, dispute=reason.strip())
    if write(internship, {on: day}, hand=hand, now=now):
        notifications.tell_disputed(internship, on, now=now)


@transaction.atomic
def not_here_today(*, internship, link, now: datetime) -> None:
    """Say that the intern has not come today; the intern and the promoter's tutor are told. By the host, by its link.

    What the intern said of today is not overwritten: it becomes disputed.
    """
    internship, hand = _opened(internship, link)
    check_running(internship)
    today = timezone.localdate(now)
    check_date(internship, today, now)
    standing = internship.days.filter(on=today).first()
    if standing and standing.state == DayState.ABSENT:
        return
    if standing:
        dispute_day(internship=internship, on=today, reason=_("Not here today."), link=link, now=now)
        return
    write(internship, {today: Day(DayState.ABSENT)}, hand=hand, now=now)
    notifications.tell_not_here(internship, today, now=now)


@transaction.atomic
def confirm_month(*, internship, first: date, link, seen: int | None = None, now: datetime) -> RegisterMonth | None:
    """Confirm all days of a month and, once it is over and nothing is missing, close it. By the host, with its link."""
    internship, hand = _opened(internship, link)
    _check_month(internship, first)
    check_open_months(internship, [first])
    days = [row.on for row in internship.days.of_month(first).waiting()]
    confirm_days(internship=internship, days=days, link=link, seen=seen, now=now)
    why = why_not_closed(internship, first, now)
    if why and not days:
        raise NotNow(why, code="not_yet")
    if why or missing_days(internship, first):
        return None
    return _close(internship, first, hand, now)


@transaction.atomic
def close_month(*, internship, first: date, by, now: datetime) -> RegisterMonth:
    """Close a month: days of which nothing was said become days off. By the promoter's staff."""
    internship = locked(internship)
    check_can_work_on(by, internship)
    check_begun(internship)
    _check_month(internship, first)
    check_open_months(internship, [first])
    if why := why_not_closed(internship, first, now):
        raise NotNow(why, code="not_yet")
    missing = dict.fromkeys(missing_days(internship, first), Day(DayState.ABSENT))
    write(internship, missing, hand=Hand(by=by), now=now)
    return _close(internship, first, Hand(by=by), now)


def _check_month(internship, first: date) -> None:
    """NotNow for a month in which the internship has no day: closed, it would owe an allowance."""
    if first.day != 1 or not internship.starts_on.replace(day=1) <= first <= internship.last_on:
        raise NotNow(_("The internship has no day in this month."), code="outside")


def why_not_closed(internship, first: date, now: datetime) -> str:
    """Why a month cannot be closed yet; nothing when it can."""
    last = last_of(internship, first)
    if timezone.localdate(now) <= last:
        return _("It can be closed from %(day)s on.") % {"day": date_format(last + timedelta(days=1), "j F")}
    open_days = internship.days.of_month(first).filter(state__in=[DayState.PROPOSED, DayState.DISPUTED]).count()
    if open_days:
        return ngettext(
            "%(count)s day is still to be confirmed.", "%(count)s days are still to be confirmed.", open_days
        ) % {"count": open_days}
    return ""


def last_of(internship, first: date) -> date:
    """The internship's last day in this month."""
    return min(add_months(first, 1) - timedelta(days=1), internship.last_on)


def missing_days(internship, first: date) -> list[date]:
    """Days of the month on which hours were planned, and of which nobody has said anything."""
    said = set(internship.days.of_month(first).values_list("on", flat=True))
    return [on for on in plan_of(internship).between(first, last_of(internship, first)) if on not in said]


def _opened(internship, link) -> tuple:
    internship = locked(internship)
    link = HostLink.objects.select_related("tutor").get(pk=link.pk)
    check_can_answer_days(link, internship)
    check_begun(internship)
    return internship, Hand(link=link)


def _close(internship, first, hand, now) -> RegisterMonth:
    month = RegisterMonth.objects.create(
        internship=internship, first=first, closed_at=now, closed_by=hand.by, closed_link=hand.link
    )
    record(
        verb="internships.month_closed",
        by=hand.by,
        now=now,
        on=internship,
        about=internship.participation.person_id,
        fields=["months"],
    )
    compute_allowances(internships=[internship], first=first, now=now)
    notifications.tell_month_closed(internship, first, now=now)
    return month
