"""Signing up: one page, a code, and nothing kept of who may not take part or never writes the code."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from accounts import actions
from accounts.models import User, YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from programme.models import Edition
from tests import factories

SIGN_UP = "/account/signup/"
CODE = "/account/signup/code/"
ANSWERS = {
    "first_name": "Amina",
    "last_name": "D'Àvila",
    "birth_date": "2006-05-05",
    "contact": "Amina@Example.org",
    "tie": "lives",
}


def last_code():
    message = OutgoingMessage.objects.latest("created_at")
    return re.search(r"\b\d{6}\b", message.text)[0]


def sign_up(client, **answers):
    return client.post(SIGN_UP, {**ANSWERS, **answers})


def rows_of_every_table():
    """How many rows each table of the database holds, Django's own included."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert {"accounts_youngperson", "django_session", "communications_outgoingmessage"} <= set(tables)
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            rows[table] = cursor.fetchone()[0]
    return rows


def nobody_is_kept():
    return not (
        User.objects.exists()
        or YoungPerson.objects.exists()
        or OutgoingMessage.objects.exists()
        or Event.objects.exists()
    )


def test_a_young_person_signs_up_by_email(client, edition, now):
    assert sign_up(client)["Location"] == CODE
    assert not User.objects.exists()
    response = client.post(CODE, {"code": last_code()})
    assert (response.status_code, response["Location"]) == (302, reverse("portal:home"))
    person = YoungPerson.objects.get()
    assert (person.full_name, person.email, person.sort_key) == ("Amina D'Àvila", "amina@example.org", "davila amina")
    assert person.user.emailaddress_set.get().verified
    assert client.get(reverse("accounts:profile")).context["person"] == person
    assert Event.objects.filter(verb="accounts.person_registered", about=person.pk).count() == 1


def test_a_young_person_signs_up_by_phone(client, edition):
    sign_up(client, contact="333 123 4567")
    message = OutgoingMessage.objects.get()
    assert (message.channel, message.to) == ("sms", "+393331234567")
    client.post(CODE, {"code": last_code()})
    person = YoungPerson.objects.get()
    assert (person.phone, person.email) == ("+393331234567", "")
    assert (person.user.phone, person.user.phone_verified) == ("+393331234567", True)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"birth_date": "2010-05-06"}, "too_young"),
        ({"birth_date": "1991-05-05"}, "too_old"),
        ({"tie": "none"}, "tie"),
    ],
)
def test_who_may_not_take_part_is_told_why_and_nothing_is_kept(client, edition, answers, code, caplog):
    Edition.objects.update(elsewhere="Ask at the other desk.")
    response = sign_up(client, **answers)
    assert [reason.code for reason in response.context["reasons"]] == [code]
    page = response.content.decode()
    assert "Ask at the other desk." in page
    # What they typed is still there, in case it was a slip of the finger.
    assert 'value="Amina"' in page
    assert nobody_is_kept()
    assert not Session.objects.exists()
    assert "amina" not in caplog.text.lower()


def test_a_refusal_forgets_an_earlier_attempt(client, edition):
    sign_up(client)
    sign_up(client, tie="none")
    assert client.get(CODE)["Location"] == SIGN_UP
    assert "value=" not in str(client.get(SIGN_UP).context["form"]["first_name"])


@pytest.mark.parametrize("birth_date", ["2010-05-05", "1991-05-06"])
def test_the_first_and_the_last_day_that_count(client, edition, birth_date):
    assert sign_up(client, birth_date=birth_date)["Location"] == CODE


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"birth_date": "2030-01-01"}, "birth_date"),
        ({"birth_date": "yesterday"}, "birth_date"),
        ({"contact": "amina@"}, "contact"),
        ({"contact": "333 12"}, "contact"),
        ({"contact": "02 8846 2000"}, "contact"),
        ({"contact": "Amina"}, "contact"),
        ({"tie": ""}, "tie"),
        ({"first_name": " "}, "first_name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, edition, answers, field):
    assert list(sign_up(client, **answers).context["form"].errors) == [field]
    assert nobody_is_kept()


def test_a_known_address_gets_the_same_pages(client, edition, young_person):
    def pages(contact):
        client.cookies.clear()
        asked = sign_up(client, contact=contact)
        page = client.get(CODE).content.decode().replace(contact, "…")
        wrong = client.post(CODE, {"code": "12345"}).content.decode().replace(contact, "…")
        without_tokens = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text) for text in (page, wrong)]
        return [asked.status_code, asked["Location"], *without_tokens]

    assert pages("nobody@example.org") == pages("amina@example.org")


