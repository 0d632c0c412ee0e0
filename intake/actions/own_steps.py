"""Steps that a young person adds by themselves: small things, beside what was agreed with the operator."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake.actions.participation import check_open, locked
from intake.actions.plan import check_due, locked_goal
from intake.enums import ActionKind, PlanState
from intake.models import Plan, PlanAction
from intake.permissions import check_can_add_own_step, check_can_drop_own_step
from intake.workflow import ACTION
from migwork.errors import NotNow

# More than these to do at once help nobody, and fill no plan by a stuck key.
MOST_OPEN = 20


@transaction.atomic
def add_own_step(*, goal, title, due_on, by, now) -> PlanAction:
    """Add an errand of one's own to a goal. By the young person.

    The version that was agreed goes on: this stands beside it, and the operator sees whose idea it was.
    """
    plan = _own_plan(goal.plan)
    check_can_add_own_step(by, plan)
    goal = locked_goal(goal, plan)
    if plan.state == PlanState.PROPOSED:
        raise NotNow(_("First read your plan and say whether you agree."), code="not_agreed")
    if plan.state == PlanState.DRAFT and plan.version == 1:
        raise NotNow(_("Your plan is not written yet: you make it together with an operator."), code="no_plan")
    check_due(due_on, now)
    own = PlanAction.objects.outstanding().filter(goal__plan=plan, is_own=True)
    if own.count() >= MOST_OPEN:
        raise NotNow(_("There is a lot on your list already. First do something, or take it out."), code="many")
    action = PlanAction.objects.create(
        goal=goal,
        position=goal.actions.count(),
        title=title,
        kind=ActionKind.ERRAND,
        is_own=True,
        due_on=due_on,
        added_by=by,
        added_at=now,
    )
    record(verb="intake.own_step_added", by=by, now=now, on=action, about=plan.participation.person_id)
    return action


@transaction.atomic
def drop_own_step(*, action, by, now) -> PlanAction:
    """Take a step of one's own out again while it is to do; it stays on record. By the young person."""
    plan = _own_plan(action.goal.plan)
    action = PlanAction.objects.select_for_update(of=("self",)).select_related("goal").get(pk=action.pk)
    action.goal.plan = plan
    check_can_drop_own_step(by, action)
    action.state = ACTION.target(action.state, "drop")
    action.save(update_fields=["state"])
    cancel(cause=f"action:{action.pk}", now=now)
    record(verb="intake.own_step_dropped", by=by, now=now, on=action, about=plan.participation.person_id)
    return action


def _own_plan(plan):
    """The plan's row, locked after its participation's."""
    participation = locked(plan.participation)
    check_open(participation)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.participation = participation
    return plan
