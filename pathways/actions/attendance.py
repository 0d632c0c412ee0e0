"""Who came, for how many hours, and how it ended: the plan is told."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from foundation.privacy.actions import record
from intake import actions as intake
from intake.enums import ActionState
from migwork.errors import NotNow
from pathways import notifications, permissions
from pathways.actions import places
from pathways.enums import THERE, AttendanceState, EnrolmentState, RunState
from pathways.models import Attendance, Session
from pathways.workflow import ENROLMENT, RUN


@transaction.atomic
def record_attendance(*, session, marks: dict, by, now) -> Session:
    """Write who was at a session: `marks` gives each enrolment's id an AttendanceState. By the partner's staff.

    Can be repeated and corrected; the same marks twice change nothing. Present and
    late count the session's whole length. The hours of the plan's action follow. Of people
    whose data are limited nothing is written; the others' list is saved all the same.
    """
    run = places.lock(session.run)
    permissions.check_can_run(by, run.opportunity)
    session = Session.objects.get(pk=session.pk, run=run)
    if timezone.localdate(session.starts_at) > timezone.localdate(now):
        raise NotNow(_("The day of this session has not come yet."), code="early")
    if run.state == RunState.CANCELLED:
        raise NotNow(_("These dates were cancelled: there is no attendance to record."), code="cancelled")
    takers = run.enrolments.taking_part().filter(participation__person__limited_at=None)
    enrolments = takers.select_related("participation", "plan_action").in_bulk(list(marks))
    known = dict(session.attendances.values_list("enrolment_id", "state"))
    changed = {pk: AttendanceState(marks[pk]) for pk in enrolments if known.get(pk) != marks[pk]}
    Attendance.objects.bulk_create(
        [
            Attendance(
                session=session,
                enrolment_id=pk,
                state=state,
                hours=session.hours if state in THERE else Decimal(0),
                recorded_by=by,
                recorded_at=now,
            )
            for pk, state in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=["state", "hours", "recorded_by", "recorded_at"],
    )
    if run.state == RunState.PLANNED:
        run.state = RUN.target(run.state, "start")
        run.save(update_fields=["state"])
    if session.recorded_at is None:
        session.recorded_at = now
        session.save(update_fields=["recorded_at"])
    for pk in changed:
        enrolment = enrolments[pk]
        person = enrolment.participation.person_id
        record(verb="pathways.attendance_recorded", by=by, now=now, on=enrolment, about=person, fields=["attendance"])
        _tell_hours(enrolment, by=by, now=now)
    return session


@transaction.atomic
def complete_enrolment(*, enrolment, by, now):
    """This person completed the activity: the plan's action is done, with its hours. By the partner's staff."""
    run = places.lock(enrolment.run)
    return _end(run, enrolment, "complete", by=by, now=now)


@transaction.atomic
def fail_enrolment(*, enrolment, by, now):
    """This person did not complete it: the plan's action stays open, with the hours done. By the partner's staff."""
    run = places.lock(enrolment.run)
    return _end(run, enrolment, "fail", by=by, now=now)


@transaction.atomic
def complete_run(*, run, completed=None, by, now):
    """Conclude a run. `completed`: ids of the enrolments that completed; None: all who came at least once.

    By the partner's staff. NotNow while a session is still to come or its attendance is
    missing: the hours are evidence. Who still waits for a place is told that the list is closed.
    People whose data are limited stay as they are, until they lift it and the partner says how it ended.
    """
    run = places.lock(run)
    permissions.check_can_run(by, run.opportunity)
    state = RUN.target(run.state, "complete")
    _check_sessions(run, now)
    enrolments = run.enrolments.active().select_for_update(of=("self",)).select_related("participation__person")
    came = set(Attendance.objects.filter(enrolment__run=run, state__in=THERE).values_list("enrolment_id", flat=True))
    chosen = came if completed is None else set(completed)
    for enrolment in enrolments.order_by("asked_at", "pk"):
        if enrolment.state != EnrolmentState.ENROLLED:
            _close_waiting(run, enrolment, by=by, now=now)
        elif enrolment.participation.person.limited_at is None:
            _end(run, enrolment, "complete" if enrolment.pk in chosen else "fail", by=by, now=now)
    run.state = state
    run.save(update_fields=["state", "places_taken"])
    record(verb="pathways.run_completed", by=by, now=now, on=run)
    return run


def _check_sessions(run, now) -> None:
    for session in run.sessions.all():
        day = date_format(timezone.localtime(session.starts_at), "l j F")
        if session.starts_at > now:
            raise NotNow(_("There is still a session to come, on %(day)s.") % {"day": day}, code="early")
        if session.recorded_at is None:
            raise NotNow(_("Record the attendance of %(day)s first.") % {"day": day}, code="attendance")


def _close_waiting(run, enrolment, *, by, now) -> None:
    enrolment.run = run
    if enrolment.state == EnrolmentState.OFFERED:
        run.places_taken -= 1
    enrolment.state = ENROLMENT.target(enrolment.state, "withdraw")
    enrolment.ended_at = now
    enrolment.save(update_fields=["state", "ended_at"])
    record(verb="pathways.withdrawn", by=by, now=now, on=enrolment, about=enrolment.participation.person_id)
    notifications.list_closed(enrolment, now=now)


def _end(run, enrolment, verb, *, by, now):
    permissions.check_can_run(by, run.opportunity)
    enrolment = (
        run.enrolments.select_for_update(of=("self",))
        .select_related("participation__person", "plan_action")
        .get(pk=enrolment.pk)
    )
    check_not_limited(enrolment.participation.person)
    if enrolment.state in (EnrolmentState.WAITING, EnrolmentState.OFFERED):
        raise NotNow(_("This person is on the waiting list: there is nothing to complete."), code="waiting")
    enrolment.state = ENROLMENT.target(enrolment.state, verb)
    enrolment.ended_at = now
    enrolment.save(update_fields=["state", "ended_at"])
    action = enrolment.plan_action
    if action is not None and action.state in (ActionState.TO_DO, ActionState.DOING):
        if enrolment.state == EnrolmentState.COMPLETED:
            intake.finish_action(action=action, hours=hours_of(action), by=by, now=now)
        else:
            _tell_hours(enrolment, by=by, now=now)
    event = f"pathways.enrolment_{enrolment.state}"
    record(verb=event, by=by, now=now, on=enrolment, about=enrolment.participation.person_id)
    return enrolment


def hours_of(action) -> Decimal:
    """The hours attended in all activities that serve this action of a plan."""
    return Attendance.objects.filter(enrolment__plan_action=action).aggregate(all=Sum("hours"))["all"] or Decimal(0)


def _tell_hours(enrolment, *, by, now) -> None:
    action = enrolment.plan_action
    if action is not None and action.state != ActionState.DROPPED:
        intake.set_action_hours(action=action, hours_done=hours_of(action), by=by, now=now)
