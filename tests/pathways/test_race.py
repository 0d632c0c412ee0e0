"""Many people, few places, all at once: real connections, real locks."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from migwork.errors import NotNow
from pathways import actions
from pathways.models import Enrolment, Run
from tests import factories


def rush(people, places, withdrawals=0):
    """`people` threads ask for `places` places at the same moment; then `withdrawals` go, also at once."""
    edition = factories.EditionFactory()
    run = factories.RunFactory(opportunity__edition=edition, places=places)
    participations = [factories.ParticipationFactory(edition=edition) for _n in range(people)]
    start = timezone.now()

    def ask(n, participation):
        actions.enrol(
            run=run, participation=participation, by=participation.person.user, now=start + timedelta(seconds=n)
        )

    together(ask, list(enumerate(participations)))
    waited = list(run.enrolments.waiting())
    if withdrawals:
        leaving = list(Enrolment.objects.filter(run=run, state="enrolled").order_by("?")[:withdrawals])
        together(
            lambda enrolment: actions.withdraw(
                enrolment=enrolment, by=enrolment.participation.person.user, now=start + timedelta(hours=1)
            ),
            [(e,) for e in leaving],
        )
    check(Run.objects.get(pk=run.pk), people, places, withdrawals)
    # Places that became free went to those who had asked first.
    assert [e.pk for e in waited[withdrawals:]] == [e.pk for e in run.enrolments.waiting()]


def together(function, calls, at_once=20):
    """Every call in its own thread and connection, `at_once` of them starting at the same moment."""
    errors = []

    def work(barrier, args):
        try:
            barrier.wait(timeout=30)
            function(*args)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    for first in range(0, len(calls), at_once):
        wave = calls[first : first + at_once]
        barrier = threading.Barrier(len(wave))
        threads = [threading.Thread(target=work, args=(barrier, args)) for args in wave]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
            assert not thread.is_alive(), "two actions wait for each other"
    assert errors == []


def check(run, people, places, withdrawals=0):
    states = list(run.enrolments.values_list("state", flat=True))
    assert run.places_taken == places
    assert states.count("enrolled") == places
    assert states.count("withdrawn") == withdrawals
    assert states.count("waiting") == people - places - withdrawals
    assert len(states) == people


@pytest.mark.django_db(transaction=True)
def test_sixty_people_for_twenty_places():
    rush(60, 20, withdrawals=5)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(10))
def test_three_hundred_people_for_twenty_places(turn):
    rush(300, 20, withdrawals=10)


@pytest.mark.django_db(transaction=True)
def test_one_person_tapping_twice_gets_one_place():
    edition = factories.EditionFactory()
    run = factories.RunFactory(opportunity__edition=edition, places=5)
    participation = factories.ParticipationFactory(edition=edition)
    refused = []

    def tap():
        try:
            actions.enrol(run=run, participation=participation, by=participation.person.user, now=timezone.now())
        except NotNow as refusal:
            refused.append(refusal.code)

    together(tap, [()] * 8)
    run.refresh_from_db()
    assert (run.places_taken, run.enrolments.count(), refused) == (1, 1, ["again"] * 7)
