"""Taking over one's record with a code on paper: once, in time, with the right birth date, by the right person."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import actions
from accounts.models import ClaimCode, User, YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from migwork.errors import NotNow
from tests import factories

BORN = date(2006, 3, 9)
PAGE = "/account/riscatto/"


@pytest.fixture
def karim(edition):
    """Whom the desk wrote down with the e-mail of his mother."""
    person = factories.YoungPersonFactory(
        first_name="Karim", last_name="Haddad", birth_date=BORN, user=None, email="casa@example.org"
    )
    factories.YoungPersonFactory(first_name="Nour", last_name="Haddad", user=None, email="casa@example.org")
    factories.ParticipationFactory(person=person, edition=edition)
    return person


@pytest.fixture
def code(karim, operator, now):
    return actions.make_claim_code(person=karim, by=operator, now=now)


def claims(client, code, *, born=BORN, contact="karim@example.org"):
    """The page of the code on paper; then, if it goes on, the code that was sent. The last answer."""
    response = client.post(PAGE, {"code": code, "birth_date": born.isoformat(), "contact": contact})
    if response.status_code != 302:
        return response
    sent = OutgoingMessage.objects.filter(to=contact).latest("created_at").text
    return client.post(reverse("account_confirm_signup"), {"code": re.search(r"\b\d{6}\b", sent)[0]})


def test_takes_over_the_record(client, karim, code, now):
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", code)
    assert claims(client, code.lower().replace("-", " ")).status_code == 302
    karim.refresh_from_db()
    assert karim.user.email == "karim@example.org"
    # Messages go to the address of his own, not to the family's.
    assert karim.email == "karim@example.org"
    assert YoungPerson.objects.count() == 2
    assert client.get("/progetto/").status_code == 200
    used = ClaimCode.objects.get()
    assert (used.used_by, used.used_at) == (karim.user, now)
    assert Event.objects.filter(verb="accounts.person_claimed", about=karim.pk).exists()


def test_by_telephone_the_familys_address_is_left(client, karim, code):
    assert claims(client, code, contact="+393331234567").status_code == 302
    karim.refresh_from_db()
    assert (karim.user.phone, karim.phone, karim.email) == ("+393331234567", "+393331234567", "")


def refused(response):
    return response.status_code == 200 and list(response.context["form"].errors) == ["code"]


def test_a_code_used_twice_late_or_guessed(client, as_user, karim, code, operator, now):
    guessed = client.post(PAGE, {"code": "AAAA-BBBB-CCCC", "birth_date": BORN, "contact": "ladro@example.org"})
    assert refused(guessed)
    # The birth date of somebody else: the same answer, and nothing is used up.
    wrong = claims(client, code, born=date(2006, 9, 3))
    assert refused(wrong)
    assert wrong.context["form"].errors == guessed.context["form"].errors
    assert not OutgoingMessage.objects.exists()
    with time_machine.travel(now + timedelta(days=30, minutes=1), tick=False):
        assert refused(claims(client, code))
    # A newer one takes its place.
    newer = actions.make_claim_code(person=karim, by=operator, now=now)
    assert refused(claims(client, code))
    assert claims(client, newer).status_code == 302
    client.logout()
    again = claims(client, newer, contact="ladro@example.org")
    assert refused(again)
    assert not User.objects.filter(email="ladro@example.org").exists()


def test_five_wrong_birth_dates_and_the_code_is_dead(karim, code, now):
    for day in range(1, 6):
        assert actions.try_claim_code(code=code, birth_date=date(2001, 1, day), now=now) is None
    assert actions.try_claim_code(code=code, birth_date=BORN, now=now) is None


def test_the_code_dies_between_the_two_pages(client, karim, code, operator, now):
    client.post(PAGE, {"code": code, "birth_date": BORN.isoformat(), "contact": "karim@example.org"})
    actions.make_claim_code(person=karim, by=operator, now=now)
    sent = re.search(r"\b\d{6}\b", OutgoingMessage.objects.get().text)[0]
    response = client.post(reverse("account_confirm_signup"), {"code": sent})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    karim.refresh_from_db()
    assert karim.user is None
    assert not User.objects.filter(email="karim@example.org").exists()


def test_an_account_that_is_somebodys_takes_over_nothing(client, karim, code, young_person, operator):
    for taken in (young_person.user, operator):
        response = claims(client, code, contact=taken.email)
        assert (response.status_code, response["Location"]) == (302, PAGE)
    karim.refresh_from_db()
    assert karim.user is None
    # The paper is still good.
    assert claims(client, code).status_code == 302


def test_it_is_limited(client, karim, code):
    answers = [claims(client, "AAAA-BBBB-CCCC").status_code for _ in range(12)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_only_the_desk_makes_one_and_it_is_kept_as_a_digest(karim, code, operator, coordinator, now):
    assert code.replace("-", "") not in repr(ClaimCode.objects.values_list())
    with pytest.raises(PermissionDenied):
        actions.make_claim_code(person=karim, by=coordinator, now=now)
    YoungPerson.objects.filter(pk=karim.pk).update(merged_into=factories.YoungPersonFactory())
    with pytest.raises(NotNow):
        actions.make_claim_code(person=karim, by=operator, now=now)
    assert actions.try_claim_code(code=code, birth_date=BORN, now=now) is None


def test_the_letter_is_kept_nowhere(as_user, karim, operator):
    desk, page = as_user(operator), reverse("intake:claim-letter", args=[karim.participations.get().pk])
    assert not desk.get(page).context["code"]
    letter = desk.post(page)
    assert letter["Cache-Control"] == "private, no-store"
    assert letter.context["code"] in letter.content.decode()
    assert "Ciao Karim" in letter.content.decode()


def test_the_letter_speaks_their_language(as_user, karim, operator):
    YoungPerson.objects.filter(pk=karim.pk).update(language="en")
    letter = as_user(operator).post(reverse("intake:claim-letter", args=[karim.participations.get().pk]))
    assert "Hello Karim" in letter.content.decode()
    assert "Torna alla scheda" in letter.content.decode()
