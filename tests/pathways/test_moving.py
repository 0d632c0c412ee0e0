"""To other dates without losing the turn; several at once by an operator."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from migwork.errors import NotNow
from pathways import actions
from pathways.models import Enrolment, Run
from tests import factories
from tests.pathways import ways
from tests.pathways.test_race import together


@pytest.fixture
def later(course):
    """The same activity, two months after."""
    starts = timezone.localdate() + timedelta(days=60)
    return factories.RunFactory(
        opportunity=course, places=1, starts_on=starts, ends_on=starts + timedelta(days=5), enrol_by=starts
    )


def enrol(run, participation, now):
    return actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)


def move(enrolment, run, now, by=None):
    by = by or enrolment.participation.person.user
    return actions.move_enrolment(enrolment=enrolment, run=run, by=by, now=now)


def test_a_place_for_a_place(run, later, participation, plan_action, edition, now):
    mine = actions.enrol(
        run=run, participation=participation, plan_action=plan_action, by=participation.person.user, now=now
    )
    enrol(run, ways.taker(edition), now)
    next_one = enrol(run, ways.taker(edition), now)
    moved = move(mine, later, now + timedelta(hours=1))
    mine.refresh_from_db()
    next_one.refresh_from_db()
    plan_action.refresh_from_db()
    assert (mine.state, moved.state, next_one.state) == ("withdrawn", "enrolled", "offered")
    assert (moved.asked_at, moved.plan_action, plan_action.state) == (mine.asked_at, plan_action, "doing")
    assert [Run.objects.get(pk=r.pk).places_taken for r in (run, later)] == [2, 1]
    assert OutgoingMessage.objects.filter(key=f"pathways:moved:{moved.pk}").count() == 1


def test_who_waits_keeps_the_turn(run, later, edition, now):
    for _n in range(2):
        enrol(run, ways.taker(edition), now)
    early = enrol(run, ways.taker(edition), now + timedelta(minutes=1))
    enrol(later, ways.taker(edition), now)
    other = enrol(later, ways.taker(edition), now + timedelta(minutes=5))
    moved = move(early, later, now + timedelta(hours=1))
    assert list(later.enrolments.waiting()) == [moved, other]


def test_a_place_is_not_given_up_for_a_list(run, later, edition, now):
    mine = enrol(run, ways.taker(edition), now)
    enrol(later, ways.taker(edition), now)
    with pytest.raises(NotNow) as refusal:
        move(mine, later, now)
    assert refusal.value.code == "full"
    mine.refresh_from_db()
    assert mine.state == "enrolled"


def test_only_to_dates_of_the_same_activity_and_by_who_may(run, later, edition, operator, other_partner_staff, now):
    mine = enrol(run, ways.taker(edition), now)
    elsewhere = factories.RunFactory(opportunity__edition=edition)
    for wrong in (elsewhere, run):
        with pytest.raises(NotNow):
            move(mine, wrong, now)
    with pytest.raises(PermissionDenied):
        move(mine, later, now, by=other_partner_staff)
    assert move(mine, later, now, by=operator).state == "enrolled"


@pytest.mark.django_db(transaction=True)
def test_two_change_places_at_once(edition):
    """Each wants the other's dates: whatever comes of it, no place is lost or given twice, nobody waits for ever."""
    activity = factories.OpportunityFactory(edition=edition)
    now = timezone.now()
    runs = [factories.RunFactory(opportunity=activity, places=2) for _n in range(2)]
    here = [enrol(runs[0], ways.taker(edition), now) for _n in range(2)]
    there = [enrol(runs[1], ways.taker(edition), now)]

    def swap(enrolment, run):
        with suppress(NotNow):
            move(enrolment, run, now)

    together(swap, [(here[0], runs[1]), (here[1], runs[1]), (there[0], runs[0])])
    for run in Run.objects.filter(opportunity=activity):
        assert run.places_taken == run.enrolments.filter(state="enrolled").count() <= 2
    assert Enrolment.objects.filter(state="enrolled").count() == 3


def test_several_at_once_line_by_line(run, edition, operator, as_user):
    people = [ways.taker(edition, last_name=name) for name in ("Abate", "Bruni", "Conti", "Dossi")]
    for participation in people:
        participation.operator = operator
        participation.save()
    too_old = people[3].person
    too_old.birth_date = timezone.localdate() - timedelta(days=40 * 366)
    too_old.save()
    stranger = ways.taker(edition)
    client, url = as_user(operator), reverse("pathways:run-together", args=[run.pk])
    page = client.get(url).text
    assert [name for name in ("Abate", "Bruni", "Conti", "Dossi") if name in page] == [
        "Abate",
        "Bruni",
        "Conti",
        "Dossi",
    ]
    assert stranger.person.last_name not in page
    assert "almeno una persona" in client.post(url, {}).text
    sent = [str(p.pk) for p in (*people, stranger)]
    result = client.post(url, {"people": sent}).text
    states = dict(run.enrolments.values_list("participation", "state"))
    assert [states.get(p.pk) for p in people] == ["enrolled", "enrolled", "waiting", None]
    assert stranger.pk not in states
    assert "Dossi" in result
    # Sent again by a second tap: each line says that they are on the list, nobody twice.
    again = client.post(url, {"people": sent}).text
    assert run.enrolments.count() == 3
    assert "già" in again


def test_when_nobody_can_enrol_any_more_the_page_says_so_once(run, edition, operator, as_user, now):
    takers = [factories.ParticipationFactory(edition=edition, operator=operator) for _n in range(3)]
    page = as_user(operator).get(reverse("pathways:run-together", args=[run.pk]))
    assert takers[0].person.full_name in page.text
    run.enrol_by = now.date() - timedelta(days=1)
    run.save(update_fields=["enrol_by"])
    page = as_user(operator).get(reverse("pathways:run-together", args=[run.pk]))
    assert page.text.count("L’ultimo giorno per iscriversi era") == 1
    assert takers[0].person.full_name not in page.text
    assert reverse("pathways:opportunity-detail", args=[run.opportunity.slug]) in page.text
