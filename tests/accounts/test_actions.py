"""Registering people, and finding them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

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


def test_partners_find_nobody(young_person, partner_staff):
    assert not find_people("bianchi", partner_staff).exists()
