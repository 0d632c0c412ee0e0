"""At the desk somebody's record is put right: a number that came later, a birth date that was written down wrong."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import actions
from accounts.models import YoungPerson
from foundation.privacy.models import Access, Event


@pytest.fixture
def walk_in(participation, now):
    """Somebody without account."""
    person = participation.person
    person.user, person.email, person.phone = None, "", ""
    person.save()
    return person


def page_of(person):
    return reverse("accounts:person-correct", args=[person.pk])


def answers(person, **changes):
    values = {"first_name": person.first_name, "last_name": person.last_name, "birth_date": str(person.birth_date)}
    values["municipality"] = person.municipality
    return {**values, **changes}


def test_the_desk_writes_down_the_number_that_came_later(as_user, walk_in, participation, operator):
    desk = as_user(operator)
    file = reverse("intake:person-file", args=[participation.pk])
    assert f'href="{page_of(walk_in)}"' in desk.get(file).content.decode()
    desk.get(page_of(walk_in))
    assert Access.objects.filter(about=walk_in.pk).exists()
    said = answers(walk_in, phone="347 111 2222", birth_date="2004-02-10", last_name="Traoré")
    assert desk.post(page_of(walk_in), said)["Location"] == file
    walk_in.refresh_from_db()
    assert (walk_in.phone, walk_in.birth_date, walk_in.sort_key[:6]) == ("+393471112222", date(2004, 2, 10), "traore")
    event = Event.objects.get(verb="accounts.person_corrected")
    assert {"phone", "birth_date", "last_name"} == set(event.fields)


@pytest.mark.parametrize("wrong", [{"phone": "12"}, {"birth_date": "2190-01-01"}, {"birth_date": "1820-01-01"}])
def test_what_cannot_be_is_said_at_its_field(as_user, walk_in, operator, wrong):
    page = as_user(operator).post(page_of(walk_in), answers(walk_in, **wrong))
    assert page.status_code == 200
    assert set(page.context["form"].errors) == set(wrong)


def test_whoever_has_an_account_changes_their_addresses_on_their_own(as_user, young_person, operator, now):
    old = young_person.email
    page = as_user(operator).get(page_of(young_person))
    assert {"email", "phone"}.isdisjoint(page.context["form"].fields)
    with pytest.raises(PermissionDenied):
        actions.correct_person(person=young_person, email="thief@example.org", by=operator, now=now)
    young_person.refresh_from_db()
    assert young_person.email == old


def test_nobody_makes_themselves_older(young_person, operator, now):
    born = young_person.birth_date
    with pytest.raises(PermissionDenied):
        actions.correct_person(person=young_person, birth_date=date(1999, 1, 1), by=young_person.user, now=now)
    assert actions.correct_person(person=young_person, birth_date=born, by=operator, now=now).birth_date == born


def test_what_spid_said_stands(as_user, young_person, operator, now):
    known = {"fiscal_code": "BNCMNA05C67F205X", "fiscal_code_verified_at": now, "fiscal_code_verified_by": "eid"}
    YoungPerson.objects.filter(pk=young_person.pk).update(**known)
    page = as_user(operator).get(page_of(young_person))
    assert {"birth_date", "fiscal_code"}.isdisjoint(page.context["form"].fields)
    with pytest.raises(PermissionDenied):
        actions.correct_person(person=young_person, birth_date=date(1999, 1, 1), by=operator, now=now)
