"""Making the plan, proposing it, agreeing to it. Whatever changes after that makes a new version."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.participation import STATE_FIELDS, check_open, locked, move
from intake.actions.steps import tie_booked_talk, untie_talks
from intake.enums import ActionKind, ActionState, ParticipationState, PlanState, Project
from intake.models import Plan, PlanAction, PlanGoal, PlanSignature
from intake.permissions import check_can_agree_plan, check_can_work_on, check_can_write_project
from intake.queries import plan_content, plan_wording
from intake.workflow import ACTION, PLAN
from migwork.calendar import check_year
from migwork.errors import NotNow


@transaction.atomic
def start_plan(*, participation, by, now) -> Plan:
    """Begin a plan, or take up the old one of somebody who came back. By an operator."""
    participation = locked(participation)
    check_can_work_on(by, participation)
    move(participation, "draft_plan", now)
    participation.save(update_fields=STATE_FIELDS)
    plan = Plan.objects.select_for_update().filter(participation=participation).first()
    if plan is None:
        plan = Plan.objects.create(participation=participation, created_at=now)
    else:
        _new_version(plan, now)
    record(verb="intake.plan_started", by=by, now=now, on=plan, about=participation.person)
    return plan


@transaction.atomic
def add_goal(*, plan, title, project=Project.PROFESSIONAL, by, now) -> PlanGoal:
    """Write down where the young person wants to get. By an operator."""
    plan = _open_for_changes(plan, by)
    goal = PlanGoal.objects.create(plan=plan, position=plan.goals.count(), title=title, project=Project(project))
    _changed(plan, "intake.goal_added", goal, by, now)
    return goal


@transaction.atomic
def add_goal_from_template(*, plan, template, language, project=Project.PROFESSIONAL, by, now) -> PlanGoal:
    """Add a goal with the actions that usually lead there, dated from today. By an operator.

    `template` is one of intake.plan_templates.all_templates().
    """
    goal = add_goal(plan=plan, title=template.goal(language), project=project, by=by, now=now)
    today = timezone.localdate(now)
    for action in template.actions:
        add_action(
            goal=goal,
            title=action.title(language),
            kind=action.kind,
            talk=action.talk,
            due_on=today + timedelta(days=action.days),
            hours_planned=action.hours,
            by=by,
            now=now,
        )
    return goal


@transaction.atomic
def change_goal(*, goal, title, project, by, now) -> PlanGoal:
    """Put a goal in better words, or hang it on the other project. By an operator."""
    plan = _open_for_changes(goal.plan, by)
    goal = locked_goal(goal, plan)
    values = {"title": title, "project": Project(project)}
    changed = [name for name, value in values.items() if getattr(goal, name) != value]
    if changed:
        for name in changed:
            setattr(goal, name, values[name])
        goal.save(update_fields=changed)
        _changed(plan, "intake.goal_changed", goal, by, now, fields=changed)
    return goal


@transaction.atomic
def write_project(*, plan, professional, life, by, now) -> Plan:
    """Write down, in the young person's words, what the goals are for. By an operator with them, or by themselves.

    An operator's change is agreed anew; their own words need nobody's yes.
    """
    participation = locked(plan.participation)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.participation = participation
    check_can_write_project(by, plan)
    check_open(participation)
    own = participation.person.user_id == by.pk
    if own and plan.state == PlanState.PROPOSED:
        raise NotNow(_("First read your plan and say whether you agree."), code="not_agreed")
    values = {"professional_project": professional, "life_project": life}
    changed = [name for name, value in values.items() if getattr(plan, name) != value]
    if not changed:
        return plan
    for name in changed:
        setattr(plan, name, values[name])
    plan.save(update_fields=changed)
    if own:
        record(verb="intake.project_written", by=by, now=now, on=plan, about=participation.person, fields=changed)
    else:
        _changed(plan, "intake.project_written", plan, by, now, fields=changed)
    return plan


@transaction.atomic
def drop_goal(*, goal, by, now) -> None:
    """Give a goal up: what is still to do for it is no longer needed. By an operator."""
    plan = _open_for_changes(goal.plan, by)
    goal = locked_goal(goal, plan)
    for action in goal.actions.select_for_update().outstanding():
        _drop(action, now)
    _changed(plan, "intake.goal_dropped", goal, by, now)
    if not goal.actions.exists():
        goal.delete()


@transaction.atomic
def add_action(*, goal, title, kind, due_on, hours_planned=0, talk="", by, now) -> PlanAction:
    """Add a step towards a goal; for an appointment `talk` says which one it is. By an operator."""
    plan = _open_for_changes(goal.plan, by)
    goal = locked_goal(goal, plan)
    check_due(due_on, now)
    action = PlanAction.objects.create(
        goal=goal,
        position=goal.actions.count(),
        title=title,
        kind=ActionKind(kind),
        talk=talk,
        due_on=due_on,
        hours_planned=hours_planned,
        added_by=by,
        added_at=now,
    )
    tie_booked_talk(action)
    _changed(plan, "intake.action_added", action, by, now)
    return action


@transaction.atomic
def change_action(*, action, title, kind, due_on, hours_planned, talk="", by, now) -> PlanAction:
    """Change a step that is still to do. By an operator; a new date means a new reminder."""
    plan = _open_for_changes(action.goal.plan, by)
    action = PlanAction.objects.select_for_update(of=("self",)).select_related("goal").get(pk=action.pk)
    if action.state not in (ActionState.TO_DO, ActionState.DOING):
        raise NotNow(_("This step is over: add a new one instead."), code="over")
    values = {
        "title": title,
        "kind": ActionKind(kind),
        "talk": talk,
        "due_on": due_on,
        "hours_planned": hours_planned,
    }
    changed = [name for name, value in values.items() if getattr(action, name) != value]
    if not changed:
        return action
    if "talk" in changed:
        untie_talks(action)
    if "due_on" in changed:
        check_due(due_on, now)
        cancel(cause=f"action:{action.pk}", now=now)
    for name in changed:
        setattr(action, name, values[name])
    action.save(update_fields=changed)
    if "talk" in changed:
        tie_booked_talk(action)
    _changed(plan, "intake.action_changed", action, by, now, fields=changed)
    return action


@transaction.atomic
def drop_action(*, action, by, now) -> PlanAction:
    """Take a step out of the plan; it stays on record. By an operator."""
    plan = _open_for_changes(action.goal.plan, by)
    action = PlanAction.objects.select_for_update(of=("self",)).select_related("goal").get(pk=action.pk)
    _drop(action, now)
    _changed(plan, "intake.action_dropped", action, by, now)
    return action


@transaction.atomic
def propose_plan(*, plan, review_on, by, now) -> Plan:
    """Ask the young person to agree; the operator signs this version. By an operator; tells the young person."""
    participation = locked(plan.participation)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    check_can_work_on(by, participation)
    check_open(participation)
    state = PLAN.target(plan.state, "propose")
    if not PlanAction.objects.filter(goal__plan=plan).outstanding().exists():
        raise NotNow(_("A plan needs at least one goal with a step to do."), code="empty")
    if review_on is None or review_on <= timezone.localdate(now):
        raise NotNow(_("Choose a day to come for looking at the plan again."), code="review")
    check_year(review_on, timezone.localdate(now))
    plan.state = state
    plan.review_on = review_on
    plan.agreed_at = None
    plan.save(update_fields=["state", "review_on", "agreed_at"])
    _sign(plan, participation, by, now, as_operator=True)
    record(verb="intake.plan_proposed", by=by, now=now, on=plan, about=participation.person, fields=["review_on"])
    notifications.plan_proposed(plan, participation.person, now=now)
    return plan


@transaction.atomic
def agree_plan(*, plan, version=None, by, now) -> Plan:
    """Agree to the plan. By the young person; for one without an account, by the operator who read it with them.

    `version` is the one they had before their eyes. Agreeing twice is agreeing once.
    """
    participation = locked(plan.participation)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("participation__person").get(pk=plan.pk)
    check_can_agree_plan(by, plan)
    check_open(participation)
    if version is not None and version != plan.version:
        raise NotNow(_("The plan has changed since you opened this page. Read it again, please."), code="changed")
    if plan.state == PlanState.AGREED:
        return plan
    plan.state = PLAN.target(plan.state, "agree")
    plan.agreed_at = now
    plan.save(update_fields=["state", "agreed_at"])
    _sign(plan, participation, by, now, as_operator=False)
    if participation.state == ParticipationState.PLAN_DRAFT:
        move(participation, "agree_plan", now)
        if PlanAction.objects.filter(goal__plan=plan, state__in=[ActionState.DOING, ActionState.DONE]).exists():
            move(participation, "start", now)
        participation.save(update_fields=STATE_FIELDS)
    record(verb="intake.plan_agreed", by=by, now=now, on=plan, about=participation.person)
    return plan


def _open_for_changes(plan, by) -> Plan:
    """The plan's row, locked after its participation's, ready for a change by `by`."""
    participation = locked(plan.participation)
    check_can_work_on(by, participation)
    check_open(participation)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.participation = participation
    return plan


def locked_goal(goal, plan) -> PlanGoal:
    """The goal's row, locked after its plan's. NotNow when it was given up in another tab."""
    found = PlanGoal.objects.select_for_update(of=("self",)).filter(pk=goal.pk, plan=plan).first()
    if found is None:
        raise NotNow(_("This goal was given up meanwhile. Look at the plan again."), code="gone")
    found.plan = plan
    return found


def _changed(plan, verb, on, by, now, fields=()):
    """Note a change; what somebody has already signed becomes a new version, to be agreed anew."""
    if plan.state != PlanState.DRAFT:
        _new_version(plan, now)
    record(verb=verb, by=by, now=now, on=on, about=plan.participation.person, fields=fields)


def _new_version(plan, now):
    signed = plan.signatures.filter(version=plan.version).exists()
    cancel(cause=f"plan:{plan.pk}:{plan.version}", now=now)
    plan.state = PLAN.target(plan.state, "change")
    plan.version += signed
    plan.save(update_fields=["state", "version"])


def _sign(plan, participation, by, now, *, as_operator):
    PlanSignature.objects.create(
        plan=plan,
        version=plan.version,
        by=by,
        as_operator=as_operator,
        at=now,
        wording=plan_wording(plan, participation.person.language),
        content=plan_content(plan),
    )


def check_due(due_on, now):
    """ValidationError for a day that is past, or so far away that it can only be a slip."""
    check_year(due_on, timezone.localdate(now))
    if due_on < timezone.localdate(now):
        raise NotNow(_("The day of a step cannot be past."), code="past")


def _drop(action, now):
    action.state = ACTION.target(action.state, "drop")
    action.save(update_fields=["state"])
    untie_talks(action)
    cancel(cause=f"action:{action.pk}", now=now)
