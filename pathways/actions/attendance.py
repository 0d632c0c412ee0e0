"""Who came, and for how many hours: every mark leaves its trace, the plan is told of the hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake import actions as intake
from intake.enums import ActionState
from migwork.errors import NotNow
from pathways import permissions
from pathways.actions import places
from pathways.enums import THERE, AttendanceState, RunState
from pathways.models import Attendance, AttendanceMark, ClosedList, Session
from pathways.models.attendance import SLIP, plain_hours
from pathways.workflow import RUN

LEAST = Decimal("0.25")


@dataclass(frozen=True)
class Mark:
    """What is said of one person. `hours`, of who came late: None for the whole session."""

    state: AttendanceState
    hours: Decimal | None = None


@dataclass(frozen=True)
class Tap:
    """A mark as a phone sends it, perhaps more than once and late: `key` is the same each time.

    `seen` is the last mark of the session that the phone knew of (see `record_attendance`).
    """

    key: UUID
    at: datetime
    seen: int


class MarkedMeanwhile(NotNow):
    """Somebody else has marked these `enrolments` in the meantime, otherwise."""

    def __init__(self, enrolments: list):
        super().__init__(_("Somebody else has marked this list meanwhile. Look at it again."), code="meanwhile")
        self.enrolments = enrolments


@transaction.atomic
def record_attendance(
    *, session, marks: Mapping, by, now, reason: str = "", seen: int | None = None, close: bool = False
) -> Session:
    """Write who was at a session: `marks` gives each enrolment's id an AttendanceState or a Mark. By the partner's
    staff.

    Can be repeated; the same marks twice change nothing. Present counts the session's whole length. What was marked
    before is kept beside what it becomes. Once it stands fast, or the list is closed, a `reason` is needed. With
    `seen` (the last mark of the session that `by` had before them) nothing of others is overwritten unread:
    MarkedMeanwhile. `close` closes the list at once. The hours of the plan's action follow. Of people whose data are
    limited nothing is written; the others' list is saved all the same.
    """
    run = places.lock(session.run)
    permissions.check_can_run(by, run.opportunity)
    session = held(run, session, now)
    write(run, session, marks, by=by, now=now, reason=reason, seen=seen)
    if close:
        close_list(session=session, by=by, now=now)
    return session


@transaction.atomic
def mark_by_phone(*, session, enrolment: UUID, mark: Mark, tap: Tap, by, now) -> Attendance | None:
    """Write one mark that a phone keeps until it knows that it arrived. What stands there now. By the partner's staff.

    The same tap twice is written once, also when others have marked since; one that comes after a later one of the
    same person is let go. None for who is not on the list, or whose data are limited.
    """
    run = places.lock(session.run)
    permissions.check_can_run(by, run.opportunity)
    session = held(run, session, now)
    sent = AttendanceMark.objects.filter(attendance__session=session, attendance__enrolment=enrolment)
    later = sent.filter(by=by, tapped_at__gt=tap.at)
    if tap.at <= now + SLIP:
        # What came from a phone whose clock was ahead must not outlive all that is tapped after it.
        later = later.filter(tapped_at__lte=F("at") + SLIP)
    if not AttendanceMark.objects.filter(key=tap.key).exists() and not later.exists():
        write(run, session, {enrolment: mark}, by=by, now=now, seen=tap.seen, tap=tap)
    return session.attendances.filter(enrolment=enrolment).first()


@transaction.atomic
def close_list(*, session, by, now) -> ClosedList:
    """The list of this session is complete: from now on it changes only with a reason. By the partner's staff."""
    run = places.lock(session.run)
    permissions.check_can_run(by, run.opportunity)
    session = held(run, session, now)
    if session.starts_at > now:
        raise NotNow(_("The session has not begun yet."), code="early")
    if unmarked(run, session).exists():
        raise NotNow(_("Somebody is not marked yet: mark everybody, then close the list."), code="unmarked")
    closed, is_new = ClosedList.objects.get_or_create(session=session, defaults={"closed_at": now, "closed_by": by})
    if is_new:
        record(verb="pathways.list_closed", by=by, now=now, on=session)
    return closed


def held(run, session, now) -> Session:
    """The session as it is now, if its attendance can be written: on its day or later, and not cancelled."""
    session = Session.objects.filter(pk=session.pk, run=run).first()
    if session is None:
        raise NotNow(_("This session was taken out already."), code="gone")
    if timezone.localdate(session.starts_at) > timezone.localdate(now):
        raise NotNow(_("The day of this session has not come yet."), code="early")
    if run.state == RunState.CANCELLED:
        raise NotNow(_("These dates were cancelled: there is no attendance to record."), code="cancelled")
    return session


def takers(run):
    """Who stands on the list: not those whose data are limited."""
    return run.enrolments.taking_part().filter(participation__person__limited_at=None)


