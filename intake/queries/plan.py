"""The plan, as its pages and its wording show it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from intake import hooks
from intake.enums import ActionKind, ActionState, AppointmentState, PlanState, Project
from intake.models import (
    Appointment,
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

    @property
    def live_goals(self) -> list[GoalView]:
        return [goal for goal in self.goals if goal.live]

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
    """The plan's goals with their actions, each with `is_overdue` and `may_tick`.

    Each has the number of its `files`, and where `links` are asked for also these (talks, and from the hook).
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
        for pk, booked in _talks(actions, plan).items():
            by_action[pk] = [_talk_link(booked, user)]
        for found in hooks.action_links.call(actions=actions, user=user):
            for pk, more in found.items():
                by_action.setdefault(pk, []).extend(more)
    today = timezone.localdate(now)
    for action in actions:
        action.links = by_action.get(action.pk, [])
        action.may_tick = may_tick(action, plan)
        action.is_overdue = action.due_on < today and action.state in (ActionState.TO_DO, ActionState.DOING)
        goals[action.goal_id].actions.append(action)
    return PlanView(plan, list(goals.values()))


def may_tick(action, plan) -> bool:
    """Whether a step can be marked as done by hand: later rooms and the talk itself mark the others."""
    if action.kind not in (ActionKind.ERRAND, ActionKind.APPOINTMENT) or action.talk:
        return False
    return plan.state == PlanState.AGREED or action.is_own


def _talks(actions, plan) -> dict:
    """From each step that is a talk still to come to its booked appointment, or to the step where none is booked."""
    steps = {a.pk: a for a in actions if a.talk and a.state in (ActionState.TO_DO, ActionState.DOING)}
    if not steps or not plan.participation.may_have("appointments"):
        return steps
    booked = {row.plan_action_id: row for row in _booked_talks(plan=plan.pk)}
    return {pk: booked.get(pk, step) for pk, step in steps.items()}


_booked_talks = Prepared(
    lambda plan: Appointment.objects.filter(plan_action__goal__plan=plan, state=AppointmentState.BOOKED).only(
        "starts_at", "plan_action"
    )
)


def _talk_link(row, user) -> dict:
    """Where a talk of the plan stands: its hour, or to choose one. Operators see it; booking is the young person's."""
    own = user is not None and user.person is not None
    if isinstance(row, Appointment):
        when = formats.date_format(timezone.localtime(row.starts_at), "l j F, H:i")
        label = _("Booked: %(when)s") % {"when": when}
        return {"label": label, "url": reverse("intake:my-appointment", args=[row.pk]) if own else "", "state": ""}
    if not own:
        return {"label": _("not booked yet"), "url": "", "state": ""}
    return {"label": _("Choose an hour"), "url": reverse("intake:booking-hours", args=[row.talk]), "state": ""}


_actions_of = Prepared(
    lambda plan: (
        PlanAction.objects.filter(goal__plan=plan)
        .select_related("goal")
        .annotate(files=Count("evidence", filter=Q(evidence__file__isnull=False)))
        # The model's own order: Django leaves it out where rows are counted.
        .order_by(*PlanAction._meta.ordering)
    )
)


_goals_of = Prepared(lambda plan: PlanGoal.objects.filter(plan=plan))


def outstanding_actions(participation) -> list[PlanAction]:
    """The steps of a person's plan that are still to do."""
    rows = PlanAction.objects.outstanding().filter(goal__plan__participation=participation)
    return list(rows.select_related("goal__plan"))


def plan_wording(plan, language) -> str:
    """The plan in plain words, as one reads it before agreeing."""
    with translation.override(language):
        lines = [
            f"{label}: “{words}”"
            for label, words in (
                (Project.PROFESSIONAL.label, plan.professional_project),
                (Project.LIFE.label, plan.life_project),
            )
            if words
        ]
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
