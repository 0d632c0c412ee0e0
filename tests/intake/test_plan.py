"""Making a plan, agreeing to it, changing it, going on with it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from intake import actions
from intake.models import PlanSignature
from intake.plan_templates import all_templates
from migwork.errors import NotNow


def test_a_plan_is_proposed_and_agreed_with_two_signatures(agreed, operator, young_person, now):
    assert (agreed.state, agreed.version, agreed.agreed_at) == ("agreed", 1, now)
    agreed.participation.refresh_from_db()
    assert agreed.participation.state == "plan_agreed"
    ours, theirs = PlanSignature.objects.order_by("-as_operator")
    assert (ours.by, theirs.by) == (operator, young_person.user)
    assert "Scrivere il curriculum" in theirs.wording
    assert "12 maggio 2026" in theirs.wording.lower()
    assert OutgoingMessage.objects.filter(key=f"plan:{agreed.pk}:proposed:1").exists()


def test_a_step_due_in_a_year_that_can_only_be_a_slip_is_refused(plan, goal, operator, now):
    with pytest.raises(ValidationError) as refusal:
        actions.add_action(goal=goal, title="Corso", kind="errand", due_on=date(9999, 12, 31), by=operator, now=now)
    assert refusal.value.code == "year"


def test_agreeing_twice_is_agreeing_once(agreed, young_person, now):
    actions.agree_plan(plan=agreed, version=1, by=young_person.user, now=now + timedelta(seconds=1))
    assert PlanSignature.objects.count() == 2
    agreed.refresh_from_db()
    assert agreed.agreed_at == now


def test_changing_an_agreed_plan_asks_anew_for_a_new_version(agreed, action, operator, young_person, now):
    actions.change_action(
        action=action,
        title=action.title,
        kind="errand",
        due_on=action.due_on + timedelta(days=7),
        hours_planned=2,
        by=operator,
        now=now,
    )
    agreed.refresh_from_db()
    assert (agreed.state, agreed.version) == ("draft", 2)
    with pytest.raises(NotNow):
        actions.agree_plan(plan=agreed, by=young_person.user, now=now)
    actions.propose_plan(plan=agreed, review_on=now.date() + timedelta(days=90), by=operator, now=now)
    with pytest.raises(NotNow):  # the first version is still open in another tab
        actions.agree_plan(plan=agreed, version=1, by=young_person.user, now=now)
    actions.agree_plan(plan=agreed, version=2, by=young_person.user, now=now)
    assert PlanSignature.objects.filter(version=2).count() == 2
    agreed.participation.refresh_from_db()
    assert agreed.participation.state == "plan_agreed"


def test_a_change_that_changes_nothing_keeps_the_agreement(agreed, action, operator, now):
    actions.change_action(
        action=action,
        title=action.title,
        kind=action.kind,
        due_on=action.due_on,
        hours_planned=action.hours_planned,
        by=operator,
        now=now,
    )
    agreed.refresh_from_db()
    assert agreed.state == "agreed"


def test_changing_a_proposal_withdraws_it_and_its_message(proposed, goal, operator, now):
    OutgoingMessage.objects.update(state="queued", sent_at=None)
    actions.add_action(goal=goal, title="Corso", kind="activity", due_on=now.date(), by=operator, now=now)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.version) == ("draft", 2)
    assert OutgoingMessage.objects.get(key=f"plan:{proposed.pk}:proposed:1").state == "cancelled"


def test_a_plan_whose_review_is_over_is_proposed_with_a_day_to_come(
    plan, action, participation, operator, as_user, now
):
    """Nobody has to correct a day that the page itself has filled in."""
    page = reverse("intake:plan-propose", args=[participation.pk])
    type(plan).objects.filter(pk=plan.pk).update(review_on=now.date() - timedelta(days=9))
    assert (now.date() - timedelta(days=9)).isoformat() not in as_user(operator).get(page).text
    to_come = now.date() + timedelta(days=20)
    type(plan).objects.filter(pk=plan.pk).update(review_on=to_come)
    assert to_come.isoformat() in as_user(operator).get(page).text


def test_an_empty_plan_or_one_without_a_review_is_not_proposed(plan, operator, now):
    with pytest.raises(NotNow):
        actions.propose_plan(plan=plan, review_on=now.date() + timedelta(days=9), by=operator, now=now)
    actions.add_goal_from_template(
        plan=plan, template=all_templates()["first-job"], language="it", by=operator, now=now
    )
    with pytest.raises(NotNow):
        actions.propose_plan(plan=plan, review_on=now.date(), by=operator, now=now)


@pytest.mark.parametrize("key", sorted(all_templates()))
def test_every_template_makes_a_plan_ready_to_propose(plan, operator, now, key):
    goal = actions.add_goal_from_template(plan=plan, template=all_templates()[key], language="en", by=operator, now=now)
    assert goal.title == all_templates()[key].goal("en")
    assert goal.actions.count() == len(all_templates()[key].actions)
    actions.propose_plan(plan=plan, review_on=now.date() + timedelta(days=60), by=operator, now=now)


def test_a_goal_given_up_takes_its_open_steps_with_it(plan, goal, action, operator, now):
    empty = actions.add_goal(plan=plan, title="Altro", by=operator, now=now)
    actions.drop_goal(goal=empty, by=operator, now=now)
    actions.drop_goal(goal=goal, by=operator, now=now)
    action.refresh_from_db()
    assert action.state == "dropped"
    assert list(plan.goals.all()) == [goal]


def test_nobody_agrees_for_another(proposed, operator, other_young_person, partner_staff, administrator, now):
    for user in (operator, other_young_person.user, partner_staff, administrator):
        with pytest.raises(PermissionDenied):
            actions.agree_plan(plan=proposed, by=user, now=now)


def test_who_has_no_account_agrees_at_the_desk(proposed, young_person, operator, partner_staff, now):
    young_person.user = None
    young_person.save()
    with pytest.raises(PermissionDenied):
        actions.agree_plan(plan=proposed, by=partner_staff, now=now)
    assert actions.agree_plan(plan=proposed, by=operator, now=now).state == "agreed"


def test_the_first_step_sets_the_person_out(agreed, action, young_person, now):
    actions.finish_errand(action=action, by=young_person.user, now=now)
    agreed.participation.refresh_from_db()
    action.refresh_from_db()
    assert (agreed.participation.state, action.state, action.done_at) == ("in_progress", "done", now)
    actions.resume_errand(action=action, by=young_person.user, now=now)
    action.refresh_from_db()
    assert (action.state, action.done_at) == ("to_do", None)


def test_a_step_taken_before_the_agreement_counts_with_it(proposed, action, young_person, operator, now):
    actions.start_action(action=action, by=operator, now=now)
    actions.agree_plan(plan=proposed, by=young_person.user, now=now)
    proposed.participation.refresh_from_db()
    assert proposed.participation.state == "in_progress"


def test_a_course_is_not_ticked_by_hand_and_an_errand_not_by_strangers(
    agreed, goal, action, operator, young_person, other_young_person, partner_staff, now
):
    course = actions.add_action(goal=goal, title="Corso", kind="activity", due_on=now.date(), by=operator, now=now)
    for step, user in ((course, young_person.user), (action, other_young_person.user), (action, partner_staff)):
        with pytest.raises(PermissionDenied):
            actions.finish_errand(action=step, by=user, now=now)
    with pytest.raises(NotNow):  # the course made a new version, not agreed yet
        actions.finish_errand(action=action, by=young_person.user, now=now)


def test_later_rooms_start_count_and_finish_steps_as_often_as_they_like(agreed, action, partner_staff, now):
    for _ in range(2):
        actions.start_action(action=action, by=partner_staff, now=now)
        actions.set_action_hours(action=action, hours_done=3, by=partner_staff, now=now)
    for _ in range(2):
        actions.finish_action(action=action, hours=4, by=partner_staff, now=now)
    action.refresh_from_db()
    assert (action.state, action.hours_done) == ("done", 4)


@pytest.mark.parametrize("role", ["young_person", "partner_staff", "coordinator", "evaluator"])
def test_only_operators_write_the_plan(plan, goal, action, now, request, role):
    who = request.getfixturevalue(role)
    by = {"by": getattr(who, "user", who), "now": now}
    later = date(2026, 9, 1)
    for write in (
        lambda: actions.add_goal(plan=plan, title="x", **by),
        lambda: actions.change_goal(goal=goal, title="x", project="life", **by),
        lambda: actions.drop_goal(goal=goal, **by),
        lambda: actions.add_action(goal=goal, title="x", kind="errand", due_on=later, **by),
        lambda: actions.change_action(action=action, title="x", kind="errand", due_on=later, hours_planned=0, **by),
        lambda: actions.drop_action(action=action, **by),
        lambda: actions.propose_plan(plan=plan, review_on=later, **by),
    ):
        with pytest.raises(PermissionDenied):
            write()
