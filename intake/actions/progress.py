"""How the plan's actions go on: by the young person for errands, by later rooms for courses and internships."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake.actions.participation import STATE_FIELDS, check_open, locked, move
from intake.enums import ActionState, ParticipationState, PlanState
from intake.models import PlanAction
from intake.permissions import check_can_tick
from intake.workflow import ACTION
from migwork.errors import NotNow
from migwork.prepared import Prepared


@transaction.atomic
def start_action(*, action, by, now) -> PlanAction:
    """The step is under way. Its caller's room has checked that `by` may; twice is once."""
    participation, action = _locked(action)
    if action.state == ActionState.DOING:
        return action
    action.state = ACTION.target(action.state, "start")
    action.save(update_fields=["state"])
    _set_out(participation, now)
    record(verb="intake.action_started", by=by, now=now, on=action, about=participation.person_id)
    return action


@transaction.atomic
def finish_action(*, action, hours=None, by, now) -> PlanAction:
    """The step is done, with so many hours if given. Its caller's room has checked that `by` may; twice is once."""
    participation, action = _locked(action)
    if action.state == ActionState.DONE:
        return action
    action.state = ACTION.target(action.state, "finish")
    action.done_at = now
    fields = ["state", "done_at"]
    if hours is not None:
        action.hours_done = Decimal(hours)
        fields.append("hours_done")
    action.save(update_fields=fields)
    _set_out(participation, now)
    cancel(cause=f"action:{action.pk}", now=now)
    record(verb="intake.action_finished", by=by, now=now, on=action, about=participation.person_id)
    return action


@transaction.atomic
def resume_action(*, action, by, now) -> PlanAction:
    """The step is to do again: a withdrawn enrolment, a mark set by mistake. Its caller's room has checked `by`."""
    participation, action = _locked(action)
    if action.state == ActionState.TO_DO:
        return action
    action.state = ACTION.target(action.state, "resume")
    action.done_at = None
    action.save(update_fields=["state", "done_at"])
    record(verb="intake.action_resumed", by=by, now=now, on=action, about=participation.person_id)
    return action


@transaction.atomic
def set_action_hours(*, action, hours_done, by, now) -> PlanAction:
    """So many hours are done in all. Its caller's room has checked that `by` may."""
    participation, action = _locked(action)
    if action.hours_done == Decimal(hours_done):
        return action
    action.hours_done = Decimal(hours_done)
    action.save(update_fields=["hours_done"])
    record(
        verb="intake.action_hours",
        by=by,
        now=now,
        on=action,
        about=participation.person_id,
        fields=["hours_done"],
    )
    return action


@transaction.atomic
def finish_errand(*, action, by, now) -> PlanAction:
    """Mark an errand of an agreed plan, or one of one's own, as done. By the young person or an operator."""
    check_can_tick(by, action)
    participation, action = _locked(action)
    check_open(participation)
    if action.goal.plan.state != PlanState.AGREED and not action.is_own:
        raise NotNow(_("First read your plan and say whether you agree."), code="not_agreed")
    return finish_action(action=action, by=by, now=now)


@transaction.atomic
def resume_errand(*, action, by, now) -> PlanAction:
    """Take back the mark on an errand. By the young person or an operator."""
    check_can_tick(by, action)
    participation, action = _locked(action)
    check_open(participation)
    if action.state != ActionState.DONE:
        raise NotNow(_("This step is not marked as done."), code="not_done")
    return resume_action(action=action, by=by, now=now)


def _locked(action):
    """(participation, action), locked in this order."""
    # A course or an internship goes on, also for a step of a plan that was left on a merged record.
    participation = locked(action.goal.plan.participation, also_merged=True)
    return participation, _locked_row.first(pk=action.pk)


_locked_row = Prepared(
    lambda pk: PlanAction.objects.select_for_update(of=("self",)).select_related("goal__plan").filter(pk=pk)
)


def _set_out(participation, now):
    """With the first step of an agreed plan the person is under way."""
    if participation.state == ParticipationState.PLAN_AGREED:
        move(participation, "start", now)
        participation.save(update_fields=STATE_FIELDS)