def test_the_code_opens_the_account_that_was_there(client, edition, young_person):
    sign_up(client, contact=young_person.user.email, first_name="Somebody")
    assert "account" in OutgoingMessage.objects.get().text
    client.post(CODE, {"code": last_code()})
    assert client.get(reverse("accounts:profile")).context["person"] == young_person
    assert YoungPerson.objects.count() == 1


def test_the_desks_record_is_claimed_not_doubled(client, edition):
    factories.YoungPersonFactory(
        user=None, first_name="Amina", last_name="D’Àvila", birth_date="2006-05-05", email="amina@example.org"
    )
    sign_up(client)
    client.post(CODE, {"code": last_code()})
    assert YoungPerson.objects.get().user.email == "amina@example.org"
    assert Event.objects.filter(verb="accounts.person_claimed").count() == 1


def test_who_took_part_before_enters_the_edition_that_runs_now(client, edition, young_person):
    earlier = factories.EditionFactory(starts_on=date(2020, 10, 1), ends_on=date(2021, 10, 31))
    factories.ParticipationFactory(person=young_person, edition=earlier)
    for _time in range(2):
        client.logout()
        cache.clear()
        sign_up(client, contact=young_person.user.email)
        client.post(CODE, {"code": last_code()})
    assert set(young_person.participations.values_list("edition", flat=True)) == {earlier.pk, edition.pk}


def test_signing_up_opens_a_participation(client, edition):
    sign_up(client)
    client.post(CODE, {"code": last_code()})
    participation = YoungPerson.objects.get().participations.get()
    assert (participation.edition, participation.channel) == (edition, "web")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ami\r\nBcc: x@example.org\tna", "Ami Bcc: x@example.org na"),
        ("\u202eanimA\u202c", "animA"),
        ("أمينة", "أمينة"),
        ("Zoë \N{GRINNING FACE}", "Zoë \N{GRINNING FACE}"),
    ],
)
def test_a_name_stands_in_one_line_and_turns_nothing(client, edition, typed, kept):
    sign_up(client, first_name=typed)
    client.post(CODE, {"code": last_code()})
    assert YoungPerson.objects.get().first_name == kept


@pytest.mark.parametrize("typed", ["\u202e", "\u200f \u2066", "Ami\x00na"])
def test_what_is_no_name_is_said_at_the_field(client, edition, typed):
    assert list(sign_up(client, first_name=typed).context["form"].errors) == ["first_name"]


def test_the_longest_name_has_room(client, edition):
    sign_up(client, first_name="A" * 200, last_name="B" * 200)
    client.post(CODE, {"code": last_code()})
    assert YoungPerson.objects.get().last_name == "B" * 200


def test_a_wrong_code_says_so_and_five_end_it(client, edition):
    sign_up(client)
    right = last_code()
    wrong = "000000" if right != "000000" else "111111"
    for _attempt in range(5):
        assert client.post(CODE, {"code": wrong}).context["form"].errors["code"]
    assert client.post(CODE, {"code": right}).context["form"].errors["code"]
    assert not User.objects.exists()


def test_requests_sent_all_at_once_count_each(client, edition):
    sign_up(client)
    right = last_code()
    wrong = "000000" if right != "000000" else "111111"
    session = client.session
    at_once = dict(session.items())
    for _attempt in range(5):
        # Each finds the session as it was before the others.
        session.update(at_once)
        session.save()
        client.post(CODE, {"code": wrong})
    session.update(at_once)
    session.save()
    assert client.post(CODE, {"code": right}).context["form"].errors["code"]
    assert not User.objects.exists()


def test_a_code_ends_after_its_time_and_another_is_sent(client, edition, now):
    sign_up(client)
    old = last_code()
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert client.post(CODE, {"code": old}).context["form"].errors["code"]
        client.post(CODE, {"action": "resend"})
        assert OutgoingMessage.objects.count() == 2
        client.post(CODE, {"code": last_code()})
    assert YoungPerson.objects.count() == 1


def test_a_button_pressed_twice_sends_one_message(client, edition):
    sign_up(client)
    sign_up(client)
    assert OutgoingMessage.objects.count() == 1
    client.post(CODE, {"code": last_code()})
    assert YoungPerson.objects.count() == 1


def test_one_goes_back_to_correct_without_typing_it_all_again(client, edition):
    sign_up(client)
    page = client.get(SIGN_UP).content.decode()
    assert 'value="amina@example.org"' in page
    assert 'value="2006-05-05"' in page


def test_codes_are_limited(client, edition):
    sign_up(client)
    for _resend in range(6):
        client.post(CODE, {"action": "resend"})
    assert OutgoingMessage.objects.count() <= 4


