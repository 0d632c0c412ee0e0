"""The one way into the register: what a day becomes, with its trace. Called by the actions, in their transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake import actions as intake_actions
from internships.enums import DayState, InternshipState
from internships.models import HostLink, RegisterChange, RegisterDay, RegisterMonth
from migwork.errors import NotNow

# In these an internship has, or had, days.
BEGUN = (
    InternshipState.RUNNING,
    InternshipState.SUSPENDED,
    InternshipState.COMPLETED,
    InternshipState.ENDED_EARLY,
)


@dataclass(frozen=True)
class Hand:
    """Who writes: somebody with an account, or the host by its link."""

    by: object = None
    link: HostLink | None = None


@dataclass(frozen=True)
class Day:
    """What a day becomes."""

    state: str
    hours: Decimal = Decimal(0)
    absence: str = ""
    dispute: str = ""


@dataclass(frozen=True)
class Tap:
    """A day as a phone sends it, perhaps more than once and late: `key` is the same each time.

    `seen` is the last change of the register that the phone knew of.
    """

    key: UUID
    at: datetime
    seen: int


def check_running(internship) -> None:
    if internship.state != InternshipState.RUNNING:
        raise NotNow(_("Days are recorded while the internship is running."), code="not_running")


def check_begun(internship) -> None:
    if internship.state not in BEGUN:
        raise NotNow(_("The internship has not begun yet."), code="not_running")


def check_day(internship, on: date, hours: Decimal, now: datetime) -> None:
    """`hours` are those of somebody who was there."""
    check_date(internship, on, now)
    if not 0 < hours <= 24:
        name = date_format(on, "l j F")
        raise ValidationError(_("%(day)s: between a few minutes and 24 hours.") % {"day": name}, code="hours")


def check_not_suspended(internship, days) -> None:
    """ValidationError for days on which it stood still: they moved the last day, nobody was there."""
    for pause in internship.suspensions.all():
        for on in sorted(days):
            if pause.starts_on <= on <= pause.ends_on:
                name = date_format(on, "l j F")
                raise ValidationError(_("%(day)s: the internship was suspended.") % {"day": name}, code="suspended")


def check_date(internship, on: date, now: datetime) -> None:
    name = date_format(on, "l j F")
    if not internship.starts_on <= on <= internship.last_on:
        raise ValidationError(_("%(day)s: outside the internship's dates.") % {"day": name}, code="outside")
    if on > timezone.localdate(now):
        raise ValidationError(_("%(day)s: this day has not come yet.") % {"day": name}, code="future")


def is_closed(internship, on: date) -> bool:
    return RegisterMonth.objects.filter(internship=internship, first=on.replace(day=1)).exists()


def check_open_months(internship, days) -> None:
    """NotNow for days of a month that is closed."""
    firsts = {on.replace(day=1) for on in days}
    if closed := internship.months.filter(first__in=firsts).order_by("first").first():
        month = date_format(closed.first, "F Y")
        raise NotNow(_("%(month)s is closed: it changes only by an amendment.") % {"month": month}, code="closed")


def check_unseen(internship, days, seen: int | None, hand: Hand) -> None:
    """NotNow when others have written into these days after the change `seen`: nothing is overwritten unread."""
    if seen is None:
        return
    others = internship.day_changes.filter(on__in=days, pk__gt=seen).exclude(by=hand.by, link=hand.link)
    if others.exists():
        raise NotNow(_("Meanwhile somebody else has written here. Look at it again."), code="meanwhile")


def write(
    internship,
    wanted: Mapping[date, Day | None],
    *,
    hand: Hand,
    now: datetime,
    reason: str = "",
    amends: bool = False,
    tap: Tap | None = None,
) -> list[date]:
    """Make these days of a locked internship so, None takes one out; the days that changed, in order.

    Confirming leaves who recorded the hours as it was. The plan shows the confirmed hours.
    """
    standing = {row.on: row for row in internship.days.filter(on__in=wanted)}
    changed = sorted(on for on, day in wanted.items() if _as_day(standing.get(on)) != day)
    if amends is False:
        check_open_months(internship, changed)
    rows, changes = [], []
    # A tap that changes nothing is noted all the same: sent again, it must not undo what comes after.
    for on in changed if tap is None else sorted(wanted):
        was, day = standing.get(on), wanted[on]
        changes.append(_change(internship, on, was, day, hand, now, reason, amends, tap))
        if day is not None:
            rows.append(_row(internship, on, was, day, hand, now))
        elif was is not None:
            was.delete()
    RegisterDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["internship", "on"], update_fields=WRITTEN
    )
    RegisterChange.objects.bulk_create(changes)
    if changed:
        corrected = amends or any(on in standing for on in changed)
        register_changed(
            internship, "internships.days_corrected" if corrected else "internships.days_recorded", hand.by, now
        )
    return changed


WRITTEN = [
    *("state", "hours", "absence", "dispute", "recorded_by", "recorded_at"),
    *("answered_at", "answered_by", "answered_link"),
]


def _as_day(row: RegisterDay | None) -> Day | None:
    return row and Day(row.state, row.hours, row.absence, row.dispute)


def _row(internship, on, was, day, hand, now) -> RegisterDay:
    answered = day.state in (DayState.CONFIRMED, DayState.DISPUTED)
    keeps = answered and was is not None and was.hours == day.hours
    return RegisterDay(
        internship=internship,
        on=on,
        state=day.state,
        hours=day.hours,
        absence=day.absence,
        dispute=day.dispute,
        recorded_by=was.recorded_by if keeps else hand.by,
        recorded_at=was.recorded_at if keeps else now,
        answered_at=now if answered else None,
        answered_by=hand.by if answered else None,
        answered_link=hand.link if answered else None,
    )


def _change(internship, on, was, day, hand, now, reason, amends, tap) -> RegisterChange:
    return RegisterChange(
        internship=internship,
        on=on,
        was_state=was.state if was else "",
        was_hours=was.hours if was else None,
        state=day.state if day else "",
        hours=day.hours if day else None,
        at=now,
        by=hand.by,
        link=hand.link,
        is_amendment=amends,
        reason=reason.strip() or (day.dispute if day else ""),
        key=tap.key if tap else None,
        tapped_at=tap.at if tap else None,
    )


def hours_attended(internship) -> Decimal:
    """The hours that are confirmed."""
    return internship.days.confirmed().hours()


def register_changed(internship, verb, by, now) -> None:
    """The plan shows the hours, the trail that the register changed."""
    if internship.plan_action is not None:
        hours = hours_attended(internship)
        intake_actions.set_action_hours(action=internship.plan_action, hours_done=hours, by=by, now=now)
    record(verb=verb, by=by, now=now, on=internship, about=internship.participation.person_id, fields=["days"])
