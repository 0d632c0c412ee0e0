"""Bring a friend: a link that helps, and tells nobody who came by it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pathways import actions
from pathways.models import FriendLink
from tests import factories
from tests.pathways import ways
from tests.strict import StrictClient


@pytest.fixture
def link(course, participation, now):
    person = participation.person
    return actions.make_friend_link(opportunity=course, person=person, by=person.user, now=now)


def arrive(client, link):
    return client.get(reverse("pathways:friend-arrive", args=[link.opportunity.slug, link.token]))


def enrol_by_hand(client, run):
    return client.post(reverse("pathways:run-enrol", args=[run.pk]), {})


def helped(as_user, link, on):
    with time_machine.travel(on, tick=False):
        return as_user(link.person.user).get(reverse("pathways:friend", args=[link.opportunity.slug])).text


def test_bring_a_friend(course, run, participation, edition, as_user, now):
    amina = as_user(participation.person.user)
    page = reverse("pathways:friend", args=[course.slug])
    assert "Crea il mio link" in amina.get(page).text
    assert not FriendLink.objects.exists()
    amina.post(page)
    amina.post(page)  # a double click
    link = FriendLink.objects.get()
    assert link.token in amina.get(page).text
    for secret in (participation.person.last_name, str(participation.person.pk), str(participation.pk)):
        assert secret not in link.token
    # Luca opens it before he has an account; signing in keeps what his session remembers.
    friend = ways.taker(edition)
    visitor = StrictClient()
    assert arrive(visitor, link).url == reverse("pathways:opportunity-detail", args=[course.slug])
    assert "Te la passa" in visitor.get(reverse("pathways:opportunity-detail", args=[course.slug])).text
    visitor.force_login(friend.person.user, backend="accounts.backends.ByPassword")
    enrol_by_hand(visitor, run)
    enrolment = run.enrolments.get(participation=friend)
    # Not on the same day, and never who.
    assert "ha aiutato 1" not in helped(as_user, link, now)
    tomorrow = helped(as_user, link, now + timedelta(days=1))
    assert "Il tuo link ha aiutato 1 persona" in tomorrow
    assert friend.person.last_name not in tomorrow
    link.refresh_from_db()
    kept = " ".join(str(getattr(link, field.attname)) for field in link._meta.concrete_fields)
    for trace in (friend.pk, friend.person_id, friend.person.user_id, enrolment.pk):
        assert str(trace) not in kept.split()
    # Nobody counts twice.
    actions.withdraw(enrolment=enrolment, by=friend.person.user, now=now)
    enrol_by_hand(visitor, run)
    assert "ha aiutato 1 persona" in helped(as_user, link, now + timedelta(days=2))


def test_the_count_of_the_day_before_stays_when_a_new_day_counts(link, run, edition, now):
    for days in (0, 0, 1):
        friend = ways.taker(edition)
        actions.enrol(
            run=run, participation=friend, friend=link.token, by=friend.person.user, now=now + timedelta(days=days)
        )
    link.refresh_from_db()
    today = now.date()
    assert [link.helped_before(today + timedelta(days=n)) for n in (1, 2)] == [2, 3]


def test_ones_own_link_and_another_activity_count_nothing(link, run, course, participation, edition, now):
    person = participation.person
    actions.enrol(run=run, participation=participation, friend=link.token, by=person.user, now=now)
    elsewhere = factories.RunFactory(opportunity__edition=edition)
    friend = ways.taker(edition)
    actions.enrol(run=elsewhere, participation=friend, friend=link.token, by=friend.person.user, now=now)
    # Nobody twice for one activity: other dates of it are no second friend.
    actions.enrol(run=run, participation=friend, friend=link.token, by=friend.person.user, now=now)
    again = factories.RunFactory(opportunity=course)
    actions.enrol(run=again, participation=friend, friend=link.token, by=friend.person.user, now=now)
    link.refresh_from_db()
    assert link.helped_before(now.date() + timedelta(days=9)) == 1


def test_remembered_for_thirty_days_at_most(link, run, edition, now):
    friend = ways.taker(edition)
    visitor = StrictClient()
    arrive(visitor, link)
    with time_machine.travel(now + timedelta(days=30), tick=False):
        visitor.force_login(friend.person.user, backend="accounts.backends.ByPassword")
        enrol_by_hand(visitor, run)
    link.refresh_from_db()
    assert link.lately == 0


def test_it_is_forgotten_when_they_say_so(link, participation, other_young_person, as_user, now):
    with pytest.raises(PermissionDenied):
        actions.end_friend_link(link=link, by=other_young_person.user, now=now)
    page = reverse("pathways:friend", args=[link.opportunity.slug])
    as_user(participation.person.user).post(page, {"end": "1"})
    assert not FriendLink.objects.exists()
    # Whoever opens it all the same reads the activity.
    visitor = StrictClient()
    assert arrive(visitor, link).status_code == 302
    assert "came_by" not in visitor.session
