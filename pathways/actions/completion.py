"""How it ended for each person, and for the whole run: the plan is told."""

from django.db import transaction
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
from pathways.actions.attendance import hours_of, tell_hours
from pathways.enums import THERE, EnrolmentState
from pathways.models import Attendance, ClosedList
from pathways.workflow import ENROLMENT, RUN


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
    missing: the hours are evidence, and the lists of all sessions are closed with the run. Who still waits for a
    place is told that the list is closed.
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
    _close_lists(run, by=by, now=now)
    record(verb="pathways.run_completed", by=by, now=now, on=run)
    return run


def _close_lists(run, *, by, now) -> None:
    still_open = run.sessions.filter(closed=None)
    ClosedList.objects.bulk_create([ClosedList(session=each, closed_at=now, closed_by=by) for each in still_open])


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
            tell_hours(enrolment, by=by, now=now)
    event = f"pathways.enrolment_{enrolment.state}"
    record(verb=event, by=by, now=now, on=enrolment, about=enrolment.participation.person_id)
    return enrolment
