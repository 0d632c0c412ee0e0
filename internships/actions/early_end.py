"""An end before the last day: who ends it, on what ground, from which day."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.actions.allowance import compute_allowances
from internships.actions.internships import take_step
from internships.actions.locks import locked
from internships.actions.writing import Hand, write
from internships.enums import EndedBy, EndGround
from internships.models import Internship
from internships.notifications import life as told
from internships.permissions import check_can_work_on
from internships.workflow import INTERNSHIP

# An intern may go with a word why; who promotes or hosts it only for one of these.
GROUNDS = {
    EndedBy.INTERN: (),
    EndedBy.HOST: (EndGround.BREACH, EndGround.GOALS),
    EndedBy.PROMOTER: (EndGround.BREACH, EndGround.GOALS),
}


@transaction.atomic
def end_early(
    *, internship, ended_by: str, ground: str = "", ended_on: date, reason: str, by, now: datetime
) -> Internship:
    """It ends after `ended_on`, today or before. Written by the promoter's staff, whoever ended it.

    The intern and both tutors are told. What was planned after that day is planned no more; the plan's action is to do
    again, and the place is free.
    """
    internship = locked(internship)
    check_can_work_on(by, internship)
    INTERNSHIP.target(internship.state, "end_early")
    _check(internship, ended_by, ground, ended_on, timezone.localdate(now))
    internship.ended_on, internship.ended_by = ended_on, ended_by
    internship.end_ground = ground if GROUNDS[ended_by] else ""
    internship.save(update_fields=["ended_on", "ended_by", "end_ground"])
    internship = take_step(internship, "end_early", reason=reason, by=by, now=now)
    # Absences that were said for days after it are none.
    beyond = internship.days.filter(on__gt=ended_on).values_list("on", flat=True)
    write(internship, dict.fromkeys(beyond), hand=Hand(by=by), now=now, reason=reason, amends=True)
    for month in internship.months.filter(first__gte=ended_on.replace(day=1)):
        compute_allowances(internships=[internship], first=month.first, now=now)
    told.ended_early(internship, now=now)
    return internship


def _check(internship, ended_by, ground, ended_on, today):
    if ended_by not in GROUNDS:
        raise ValidationError({"ended_by": _("Say who ends it.")})
    grounds = GROUNDS[ended_by]
    if grounds and ground not in grounds:
        raise ValidationError({"ground": _("Host and promoter end it only for one of these.")}, code="ground")
    if not internship.starts_on <= ended_on <= min(today, internship.ends_on):
        raise ValidationError({"ended_on": _("A day of the internship, today or before.")})
    worked = internship.days.filter(on__gt=ended_on, hours__gt=0).order_by("on").last()
    if worked:
        day = date_format(worked.on, "j F")
        raise ValidationError({"ended_on": _("On %(day)s there are hours in the register.") % {"day": day}})
