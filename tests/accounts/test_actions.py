"""Registering people, and finding them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts import actions, hooks
from accounts.models import YoungPerson
from accounts.queries import find_people, reach
from migwork.errors import NotNow
from migwork.hooks import Hook
from programme.eligibility import NotEligible
from tests import factories

ANSWERS = {"first_name": "Luca", "last_name": "Neri", "birth_date": date(2000, 1, 31), "tie": "studies"}


def test_the_desk_registers_somebody_without_an_account(edition, operator, now, monkeypatch):
    seen = []
    monkeypatch.setattr(hooks, "person_registered", Hook("for this test"))
    hooks.person_registered.register(lambda **said: seen.append(said))
    person = actions.register_person(**ANSWERS, channel="walk_in", by=operator, now=now)
    assert (person.user, reach(person)) == (None, None)
    assert seen == [{"person": person, "edition": edition, "channel": "walk_in", "by": operator, "now": now}]


def test_a_button_pressed_twice_registers_one_person(edition, operator, other_operator, now):
    actions.register_person(**ANSWERS, by=operator, now=now)
    with pytest.raises(NotNow) as refusal:
        actions.register_person(**{**ANSWERS, "first_name": "LUCA"}, by=other_operator, now=now + timedelta(seconds=1))
    assert refusal.value.code == "twice"
    namesake = actions.register_person(**ANSWERS, by=operator, now=now + timedelta(hours=1))
    assert YoungPerson.objects.count() == 2
    assert namesake.first_name == "Luca"


def test_a_telephone_number_is_kept_as_accounts_keep_it(edition, operator, now):
    person = actions.register_person(**ANSWERS, phone="333 123 4567", by=operator, now=now)
    assert person.phone == "+393331234567"
    user, _new = actions.sign_up(**ANSWERS, channel="sms", address="+393331234567", language="it", now=now)
    assert user.person == person


def test_a_number_that_no_message_reaches_is_refused(edition, operator, now):
    with pytest.raises(ValidationError) as refusal:
        actions.register_person(**ANSWERS, phone="1", by=operator, now=now)
    assert list(refusal.value.message_dict) == ["phone"]
    assert not YoungPerson.objects.exists()


def test_when_a_later_room_fails_nobody_is_registered(edition, operator, now, monkeypatch):
    monkeypatch.setattr(hooks, "person_registered", Hook("for this test"))

    @hooks.person_registered.register
    def fail(**said):
        raise NotNow("full")

    with pytest.raises(NotNow):
        actions.register_person(**ANSWERS, by=operator, now=now)
    assert not YoungPerson.objects.exists()


@pytest.mark.parametrize("who", ["partner_staff", "coordinator", "evaluator", "young_person"])
def test_others_register_nobody(request, edition, now, who):
    somebody = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        actions.register_person(**ANSWERS, by=getattr(somebody, "user", somebody), now=now)


def test_the_desk_too_keeps_to_the_editions_rules(edition, operator, now):
    with pytest.raises(NotEligible) as refusal:
        actions.register_person(**{**ANSWERS, "birth_date": date(1980, 1, 1), "tie": "none"}, by=operator, now=now)
    assert [reason.code for reason in refusal.value.reasons] == ["too_old", "tie"]
    assert not YoungPerson.objects.exists()


def test_nobody_is_registered_when_nothing_receives(operator, edition, now):
    edition.starts_on, edition.ends_on = date(2020, 1, 1), date(2020, 12, 31)
    edition.save()
    with pytest.raises(NotNow):
        actions.register_person(**ANSWERS, by=operator, now=now)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("neri", ["Neri"]),
        ("luca ne", ["Neri"]),
        ("NERI lu", ["Neri"]),
        ("lu", ["Lùcidi", "Neri"]),
        ("lucidi", ["Lùcidi"]),
        ("uca", []),
        ("", []),
    ],
)
def test_people_are_found_by_how_their_names_begin(edition, operator, text, found):
    factories.YoungPersonFactory(first_name="Luca", last_name="Neri")
    factories.YoungPersonFactory(first_name="Zoé", last_name="Lùcidi")
    assert [person.last_name for person in find_people(text, operator)] == found


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_one_address_at_once_are_one_person():
    factories.EditionFactory()
    moment = timezone.now()
    barrier = threading.Barrier(4)

    def confirm():
        try:
            barrier.wait()
            user, created = actions.sign_up(
                **ANSWERS, channel="email", address="luca@example.org", language="it", now=moment
            )
            return user.pk, created
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = [future.result() for future in [pool.submit(confirm) for _thread in range(4)]]
    assert len({pk for pk, _created in results}) == 1
    assert sorted(created for _pk, created in results) == [False, False, False, True]
    assert YoungPerson.objects.get().participations.count() == 1


def test_partners_find_nobody(young_person, partner_staff):
    assert not find_people("bianchi", partner_staff).exists()
