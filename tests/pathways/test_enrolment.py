"""Enrolling, waiting, withdrawing: `pathways.actions.enrolment`."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions
from pathways.enums import EnrolmentState
from pathways.models import Run
from tests import factories
from tests.pathways import ways


def enrol(run, participation, now, **kwargs):
    return actions.enrol(run=run, participation=participation, by=participation.person.user, now=now, **kwargs)


def test_a_free_place_is_taken_and_told(run, participation, now):
    enrolment = enrol(run, participation, now)
    run.refresh_from_db()
    assert enrolment.state == EnrolmentState.ENROLLED
    assert run.places_taken == 1
    message = OutgoingMessage.objects.get()
    assert message.to == "amina@example.org"
    assert "Barman" in message.text
    assert "Barman" not in message.subject
    event = Event.objects.get(verb="pathways.enrolled")
    assert event.about == participation.person_id


def test_the_plan_looks_again_for_an_activity_after_a_withdrawal(run, participation, plan_action, now):
    enrolment = enrol(run, participation, now, plan_action=plan_action)
    actions.withdraw(enrolment=enrolment, by=participation.person.user, now=now)
    plan_action.refresh_from_db()
    assert plan_action.state == "to_do"
    assert enrol(run, participation, now, plan_action=plan_action).state == EnrolmentState.ENROLLED


def test_the_plans_action_is_under_way_with_the_place(run, participation, plan_action, now):
    enrol(run, participation, now, plan_action=plan_action)
    plan_action.refresh_from_db()
    participation.refresh_from_db()
    assert plan_action.state == "doing"
    assert participation.state == "in_progress"


def test_a_step_of_the_plan_is_served_by_one_activity_at_a_time(run, course, participation, plan_action, operator, now):
    enrol(run, participation, now, plan_action=plan_action)
    other = factories.RunFactory(opportunity=course)
    with pytest.raises(NotNow):
        actions.enrol(run=other, participation=participation, plan_action=plan_action, by=operator, now=now)
    assert not other.enrolments.exists()


def test_a_person_whose_way_was_closed_meanwhile_gets_no_place(run, participation, now):
    seen_before = type(participation).objects.select_related("person").get(pk=participation.pk)
    participation.state, participation.ending, participation.closed_at = "dropped", "moved", now
    participation.save()
    with pytest.raises(NotNow):
        enrol(run, seen_before, now)


def test_when_full_one_waits_and_the_plan_does_not_begin(run, participation, plan_action, edition, now):
    for _n in range(2):
        enrol(run, ways.taker(edition), now)
    enrolment = enrol(run, participation, now, plan_action=plan_action)
    plan_action.refresh_from_db()
    assert enrolment.state == EnrolmentState.WAITING
    assert plan_action.state == "to_do"
    assert "1" in OutgoingMessage.objects.get(about=participation.person_id).text


def test_a_withdrawal_offers_the_place_to_the_first_who_waits(run, participation, plan_action, edition, now):
    first = enrol(run, ways.taker(edition), now)
    enrol(run, ways.taker(edition), now)
    waiting = enrol(run, participation, now + timedelta(minutes=1), plan_action=plan_action)
    later = enrol(run, ways.taker(edition), now + timedelta(minutes=2))
    actions.withdraw(enrolment=first, by=first.participation.person.user, now=now + timedelta(hours=1))
    waiting.refresh_from_db()
    later.refresh_from_db()
    run.refresh_from_db()
    assert (waiting.state, later.state) == (EnrolmentState.OFFERED, EnrolmentState.WAITING)
    assert run.places_taken == 2
    assert OutgoingMessage.objects.filter(key=f"pathways:place_offered:{waiting.pk}").exists()
    # Who made room for her is nobody's business: in her story the portal offered her the place.
    told = Event.objects.filter(about=participation.person_id, at__gte=now + timedelta(hours=1))
    assert {event.verb for event in told} == {"pathways.place_offered"}
    assert {event.by for event in told} == {None}


def test_whoever_left_the_project_is_passed_over(run, edition, now):
    first = enrol(run, ways.taker(edition), now)
    enrol(run, ways.taker(edition), now)
    gone = enrol(run, ways.taker(edition), now + timedelta(minutes=1))
    stays = enrol(run, ways.taker(edition), now + timedelta(minutes=2))
    gone.participation.state, gone.participation.ending, gone.participation.closed_at = "dropped", "moved", now
    gone.participation.save()
    actions.withdraw(enrolment=first, by=first.participation.person.user, now=now)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.state, stays.state) == (EnrolmentState.WAITING, EnrolmentState.OFFERED)


def test_who_leaves_the_waiting_list_frees_no_place(run, participation, edition, now):
    for _n in range(2):
        enrol(run, ways.taker(edition), now)
    waiting = enrol(run, participation, now)
    actions.withdraw(enrolment=waiting, by=participation.person.user, now=now)
    run.refresh_from_db()
    assert run.places_taken == 2
    with pytest.raises(NotNow):
        actions.withdraw(enrolment=waiting, by=participation.person.user, now=now)


def test_one_can_come_back_after_withdrawing_but_not_twice(run, participation, now):
    enrolment = enrol(run, participation, now)
    with pytest.raises(NotNow) as refusal:
        enrol(run, participation, now)
    assert refusal.value.code == "again"
    actions.withdraw(enrolment=enrolment, by=participation.person.user, now=now)
    assert enrol(run, participation, now).state == EnrolmentState.ENROLLED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"person": {"years": 15}}, "age"),
        ({"person": {"years": 35}}, "age"),
        ({"run": {"enrol_by": -1}}, "deadline"),
        ({"run_state": "cancelled"}, "deadline"),
        ({"course_state": "draft"}, "deadline"),
        ({"participation": "dropped"}, "participation"),
    ],
)
def test_who_cannot_take_part_gets_the_reason(change, code, run, participation, now):
    person = participation.person
    if "person" in change:
        # The age is that of the run's first day, not today's.
        day = run.starts_on
        person.birth_date = day.replace(year=day.year - change["person"]["years"])
        person.save()
    if "run" in change:
        run.enrol_by = now.date() + timedelta(days=change["run"]["enrol_by"])
    run.state = change.get("run_state", run.state)
    run.save()
    run.opportunity.state = change.get("course_state", run.opportunity.state)
    run.opportunity.save()
    if "participation" in change:
        participation.state, participation.ending, participation.closed_at = change["participation"], "moved", now
        participation.save()
    with pytest.raises(NotNow) as refusal:
        enrol(run, participation, now)
    assert refusal.value.code == code
    assert not run.enrolments.exists()


def test_a_birthday_before_the_first_day_makes_one_old_enough(run, participation, now):
    day = run.starts_on
    participation.person.birth_date = day.replace(year=day.year - 16)
    participation.person.save()
    assert participation.person.age_on(now.date()) == 15
    assert enrol(run, participation, now).state == EnrolmentState.ENROLLED


def test_only_the_edition_of_the_activity(run, now):
    elsewhere = ways.taker(factories.EditionFactory())
    with pytest.raises(NotNow) as refusal:
        enrol(run, elsewhere, now)
    assert refusal.value.code == "participation"


def test_anothers_action_of_a_plan_is_refused(run, participation, edition, now):
    with pytest.raises(NotNow) as refusal:
        enrol(run, participation, now, plan_action=ways.step_of_plan(ways.taker(edition)))
    assert refusal.value.code == "plan"


def test_strangers_enrol_nobody(run, participation, operator, other_young_person, partner_staff, now):
    for stranger in (other_young_person.user, partner_staff):
        with pytest.raises(PermissionDenied):
            actions.enrol(run=run, participation=participation, by=stranger, now=now)
    assert actions.enrol(run=run, participation=participation, by=operator, now=now).asked_by == operator


def test_the_database_refuses_one_place_too_many(run, now):
    with pytest.raises(IntegrityError, match="run_never_over_capacity"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(places_taken=3)


def test_more_places_go_to_those_who_wait(run, participation, partner_staff, other_partner_staff, edition, now):
    for _n in range(2):
        enrol(run, ways.taker(edition), now)
    waiting = enrol(run, participation, now)
    with pytest.raises(PermissionDenied):
        actions.set_places(run=run, places=3, by=other_partner_staff, now=now)
    actions.set_places(run=run, places=3, by=partner_staff, now=now)
    waiting.refresh_from_db()
    assert waiting.state == EnrolmentState.OFFERED
    with pytest.raises(NotNow):
        actions.set_places(run=run, places=2, by=partner_staff, now=now)


def test_a_cancelled_run_frees_everybody_and_tells_them(run, participation, partner_staff, now):
    enrolment = enrol(run, participation, now)
    actions.cancel_run(run=run, by=partner_staff, now=now)
    enrolment.refresh_from_db()
    run.refresh_from_db()
    assert (enrolment.state, run.state, run.places_taken) == (EnrolmentState.WITHDRAWN, "cancelled", 0)
    assert OutgoingMessage.objects.filter(key=f"pathways:run_cancelled:{enrolment.pk}").exists()
