"""Standing still, for the reasons that the rules allow, and going on."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships import rules
from internships.actions.amendments import amend, locked_for_change, what_stands
from internships.actions.internships import take_step
from internships.actions.locks import locked
from internships.enums import AmendmentKind, InternshipState, SuspensionKind
from internships.models import Amendment, Internship, Suspension
from internships.planning import last_day_after
from internships.rules import Level, Span, check_suspension
from internships.workflow import AT_WORK
from migwork.calendar import check_year
from migwork.db import as_validation_error
from migwork.errors import NotNow


@transaction.atomic
def suspend(
    *, internship, kind: str, starts_on: date, ends_on: date, reason: str, overrides=None, by, now: datetime
) -> Amendment:
    """Stand still from the first day to the last, for a reason that the rules allow. By the promoter's staff.

    The suspended days are no part of the duration: the last day moves by as many. On its first day, at once if that
    has come, the internship is suspended.
    """
    internship = locked_for_change(internship, by, (InternshipState.RUNNING,))
    today = timezone.localdate(now)
    for day in (starts_on, ends_on):
        check_year(day, today)
    _check_days(internship, kind, starts_on, ends_on)
    stood = what_stands(internship, AmendmentKind.SUSPENSION)
    why = {"reason": reason, "overrides": overrides, "stood": stood, "by": by, "now": now}
    try:
        with transaction.atomic():
            suspension = Suspension.objects.create(
                internship=internship, kind=kind, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise as_validation_error(error) from error
    last = last_day_after(internship.ends_on, before=None, after=Span(starts_on, ends_on))
    changes = {"ends_on": last}
    change = amend(internship, AmendmentKind.SUSPENSION, changes, valid_from=starts_on, **why)
    if suspension.starts_on <= today <= suspension.ends_on:
        take_step(internship, "suspend", reason=reason, by=by, now=now)
    return change


def _check_days(internship, kind, starts_on, ends_on):
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day cannot be before the first.")})
    if not internship.starts_on <= starts_on <= internship.ends_on:
        raise ValidationError({"starts_on": _("A day of the internship.")})
    finding = lawful(internship, kind, Span(starts_on, ends_on))
    if finding.level == Level.ERROR:
        shorter = _("Shorter absences stand in the register.")
        raise ValidationError({"ends_on": f"{finding.sentence} {shorter} ({finding.source})"}, code="short")
    worked = internship.days.filter(on__range=(starts_on, ends_on), hours__gt=0).order_by("on").first()
    if worked:
        day = date_format(worked.on, "j F")
        raise ValidationError({"starts_on": _("On %(day)s there are hours in the register.") % {"day": day}})


def lawful(internship, kind, span: Span):
    """What the rules of its first day say of such a suspension."""
    return check_suspension(kind, span, rules.values(internship.starts_on))


@transaction.atomic
def resume(*, internship, on: date, reason: str, overrides=None, by, now: datetime) -> Amendment:
    """Say on which day the intern is back, earlier or later than planned. By the promoter's staff.

    The last day moves with it. If it was too short to be a suspension at all, it is taken back: the days are absences.
    """
    internship = locked_for_change(internship, by, AT_WORK)
    today = timezone.localdate(now)
    check_year(on, today)
    suspension = _pause_of(internship, today)
    if suspension is None:
        raise NotNow(_("It is not suspended."), code="running")
    stood = what_stands(internship, AmendmentKind.RETURN)
    why = {"reason": reason, "overrides": overrides, "stood": stood, "by": by, "now": now}
    before, after = Span(suspension.starts_on, suspension.ends_on), Span(suspension.starts_on, on - timedelta(days=1))
    if after == before:
        raise ValidationError({"on": _("This is the day that stands there now.")})
    if after.last < after.first or lawful(internship, suspension.kind, after).level == Level.ERROR:
        after = None
        suspension.delete()
    else:
        suspension.ends_on = after.last
        suspension.save(update_fields=["ends_on"])
    last = last_day_after(internship.ends_on, before=before, after=after)
    if last < on:
        raise ValidationError({"on": _("The internship would be over before this day.")})
    changes = {"ends_on": last}
    change = amend(internship, AmendmentKind.RETURN, changes, valid_from=on, **why)
    if internship.state == InternshipState.SUSPENDED and on <= today:
        take_step(internship, "resume", by=by, now=now)
    elif internship.state == InternshipState.RUNNING and _stands_still(internship, today):
        take_step(internship, "suspend", reason=reason, by=by, now=now)
    return change


def _pause_of(internship, today) -> Suspension | None:
    """The pause that somebody comes back from: the one under way, else the next one."""
    rows = internship.suspensions.select_for_update()
    if internship.state == InternshipState.SUSPENDED:
        return rows.filter(starts_on__lte=today).order_by("-starts_on").first()
    return rows.filter(ends_on__gte=today).order_by("starts_on").first()


def _stands_still(internship, today) -> bool:
    return internship.suspensions.filter(starts_on__lte=today, ends_on__gte=today).exists()


def follow_suspensions(*, now: datetime) -> int:
    """Each morning: who is suspended from today on, and who is back; how many. Safe to run twice."""
    today = timezone.localdate(now)
    still = Suspension.objects.filter(internship=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today)
    # Of whoever asked that their data not be used nothing moves; the others' morning must not end there.
    rows = Internship.objects.alias(still=Exists(still)).filter(participation__person__limited_at=None)
    stop = rows.filter(state=InternshipState.RUNNING, still=True)
    go_on = rows.filter(state=InternshipState.SUSPENDED, still=False)
    found = [*stop.values_list("pk", "participation"), *go_on.values_list("pk", "participation")]
    return sum(_follow(pk, participation, today, now) for pk, participation in found)


@transaction.atomic
def _follow(pk, participation, today, now) -> bool:
    internship = locked(Internship(pk=pk, participation_id=participation))
    still = _stands_still(internship, today)
    if still and internship.state == InternshipState.RUNNING:
        reason = SuspensionKind(internship.suspensions.get(starts_on__lte=today, ends_on__gte=today).kind).label
        take_step(internship, "suspend", reason=str(reason), by=None, now=now)
    elif not still and internship.state == InternshipState.SUSPENDED:
        take_step(internship, "resume", by=None, now=now)
    else:
        return False
    return True
