"""The weekly timetable."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships import rules
from internships.actions.locks import locked
from internships.actions.writing import check_open_months
from internships.models import TimetableSlot
from internships.permissions import check_can_work_on
from internships.queries.timetable import plan_of
from internships.rules import Slot
from internships.timetable import weekly_hours
from internships.workflow import OPEN_STATES
from internships.working_time import broken_by_timetable
from migwork.errors import NotNow


@transaction.atomic
def set_timetable(*, internship, slots: Iterable[Slot], valid_from: date | None = None, by, now: datetime) -> None:
    """Say at which hours the intern is expected, from `valid_from` (else the first day) on. By the promoter's staff.

    What holds from the same day on is replaced; what held before stays for the days before. No more hours than
    the training project's, no hours twice, nothing in months that are closed, and a minor's within the law.
    """
    internship = locked(internship)
    check_can_work_on(by, internship)
    if internship.state not in OPEN_STATES:
        raise NotNow(_("This internship is over."), code="over")
    valid_from = valid_from or internship.starts_on
    if not internship.starts_on <= valid_from <= internship.ends_on:
        raise ValidationError({"valid_from": _("Choose a day of the internship.")}, code="outside")
    slots = sorted(slots, key=lambda slot: (slot.weekday, slot.starts_at))
    _check(slots, plan_of(internship).weekly_on(valid_from))
    _check_minor(internship, slots)
    check_open_months(internship, [valid_from])
    internship.slots.filter(valid_from=valid_from).delete()
    TimetableSlot.objects.bulk_create(
        TimetableSlot(
            internship=internship,
            valid_from=valid_from,
            weekday=slot.weekday,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        for slot in slots
    )
    record(
        verb="internships.timetable_set",
        by=by,
        now=now,
        on=internship,
        about=internship.participation.person_id,
        fields=["slots"],
    )


def _check(slots, most: Decimal) -> None:
    if not slots:
        raise ValidationError(_("Write the hours of one day at least."), code="empty")
    for before, after in pairwise(slots):
        if before.weekday == after.weekday and after.starts_at < before.ends_at:
            raise ValidationError(_("The second hours of a day begin after the first ones end."), code="overlap")
    if any(slot.ends_at <= slot.starts_at for slot in slots):
        raise ValidationError(_("The hours end after they begin."), code="order")
    if (hours := weekly_hours(slots)) > most:
        said = {"hours": number_format(hours), "most": number_format(most)}
        raise ValidationError(_("These are %(hours)s hours a week: the project has %(most)s.") % said, code="hours")


def _check_minor(internship, slots) -> None:
    values = rules.values(internship.starts_on)
    for finding in broken_by_timetable(slots, internship, values):
        if finding.level == rules.Level.ERROR:
            raise ValidationError(f"{finding.sentence} ({finding.source})", code=finding.code)
