"""Many people, few places, all at once: real connections, real locks."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Consent, Purpose
from foundation.documents import actions as documents
from foundation.documents.policies import Proof
from migwork.errors import NotNow
from pathways import actions
from pathways.models import Enrolment, Run
from tests import factories
from tests.accounts.signing import checked
from tests.pathways import ways


def crowd(people):
    edition = factories.EditionFactory()
    return [factories.ParticipationFactory(edition=edition) for _n in range(people)]


def rush(participations, places, withdrawals=0):
    """All ask for `places` places at the same moment; then `withdrawals` go, and whoever is next answers, also at once.

    Of those to whom a place is offered half say yes and half no, until as many have left as wanted to.
    """
    people = len(participations)
    run = factories.RunFactory(opportunity__edition=participations[0].edition, places=places)
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
    # Places that became free were offered to those who had asked first.
    assert [e.pk for e in waited[withdrawals:]] == [e.pk for e in run.enrolments.waiting()]
    answer(run, waited, withdrawals, start + timedelta(hours=2))


def answer(run, waited, offered, now):
    """Yes and no to the offers at once, some of them twice; what is given back goes on in order."""
    asked = waited[:offered]
    noes = asked[: offered // 2]

    def say(enrolment, act):
        with suppress(NotNow):
            act(enrolment=enrolment, by=None, now=now)

    calls = [(e, actions.decline_offer if e in noes else actions.accept_offer) for e in asked]
    together(say, random.sample(calls * 2, len(calls) * 2))
    following = waited[offered : offered + len(noes)]
    assert set(run.enrolments.filter(state="offered")) == set(following)
    assert run.enrolments.filter(state="enrolled").count() == run.places - len(following)
    assert Run.objects.get(pk=run.pk).places_taken == run.places


def together(function, calls, at_once=20):
    """Every call in its own thread and connection, `at_once` of them starting at the same moment.

    Threads and connections are used again for the next `at_once`: opening them takes longer than what they do.
    """
    errors = []

    def work(barrier, args):
        barrier.wait(timeout=30)
        try:
            function(*args)
        except Exception as error:
            errors.append(error)

    def leave(barrier):
        barrier.wait(timeout=30)
        connections.close_all()

    most = min(at_once, len(calls))
    with ThreadPoolExecutor(most) as pool:
        for first in range(0, len(calls), at_once):
            wave = calls[first : first + at_once]
            barrier = threading.Barrier(len(wave))
            done, going = wait([pool.submit(work, barrier, args) for args in wave], timeout=60)
            assert not going, "two actions wait for each other"
            for one in done:
                one.result()
        barrier = threading.Barrier(most)
        wait([pool.submit(leave, barrier) for _thread in range(most)])
    assert errors == []


def check(run, people, places, withdrawals=0):
    states = list(run.enrolments.values_list("state", flat=True))
    assert run.places_taken == places
    assert states.count("enrolled") == places - withdrawals
    assert states.count("offered") == withdrawals
    assert states.count("withdrawn") == withdrawals
    assert states.count("waiting") == people - places - withdrawals
    assert len(states) == people


@pytest.mark.django_db(transaction=True)
def test_sixty_people_for_twenty_places():
    rush(crowd(60), 20, withdrawals=6)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ten", range(5))
def test_three_hundred_people_for_twenty_places_fifty_times(ten):
    participations = crowd(300)
    for _turn in range(10):
        rush(random.sample(participations, 300), 20, withdrawals=10)


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


def _answers(consent, now, **answers):
    """Each signer of a consent answers in a thread of their own: {name: yes}; who came too late is told so."""

    proof = Proof(code_at=now)
    signers = {signer.name.split()[0]: signer for signer in consent.request.signers.all()}
    # As the page does that is open already when another's answer stops the link.
    links = {signer: signer.links.get(replaced_at=None) for signer in signers.values()}

    def one(signer, yes):
        try:
            if yes:
                documents.sign(signer=signer, link=links[signer], proof=proof, now=now)
            else:
                documents.refuse(signer=signer, link=links[signer], proof=proof, reason="Troppo lontano", now=now)
        except NotNow:
            pass

    return one, [(signers[name], yes) for name, yes in answers.items()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("both", [True, False])
def test_a_yes_against_a_no(both, operator, edition, minor, now):
    """Whichever comes first, the place agrees with the consent; and nobody waits for ever."""
    for name in ("Fatima", "Karim"):
        checked(minor.person, operator, now, first_name=name, email=f"{name}@example.org")
    Purpose.objects.filter(code="enrolment").update(both_parents=both)
    run = factories.RunFactory(opportunity__edition=edition, places=1)
    mine = actions.enrol(run=run, participation=minor, by=minor.person.user, now=now)
    after = actions.enrol(run=run, participation=ways.taker(edition), by=operator, now=now + timedelta(minutes=1))
    one, calls = _answers(Consent.objects.get(), now, Fatima=True, Karim=False)
    together(one, calls)
    mine.refresh_from_db()
    after.refresh_from_db()
    expected = ("refused", "withdrawn", "offered") if both else ("given", "enrolled", "waiting")
    assert (Consent.objects.get().state, mine.state, after.state) == expected


@pytest.mark.django_db(transaction=True)
def test_the_same_adult_says_yes_and_no_at_once(operator, edition, minor, now):
    checked(minor.person, operator, now)
    run = factories.RunFactory(opportunity__edition=edition, places=1)
    mine = actions.enrol(run=run, participation=minor, by=minor.person.user, now=now)
    one, calls = _answers(Consent.objects.get(), now, Fatima=True)
    together(one, [calls[0], (calls[0][0], False)])
    mine.refresh_from_db()
    assert (Consent.objects.get().state, mine.state) in {("given", "enrolled"), ("refused", "withdrawn")}


@pytest.mark.django_db(transaction=True)
def test_a_no_while_one_enrols_elsewhere(operator, edition, minor, now):
    """No place is left standing on a consent that was refused at the same moment."""
    checked(minor.person, operator, now)
    runs = [factories.RunFactory(opportunity__edition=edition, places=3) for _n in range(4)]
    actions.enrol(run=runs[0], participation=minor, by=minor.person.user, now=now)
    one, calls = _answers(Consent.objects.get(), now, Fatima=False)

    def ask(run, _nothing):
        try:
            actions.enrol(run=run, participation=minor, by=minor.person.user, now=now)
        except NotNow as refusal:
            if refusal.code != "signature":
                raise

    together(
        lambda what, yes: (ask if isinstance(what, Run) else one)(what, yes), [*calls, *((r, 0) for r in runs[1:])]
    )
    assert Consent.objects.get().state == "refused"
    assert not Enrolment.objects.active().filter(participation=minor).exists()
    assert set(Run.objects.values_list("places_taken", flat=True)) == {0}
