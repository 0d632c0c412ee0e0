"""The places of a run: counted under its lock, offered in the order in which people asked."""

from datetime import datetime, timedelta

from django.utils import timezone

from foundation.privacy.actions import record
from intake import actions as intake
from intake.enums import ActionState
from intake.workflow import OPEN_STATES
from pathways import notifications
from pathways.enums import EnrolmentState, RunState
from pathways.models import Run
from pathways.workflow import ENROLMENT


def lock(run) -> Run:
    """The run as it is now, nobody else changing its places until the transaction ends."""
    return (
        Run.objects.select_for_update(of=("self",))
        .select_related("opportunity", "opportunity__organisation")
        .get(pk=run.pk)
    )


def take(run) -> None:
    run.places_taken += 1
    run.save(update_fields=["places_taken"])


def give_back(run) -> None:
    run.places_taken -= 1
    run.save(update_fields=["places_taken"])


def start_plan_action(enrolment, *, by, now) -> None:
    """The step of the plan that this enrolment serves is under way, unless it is already."""
    action = enrolment.plan_action
    if action is not None and action.state == ActionState.TO_DO:
        intake.start_action(action=action, by=by, now=now)


def reopen_plan_action(enrolment, *, by, now) -> None:
    """The step of the plan looks for an activity again, unless another place or hours done serve it."""
    action = enrolment.plan_action
    if action is None or action.state != ActionState.DOING or action.hours_done:
        return
    if not action.enrolments.filter(state=EnrolmentState.ENROLLED).exclude(pk=enrolment.pk).exists():
        intake.resume_action(action=action, by=by, now=now)


# Even where the next session is about to begin there is time to read a message.
SHORTEST_OFFER = timedelta(hours=1)


def offer_ends(run, now) -> datetime:
    """Until when an offer made now stands: the hours that the run gives, and not past the next session's start."""
    term = now + timedelta(hours=run.offer_hours)
    following = run.sessions.filter(starts_at__gt=now + SHORTEST_OFFER).values_list("starts_at", flat=True).first()
    return min(term, following) if following else term


def in_line(run):
    """Those who wait and can be offered a place: not who has left the project, nor whose data may not be used now."""
    return run.enrolments.waiting().filter(participation__state__in=OPEN_STATES, participation__person__limited_at=None)


def fill(run, *, now) -> list:
    """Offer the free places of a locked run to those who wait, in order; tells each. Who was offered one.

    Not once the activity is over; whoever is not `in_line` is passed over, and keeps their turn.
    It is the portal that offers: the story of who gets a place does not name who made room.
    """
    if run.state not in (RunState.PLANNED, RunState.RUNNING) or run.ends_on < timezone.localdate(now):
        return []
    waiting = (
        in_line(run)
        .select_for_update(of=("self",))
        .select_related("participation__person", "plan_action")[: max(run.places_left, 0)]
    )
    lucky = list(waiting)
    until = offer_ends(run, now) if lucky else None
    for enrolment in lucky:
        enrolment.run = run
        enrolment.state = ENROLMENT.target(enrolment.state, "offer")
        enrolment.offered_until = until
        enrolment.save(update_fields=["state", "offered_until"])
        take(run)
        record(verb="pathways.place_offered", by=None, now=now, on=enrolment, about=enrolment.participation.person_id)
        notifications.place_offered(enrolment, now=now)
    return lucky
