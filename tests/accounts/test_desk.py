"""Somebody at the desk: hints before a second record is made, and addresses that a family shares."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import YoungPerson
from accounts.queries import reach
from intake.models import Participation
from tests import factories

WALK_IN = {
    "first_name": "Amina",
    "last_name": "El Khoury",
    "birth_date": "2006-03-09",
    "tie": "lives",
    "need": "Un lavoro",
    "channel": "walk_in",
    "next_step": "Un colloquio",
}


@pytest.fixture
def amina(edition):
    person = factories.YoungPersonFactory(first_name="Amina", last_name="El Khoury", birth_date=date(2006, 3, 9))
    factories.ParticipationFactory(person=person, edition=edition)
    return person


def test_hints_without_javascript(as_user, operator, amina):
    """The first sending shows who may be here already; the second, which has shown them, goes on."""
    desk, page = as_user(operator), reverse("intake:person-create")
    asked = desk.post(page, WALK_IN | {"first_name": "El Khoury", "last_name": "Amina"})
    assert asked.status_code == 200
    (row,) = asked.context["likely"]
    assert (row.key, row.file) == (str(amina.pk), amina.participations.get().pk)
    assert "Nessuna di queste" in asked.content.decode()
    assert YoungPerson.objects.count() == 1
    went_on = desk.post(page, WALK_IN | {"first_name": "El Khoury", "last_name": "Amina", "seen": row.key})
    assert (went_on.status_code, YoungPerson.objects.count()) == (302, 2)


def test_a_namesake_is_received_without_a_question(as_user, operator, amina):
    response = as_user(operator).post(reverse("intake:person-create"), WALK_IN | {"birth_date": "2003-05-05"})
    assert (response.status_code, Participation.objects.count()) == (302, 2)


def test_hints_while_typing(as_user, operator, coordinator, amina):
    page = reverse("intake:duplicates")
    typed = {"first_name": "Amina", "last_name": "El Kouri", "birth_date": "2006-0", "fiscal_code": "?"}
    response = as_user(operator).post(page, typed, headers={"HX-Request": "true"})
    assert "Amina El Khoury" in response.content.decode()
    assert response.queries <= 12
    nothing = as_user(operator).post(page, {"first_name": "x" * 10_000, "last_name": "\x00"})
    assert (nothing.status_code, nothing.context["likely"]) == (200, [])
    assert as_user(coordinator).post(page, typed).status_code == 403
    assert as_user(operator).get(page).status_code == 405


def test_a_familys_address_serves_several(as_user, operator, edition):
    """Two of a family come with one e-mail: two records, no account, and both are reached by it."""
    desk, page = as_user(operator), reverse("intake:person-create")
    for name, born in (("Amina", "2006-03-09"), ("Karim", "2008-11-20")):
        response = desk.post(page, WALK_IN | {"first_name": name, "birth_date": born, "email": "casa@example.org"})
        assert response.status_code == 302
    people = list(YoungPerson.objects.order_by("first_name"))
    assert [(p.first_name, p.user, reach(p)) for p in people] == [
        ("Amina", None, ("email", "casa@example.org")),
        ("Karim", None, ("email", "casa@example.org")),
    ]


@pytest.mark.parametrize(("typed", "kept"), [("lkhmna06c49 z229x", "LKHMNA06C49Z229X"), ("", ""), ("12345", None)])
def test_the_code_is_kept_as_it_is_written_on_the_card(as_user, operator, edition, typed, kept):
    response = as_user(operator).post(reverse("intake:person-create"), WALK_IN | {"fiscal_code": typed})
    if kept is None:
        assert list(response.context["form"].errors) == ["fiscal_code"]
    else:
        assert YoungPerson.objects.get().fiscal_code == kept
