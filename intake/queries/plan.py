"""The plan, as its pages and its wording show it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from intake import hooks
from intake.enums import ActionState
from intake.models import (
    Plan,
    PlanAction,
    PlanGoal,
)
from migwork.prepared import Prepared


@dataclass
class GoalView:
    """A goal with its actions as a page shows them."""

    goal: PlanGoal
    actions: list[PlanAction] = field(default_factory=list)

    @property
    def live(self) -> bool:
        return any(action.state != ActionState.DROPPED for action in self.actions)


@dataclass
class PlanView:
    """A plan's goals and actions, and the sums over those that count."""

    plan: Plan
    goals: list[GoalView]

    @cached_property
    def actions(self) -> list[PlanAction]:
        return [a for goal in self.goals for a in goal.actions if a.state != ActionState.DROPPED]

    def action(self, pk) -> PlanAction | None:
        """The action with this key."""
        return next((action for action in self.actions if action.pk == pk), None)

    @property
    def done(self) -> int:
        return sum(a.state == ActionState.DONE for a in self.actions)

    @property
    def hours_planned(self):
        return sum(a.hours_planned for a in self.actions)

    @property
    def hours_done(self):
        return sum(a.hours_done for a in self.actions)


def plan_view(plan, *, user=None, now=None, links=False, empty=False) -> PlanView:
    """The plan's goals with their actions, each with `links` (from the hook) and `is_overdue`.

    Goals without any action only where `empty` are asked for: one more query.
    """
    actions = _actions_of(plan=plan.pk)
    found = {goal.pk: goal for goal in (_goals_of(plan=plan.pk) if empty else (action.goal for action in actions))}
    in_order = sorted(found.values(), key=lambda goal: (goal.position, goal.pk))
    goals = {goal.pk: GoalView(goal) for goal in in_order}
    for action in actions:
        action.goal = goals[action.goal_id].goal
        action.goal.plan = plan
    by_action: dict = {}
    if links and actions:
        for found in hooks.action_links.call(actions=actions, user=user):
            for pk, more in found.items():
                by_action.setdefault(pk, []).extend(more)
    today = timezone.localdate(now)
    for action in actions:
        action.links = by_action.get(action.pk, [])
        action.is_overdue = action.due_on < today and action.state in (ActionState.TO_DO, ActionState.DOING)
        goals[action.goal_id].actions.append(action)
    return PlanView(plan, list(goals.values()))


_actions_of = Prepared(lambda plan: PlanAction.objects.filter(goal__plan=plan).select_related("goal"))


_goals_of = Prepared(lambda plan: PlanGoal.objects.filter(plan=plan))


def outstanding_actions(participation) -> list[PlanAction]:
    """The steps of a person's plan that are still to do."""
    rows = PlanAction.objects.outstanding().filter(goal__plan__participation=participation)
    return list(rows.select_related("goal__plan"))


def plan_wording(plan, language) -> str:
    """The plan in plain words, as one reads it before agreeing."""
    with translation.override(language):
        lines = []
        for goal in plan.goals.prefetch_related("actions"):
            actions = [a for a in goal.actions.all() if a.state != ActionState.DROPPED]
            if actions:
                lines.append(goal.title)
            for action in actions:
                by_when = formats.date_format(action.due_on, "l j F Y")
                line = _("- %(title)s, by %(day)s") % {"title": action.title, "day": by_when}
                if action.hours_planned:
                    line += _(" (%(hours)s hours)") % {"hours": formats.localize(action.hours_planned.normalize())}
                lines.append(line)
        if plan.review_on:
            review = formats.date_format(plan.review_on, "l j F Y")
            lines.append(_("We look at it again on %(day)s.") % {"day": review})
        return "\n".join(lines)
