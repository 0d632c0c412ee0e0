"""Enrolling and withdrawing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import ask_when_needed, check_not_limited
from foundation.privacy.actions import record
from intake.models import Participation, PlanAction
from migwork.errors import NotNow
from pathways import eligibility, notifications, permissions
from pathways.actions import places
from pathways.enums import EnrolmentState, RunState
from pathways.models import Enrolment
from pathways.workflow import ENROLMENT


@transaction.atomic
def enrol(*, run, participation, plan_action=None, by, now) -> Enrolment:
    """Give a place in `run`, or one on its waiting list when it is full. By the young person or an operator.

    NotNow with the reason when the person cannot take part (see eligibility.py). The run's row is
    locked while its places are counted, and the database refuses one too many. Tells the
    person; the plan's action, if any, is then under way. Of a minor the signature is asked for; the place is kept
    meanwhile.
    """
    permissions.check_can_enrol(by, participation)
    run = places.lock(run)
    # The person's row after the run's, as everywhere here: two requests at once must not serve one step twice.
    participation = (
        Participation.objects.select_for_update(of=("self",)).select_related("person").get(pk=participation.pk)
    )
    check_not_limited(participation.person)
    if plan_action is not None:
        plan_action = PlanAction.objects.select_related("goal__plan").get(pk=plan_action.pk)
    theirs = run.enrolments.filter(participation=participation)
    eligibility.check(
        eligibility.points(
            run,
            participation,
            on=timezone.localdate(now),
            enrolment=theirs.exclude(state=EnrolmentState.WITHDRAWN).first(),
            plan_action=plan_action,
        )
    )
    if plan_action is not None and plan_action.enrolments.active().exists():
        raise NotNow(_("This step of the plan is not waiting for an activity any more."), code="plan")
    has_place = run.places_left > 0 and not run.enrolments.waiting().exists()
    enrolment = Enrolment.objects.create(
        run=run,
        participation=participation,
        plan_action=plan_action,
        state=EnrolmentState.ENROLLED if has_place else EnrolmentState.WAITING,
        asked_at=now,
        asked_by=by,
    )
    if has_place:
        places.take(run)
        places.start_plan_action(enrolment, by=by, now=now)
        notifications.enrolled(enrolment, now=now)
    else:
        notifications.waiting(enrolment, position=run.enrolments.waiting().count(), now=now)
    verb = "pathways.enrolled" if has_place else "pathways.waiting"
    record(verb=verb, by=by, now=now, on=enrolment, about=participation.person_id)
    ask_when_needed(person=participation.person, code="enrolment", now=now)
    return enrolment


@transaction.atomic
def withdraw(*, enrolment, by, now) -> Enrolment:
    """Give the place back, or leave the waiting list; the first who waits gets the place and a message.

    By the young person, an operator, or the partner that runs the activity.
    """
    permissions.check_can_withdraw(by, enrolment)
    return _withdraw(enrolment, by, now)


@transaction.atomic
def leave(*, person, by, now) -> None:
    """Give back every place of this person (or their id) in what is not over. For those who are made anonymous."""
    enrolments = Enrolment.objects.filter(
        participation__person=person,
        state__in=[EnrolmentState.ENROLLED, EnrolmentState.WAITING],
        run__state__in=[RunState.PLANNED, RunState.RUNNING],
        run__ends_on__gte=timezone.localdate(now),
    )
    for enrolment in enrolments.select_related("run").order_by("run", "pk"):
        _withdraw(enrolment, by, now)


def _withdraw(enrolment, by, now) -> Enrolment:
    run = places.lock(enrolment.run)
    enrolment = (
        run.enrolments.select_for_update(of=("self",))
        .select_related("participation__person", "plan_action")
        .get(pk=enrolment.pk)
    )
    enrolment.run = run
    had_place = enrolment.state == EnrolmentState.ENROLLED
    enrolment.state = ENROLMENT.target(enrolment.state, "withdraw")
    enrolment.ended_at = now
    enrolment.save(update_fields=["state", "ended_at"])
    record(verb="pathways.withdrawn", by=by, now=now, on=enrolment, about=enrolment.participation.person_id)
    if had_place:
        run.places_taken -= 1
        run.save(update_fields=["places_taken"])
        places.fill(run, now=now)
        places.reopen_plan_action(enrolment, by=by, now=now)
    return enrolment