def test_sign_up_is_closed_without_an_edition_that_receives(client, db):
    assert client.get(SIGN_UP).templates[0].name == "account/signup_closed.html"
    assert sign_up(client).templates[0].name == "account/signup_closed.html"
    assert nobody_is_kept()


def test_one_comes_back_to_where_one_wanted_to_go(client, edition):
    client.post(SIGN_UP, {**ANSWERS, "next": "/io/"})
    assert client.post(CODE, {"code": last_code()})["Location"] == "/io/"


def test_nobody_is_led_out_of_the_portal(client, edition):
    client.post(SIGN_UP, {**ANSWERS, "next": "https://evil.example"})
    assert client.post(CODE, {"code": last_code()})["Location"] == reverse("portal:home")


REFUSED = [{"birth_date": "2010-05-06"}, {"birth_date": "1991-05-05"}, {"tie": "none"}]


@pytest.mark.parametrize("answers", REFUSED)
@pytest.mark.parametrize("begun_before", [False, True], ids=["at once", "after a first try"])
def test_a_refused_person_leaves_no_row_in_any_table(client, edition, answers, begun_before):
    before = rows_of_every_table()
    if begun_before:
        # Eligible at first, two codes sent, then back to correct something.
        sign_up(client)
        client.post(CODE, {"action": "resend"})
        assert OutgoingMessage.objects.count() == 2
    sign_up(client, **answers)
    assert rows_of_every_table() == before


def test_the_rules_of_the_day_it_opens_count(client, edition, now):
    """They were 34 when they wrote down who they are, and turn 35 before they write the code."""
    Edition.objects.update(elsewhere="Ask at the other desk.")
    midnight = now.replace(hour=23, minute=58)
    before = rows_of_every_table()
    with time_machine.travel(midnight, tick=False):
        sign_up(client, birth_date="1991-05-06")
    with time_machine.travel(midnight + timedelta(minutes=4), tick=False):
        client.post(CODE, {"action": "resend"})
        assert OutgoingMessage.objects.count() == 2
        page = client.post(CODE, {"code": last_code()})
        assert page.templates[0].name == "account/signup_refused.html"
        assert "Ask at the other desk." in page.content.decode()
    assert rows_of_every_table() == before
    # Two minutes earlier they would have been in.
    with time_machine.travel(midnight, tick=False):
        sign_up(client, birth_date="1991-05-06")
        client.post(CODE, {"code": last_code()})
    assert YoungPerson.objects.exists()


def test_the_preferred_name_greets(client, edition):
    sign_up(client, preferred_name="Ami")
    client.post(CODE, {"code": last_code()})
    assert (YoungPerson.objects.get().preferred_name, YoungPerson.objects.get().first_name) == ("Ami", "Amina")
    home = client.get(reverse("portal:home")).content.decode()
    assert "Ami</h1>" in home
    assert "Amina" not in home


def test_the_preferred_name_reaches_the_desks_record(client, edition):
    factories.YoungPersonFactory(
        user=None, first_name="Amina", last_name="D'Àvila", birth_date="2006-05-05", email="amina@example.org"
    )
    sign_up(client, preferred_name="Ami")
    client.post(CODE, {"code": last_code()})
    assert YoungPerson.objects.get().preferred_name == "Ami"


def test_asks_nothing_that_is_not_needed_yet(client, edition):
    form = client.get(SIGN_UP).context["form"]
    assert list(form.fields) == ["first_name", "last_name", "preferred_name", "birth_date", "contact", "tie"]
    assert [name for name, field in form.fields.items() if not field.required] == ["preferred_name"]
    sign_up(client)
    assert list(client.get(CODE).context["form"].fields) == ["code"]
    client.post(CODE, {"code": last_code()})
    person = YoungPerson.objects.get()
    not_asked = ["fiscal_code", "citizenship", "gender", "birth_place", "education", "employment", "phone"]
    assert [name for name in not_asked if getattr(person, name)] == []
    assert not person.papers.exists()


@pytest.mark.parametrize("known", [False, True], ids=["unknown", "known"])
def test_codes_leave_by_the_outbox(client, edition, young_person, now, known):
    """One row each, in the transaction that asked for it: what fails sends nothing, and nothing goes another way."""
    address = young_person.user.email if known else "nobody@example.org"
    sign_up(client, contact=address)
    client.post("/account/login/", {"login": address})
    sent = OutgoingMessage.objects.filter(to=address)
    assert [message.state for message in sent] == ["sent", "sent"]
    assert mail.outbox == []
    sent.delete()
    code = {"attempt": "1", "code": "123456", "channel": "email", "address": address, "language": "it", "now": now}
    with transaction.atomic():
        actions.send_sign_up_code(**code)
        assert sent.exists()
        transaction.set_rollback(True)
    assert not sent.exists()