def unmarked(run, session):
    """Who is on the list, and nothing is said of them yet."""
    return takers(run).exclude(attendances__session=session)


def write(run, session, marks: Mapping, *, by, now, reason="", seen=None, tap: Tap | None = None) -> None:
    """Write these marks into the list of a locked run; nothing for those that stand there already."""
    enrolments = takers(run).select_related("participation", "plan_action").in_bulk(list(marks))
    standing = {row.enrolment_id: row for row in session.attendances.filter(enrolment__in=enrolments)}
    before = {pk: (row.state, row.hours) for pk, row in standing.items()}
    wanted = {pk: _as_written(marks[pk], standing.get(pk), session) for pk in enrolments}
    changed = {pk: now_is for pk, now_is in wanted.items() if before.get(pk) != now_is}
    _check_unseen(session, changed, seen, by)
    late = _needing_reason(session, changed, standing, now)
    if late and not reason.strip():
        raise NotNow(_("Say why you change it: this list stands fast."), code="reason")
    rows = Attendance.objects.bulk_create(
        [
            Attendance(session=session, enrolment_id=pk, state=state, hours=hours, recorded_by=by, recorded_at=now)
            for pk, (state, hours) in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=["state", "hours", "recorded_by", "recorded_at"],
    )
    if tap:
        # One that changes nothing is noted all the same: sent again, it must not undo what comes after.
        rows += [standing[pk] for pk in wanted if pk not in changed]
    traces = [_trace(row, before.get(row.enrolment_id), row.enrolment_id in late, tap) for row in rows]
    for trace in traces:
        trace.at, trace.by = now, by
        trace.reason = reason.strip() if trace.was_state or trace.is_late else ""
    AttendanceMark.objects.bulk_create(traces)
    _note_recorded(run, session, now)
    for pk in changed:
        verb = "pathways.attendance_corrected" if pk in before else "pathways.attendance_recorded"
        person = enrolments[pk].participation.person_id
        record(verb=verb, by=by, now=now, on=enrolments[pk], about=person, fields=["attendance"])
        tell_hours(enrolments[pk], by=by, now=now)


def _as_written(mark, standing, session) -> tuple[str, Decimal]:
    mark = mark if isinstance(mark, Mark) else Mark(AttendanceState(mark))
    if mark.state not in THERE:
        return mark.state, Decimal(0)
    if mark.state == AttendanceState.PRESENT:
        return mark.state, session.hours
    if mark.hours is None:
        is_late = standing is not None and standing.state == AttendanceState.LATE
        return mark.state, standing.hours if is_late else session.hours
    if not LEAST <= mark.hours <= session.hours:
        longest = plain_hours(session.hours)
        raise NotNow(_("Whoever came late was there for a quarter of an hour to %s hours.") % longest, code="hours")
    return mark.state, mark.hours


def _check_unseen(session, changed, seen, by) -> None:
    if seen is None or not changed:
        return
    others = AttendanceMark.objects.filter(
        attendance__session=session, attendance__enrolment__in=changed, pk__gt=seen
    ).exclude(by=by)
    if meanwhile := sorted(set(others.values_list("attendance__enrolment", flat=True))):
        raise MarkedMeanwhile(meanwhile)


def _needing_reason(session, changed, standing, now) -> set:
    """Whose mark changes only with a reason: also a first one, on a closed list."""
    if ClosedList.objects.filter(session=session).exists():
        return set(changed)
    return {pk for pk in changed if pk in standing and standing[pk].stands_fast(session, now)}


def _trace(row, before, is_late, tap) -> AttendanceMark:
    was_state, was_hours = before or ("", None)
    return AttendanceMark(
        attendance=row,
        state=row.state,
        hours=row.hours,
        was_state=was_state,
        was_hours=was_hours,
        is_late=is_late,
        key=tap.key if tap else None,
        tapped_at=tap.at if tap else None,
    )


def _note_recorded(run, session, now) -> None:
    """The first mark starts the run; the last one makes the list complete."""
    if run.state == RunState.PLANNED:
        run.state = RUN.target(run.state, "start")
        run.save(update_fields=["state"])
    if session.recorded_at is None and not unmarked(run, session).exists():
        session.recorded_at = now
        session.save(update_fields=["recorded_at"])


def hours_of(action) -> Decimal:
    """The hours attended in all activities that serve this action of a plan, to the tenth that plans have."""
    hours = Attendance.objects.filter(enrolment__plan_action=action).aggregate(all=Sum("hours"))["all"] or Decimal(0)
    return hours.quantize(Decimal("0.1"), ROUND_HALF_UP)


def tell_hours(enrolment, *, by, now) -> None:
    """The plan's action that this enrolment serves has the hours attended."""
    action = enrolment.plan_action
    if action is not None and action.state != ActionState.DROPPED:
        intake.set_action_hours(action=action, hours_done=hours_of(action), by=by, now=now)
