"""The days of the register."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake import actions as intake_actions
from internships.actions.locks import locked, locked_participation
from internships.enums import InternshipState
from internships.models import Internship, RegisterDay
from internships.permissions import check_can_work_on
from migwork.errors import NotNow


def hours_attended(internship) -> Decimal:
    return internship.days.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)


@transaction.atomic
def record_day(*, internship, on: date, hours: Decimal, by, now: datetime) -> RegisterDay:
    """Put one day into the register of a running internship. By the promoter's staff. A day stands there once."""
    internship = _open_register(internship, by)
    _check_day(internship, on, hours, now)
    if internship.days.filter(on=on).exists():
        raise NotNow(_("This day is already in the register."), code="twice")
    day = RegisterDay.objects.create(internship=internship, on=on, hours=hours, recorded_by=by, recorded_at=now)
    _register_changed(internship, "internships.days_recorded", by, now)
    return day


@transaction.atomic
def record_days(*, internship, hours: dict[date, Decimal | None], by, now: datetime) -> int:
    """Make these days of the register so: add, correct, or (None) take out; how many changed. By the promoter."""
    internship = _open_register(internship, by)
    there = {day.on: day for day in internship.days.filter(on__in=hours)}
    changed = [on for on in hours if hours[on] != (there[on].hours if on in there else None)]
    for on in sorted(changed):
        if hours[on] is None:
            there[on].delete()
            continue
        _check_day(internship, on, hours[on], now)
        RegisterDay.objects.update_or_create(
            internship=internship, on=on, defaults={"hours": hours[on], "recorded_by": by, "recorded_at": now}
        )
    if changed:
        corrected = any(on in there for on in changed)
        verb = "internships.days_corrected" if corrected else "internships.days_recorded"
        _register_changed(internship, verb, by, now)
    return len(changed)


def _open_register(internship, by) -> Internship:
    locked_participation(internship.participation_id)
    internship = locked(internship)
    check_can_work_on(by, internship)
    if internship.state != InternshipState.RUNNING:
        raise NotNow(_("Days are recorded while the internship is running."), code="not_running")
    return internship


def _check_day(internship, on, hours, now):
    name = date_format(on, "l j F")
    if not internship.starts_on <= on <= internship.ends_on:
        raise ValidationError(_("%(day)s: outside the internship's dates.") % {"day": name}, code="outside")
    if on > timezone.localdate(now):
        raise ValidationError(_("%(day)s: this day has not come yet.") % {"day": name}, code="future")
    if not 0 < hours <= 24:
        raise ValidationError(_("%(day)s: between a few minutes and 24 hours.") % {"day": name}, code="hours")


def _register_changed(internship, verb, by, now):
    """The plan shows the hours, the trail that the register changed."""
    if internship.plan_action is not None:
        hours = hours_attended(internship)
        intake_actions.set_action_hours(action=internship.plan_action, hours_done=hours, by=by, now=now)
    record(verb=verb, by=by, now=now, on=internship, about=internship.participation.person_id, fields=["days"])
