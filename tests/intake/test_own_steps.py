"""Steps that the young person adds, and steps that are a talk: booked from the plan, done by the talk."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from intake import actions
from intake.models import PlanAction
from migwork.errors import NotNow
from tests import factories

ADD = reverse("intake:own-step-add")


def add(goal, by, now, title="Chiedere alla palestra", days=3):
    return actions.add_own_step(goal=goal, title=title, due_on=now.date() + timedelta(days=days), by=by, now=now)


def test_the_young_person_adds_a_step(as_user, agreed, goal, operator, young_person, now):
    """It stands in the plan at once; what both had agreed stays agreed; the operator sees whose idea it was."""
    phone = as_user(young_person.user)
    assert ADD in phone.get(reverse("intake:my-plan")).content.decode()
    day = (now.date() + timedelta(days=3)).isoformat()
    phone.post(ADD, {"title": "Chiedere alla palestra", "due_on": day})
    step = PlanAction.objects.get(is_own=True)
    assert (step.goal, step.kind, step.added_by) == (goal, "errand", young_person.user)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.version) == ("agreed", 1)
    assert "Chiedere alla palestra" in phone.get(reverse("intake:my-plan")).content.decode()
    desk = as_user(operator)
    file = desk.get(reverse("intake:person-file", args=[agreed.participation_id]) + "?s=piano").content.decode()
    assert "Chiedere alla palestra" in file
    assert "aggiunto dalla persona" in file
    story = desk.get(reverse("intake:person-file", args=[agreed.participation_id])).content.decode()
    assert "Progetto: passo aggiunto dalla persona" in story


def test_an_own_step_is_marked_done_and_taken_out_by_its_owner_alone(
    agreed, goal, action, operator, other_young_person, young_person, now
):
    step, slip = add(goal, young_person.user, now), add(goal, young_person.user, now, title="Sbaglio")
    for user in (operator, other_young_person.user):
        with pytest.raises(PermissionDenied):
            actions.drop_own_step(action=slip, by=user, now=now)
        with pytest.raises(PermissionDenied):
            add(goal, user, now)
    with pytest.raises(PermissionDenied):  # what was agreed is changed together
        actions.drop_own_step(action=action, by=young_person.user, now=now)
    actions.drop_own_step(action=slip, by=young_person.user, now=now)
    actions.change_goal(goal=goal, title="Un bar di Milano", project="life", by=operator, now=now)
    # The plan is being changed: one's own step may go on.
    assert actions.finish_errand(action=step, by=young_person.user, now=now).state == "done"
    slip.refresh_from_db()
    assert slip.state == "dropped"


def test_what_cannot_be_added_keeps_what_was_typed(as_user, agreed, young_person, now):
    phone = as_user(young_person.user)
    past = (now.date() - timedelta(days=1)).isoformat()
    page = phone.post(ADD, {"title": "Chiedere alla palestra", "due_on": past})
    assert page.status_code == 200
    assert "due_on" in page.context["form"].errors
    assert "Chiedere alla palestra" in page.content.decode()
    assert not PlanAction.objects.filter(is_own=True).exists()


def test_no_step_beside_a_proposal_nor_into_another_ones_plan(
    as_user, proposed, goal, young_person, other_young_person, now
):
    with pytest.raises(NotNow):
        add(goal, young_person.user, now)
    assert as_user(other_young_person.user).get(ADD).status_code == 404
    actions.agree_plan(plan=proposed, by=young_person.user, now=now)
    second = factories.PlanGoalFactory(plan=proposed, title="Altro")
    factories.PlanActionFactory(goal=second)
    strange = factories.PlanGoalFactory(plan=factories.PlanFactory())
    day = (now.date() + timedelta(days=3)).isoformat()
    phone = as_user(young_person.user)
    assert "goal" in phone.post(ADD, {"title": "x", "due_on": day, "goal": strange.pk}).context["form"].errors
    phone.post(ADD, {"title": "x", "due_on": day, "goal": second.pk})
    assert PlanAction.objects.get(is_own=True).goal == second


def test_a_stuck_key_fills_no_plan(agreed, goal, young_person, now):
    for _ in range(20):
        add(goal, young_person.user, now)
    with pytest.raises(NotNow):
        add(goal, young_person.user, now)


@pytest.fixture
def talk_step(goal, action, operator, now):
    return actions.add_action(
        goal=goal,
        title="Guardare insieme come va",
        kind="appointment",
        talk="plan_review",
        due_on=now.date() + timedelta(days=5),
        by=operator,
        now=now,
    )


def in_force(plan, young_person, operator, now):
    actions.propose_plan(plan=plan, review_on=now.date() + timedelta(days=90), by=operator, now=now)
    return actions.agree_plan(plan=plan, by=young_person.user, now=now)


def test_a_talk_of_the_plan_leads_to_booking_and_is_done_by_the_talk(
    as_user, plan, talk_step, city, operator, young_person, now
):
    in_force(plan, young_person, operator, now)
    phone = as_user(young_person.user)
    hours = reverse("intake:booking-hours", args=["plan_review"])
    page = phone.get(reverse("intake:my-plan"))
    assert hours in page.content.decode()
    assert phone.get("/").context["step"]["url"] == hours  # due before the errand
    assert phone.post(reverse("intake:action-done", args=[talk_step.pk])).status_code == 403

    slot = factories.SlotFactory(
        availability__organisation=city,
        availability__operator=operator,
        starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=2, minutes=30),
    )
    booked = actions.book_slot(
        participation=plan.participation, slot=slot, kind="plan_review", by=young_person.user, now=now
    )
    assert booked.plan_action == talk_step
    page = phone.get(reverse("intake:my-plan")).content.decode()
    assert reverse("intake:my-appointment", args=[booked.pk]) in page
    assert hours not in page
    later = now + timedelta(days=2, hours=1)
    actions.record_outcome(appointment=booked, verb="see", by=operator, now=later)
    talk_step.refresh_from_db()
    assert (talk_step.state, talk_step.done_at) == ("done", later)


def test_a_talk_that_did_not_take_place_can_be_booked_again(plan, talk_step, operator, young_person, now):
    in_force(plan, young_person, operator, now)

    def book(hours):
        at = now + timedelta(hours=hours)
        return actions.book_appointment(
            participation=plan.participation,
            operator=operator,
            kind="plan_review",
            mode="phone",
            starts_at=at,
            ends_at=at + timedelta(minutes=30),
            by=operator,
            now=now,
        )

    first = book(25)
    assert book(49).plan_action is None  # one talk is enough for the step
    actions.record_outcome(appointment=first, verb="excuse", by=operator, now=now)
    talk_step.refresh_from_db()
    assert talk_step.state == "to_do"
    assert book(73).plan_action == talk_step


def test_a_new_step_takes_up_the_talk_that_is_booked_already(plan, appointment, goal, operator, now):
    values = {"title": "Il colloquio", "kind": "appointment", "due_on": now.date() + timedelta(days=5)}
    step = actions.add_action(goal=goal, talk="interview", **values, by=operator, now=now)
    appointment.refresh_from_db()
    assert appointment.plan_action == step
    actions.change_action(action=step, talk="", hours_planned=0, **values, by=operator, now=now)
    appointment.refresh_from_db()
    assert (appointment.plan_action, appointment.state) == (None, "booked")


def test_an_errand_is_no_talk_of_the_agenda(goal, operator, now):
    with pytest.raises(ValidationError):
        factories.PlanActionFactory.build(goal=goal, kind="errand", talk="interview").validate_constraints()
