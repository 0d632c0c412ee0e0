"""Messages between a young person and whoever follows them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from accounts.actions import anonymise_person, merge
from foundation.communications.models import OutgoingMessage, ThreadMessage
from foundation.privacy.models import Event
from intake import actions, queries
from intake.actions.threads import MOST_AN_HOUR
from migwork.errors import NotNow
from tests import factories

MINE = reverse("intake:messages")


def thread(participation):
    return reverse("intake:thread", args=[participation.pk])


def write(participation, by, now, text="Posso venire domani?"):
    return actions.write_message(participation=participation, text=text, by=by, now=now)


def read(participation, by, now):
    return actions.read_messages(participation=participation, until=now, by=by, now=now)


def told():
    return OutgoingMessage.objects.filter(key__startswith="thread:")


def test_a_thread_between_two(received, young_person, operator, as_user, now):
    amina, sara = as_user(young_person.user), as_user(operator)
    assert amina.post(MINE, {"text": "Posso venire domani con mia sorella?"}, follow=True).status_code == 200
    # The operator is told without a name or a word of it, finds it in the caseload, reads it and answers.
    message = told().get()
    assert message.to == operator.email
    assert not any(word in message.text + message.subject for word in ("Amina", "Bianchi", "sorella"))
    assert "message" in queries.caseload(operator, now)[0].signals
    assert "Da leggere" in sara.get(MINE).text
    page = sara.get(thread(received))
    assert "con mia sorella" in page.text
    sara.post(reverse("intake:thread-read", args=[received.pk]), {"until": page.context["until"]})
    assert "message" not in queries.caseload(operator, now)[0].signals
    assert "Letto il 5 maggio" in amina.get(MINE).text
    sara.post(thread(received), {"text": "Certo, alle dieci."})
    message = told().get(to="amina@example.org")
    assert "dieci" not in message.text
    assert "Certo, alle dieci." in amina.get(MINE).text
    assert "Hai un messaggio" in amina.get("/").text
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM communications_threadmessage")
        assert not any("sorella" in row[0] or "dieci" in row[0] for row in cursor.fetchall())
    assert Event.objects.filter(verb="communications.message_written", about=young_person.pk).count() == 2


def test_opening_a_page_reads_nothing(received, young_person, operator, as_user, now):
    write(received, young_person.user, now)
    write(received, operator, now)
    as_user(operator).get(thread(received))
    as_user(young_person.user).get(MINE)
    assert ThreadMessage.objects.unread().count() == 2
    # What one wrote oneself one does not read: of each side only the other's.
    assert read(received, young_person.user, now) == 1
    assert ThreadMessage.objects.unread().get().from_person
    assert read(received, operator, now) == 1
    assert read(received, operator, now) == 0


def test_what_comes_while_one_reads_stays_unread(received, young_person, operator, as_user, now):
    write(received, young_person.user, now)
    until = as_user(operator).get(thread(received)).context["until"]
    write(received, young_person.user, now + timedelta(seconds=30))
    as_user(operator).post(reverse("intake:thread-read", args=[received.pk]), {"until": until})
    assert ThreadMessage.objects.unread().get().at == now + timedelta(seconds=30)


def test_one_mail_for_what_waits_and_none_for_what_was_read(received, young_person, operator, now):
    for minutes in range(3):
        write(received, operator, now + timedelta(minutes=minutes))
    assert told().count() == 1
    read(received, young_person.user, now + timedelta(minutes=5))
    assert told().get().state == "cancelled"
    write(received, operator, now + timedelta(minutes=10))
    assert told().count() == 2


@pytest.mark.parametrize(("address", "reached"), [("amica@example.org", ["amica@example.org"]), ("", [])])
def test_nothing_goes_to_a_home_that_is_not_safe(received, operator, now, address, reached):
    person = received.person
    person.safe_contact = True
    person.safe_channel, person.safe_address = ("email", address) if address else ("", "")
    person.save()
    write(received, operator, now)
    assert [message.to for message in told()] == reached


def test_the_thread_goes_along_when_the_person_is_handed_over(
    received, young_person, operator, other_operator, as_user, now
):
    write(received, young_person.user, now, text="Cerco un corso")
    assert as_user(other_operator).get(thread(received)).status_code == 403
    actions.hand_over(participations=[received], to=other_operator, by=operator, now=now)
    assert "Cerco un corso" in as_user(other_operator).get(thread(received)).text
    assert as_user(operator).get(thread(received)).status_code == 403
    assert "message" in queries.caseload(other_operator, now)[0].signals


def test_who_stands_in_reads_and_answers_on_those_days_alone(
    received, young_person, operator, other_operator, as_user, now
):
    day = now.date()
    actions.arrange_cover(away=operator, stands_in=other_operator, first_day=day, last_day=day, by=operator, now=now)
    write(received, young_person.user, now)
    assert {message.to for message in told()} == {operator.email, other_operator.email}
    assert "Piero Gatti" in as_user(young_person.user).get(MINE).text
    write(received, other_operator, now, text="Rispondo io")
    with pytest.raises(PermissionDenied):
        write(received, other_operator, now + timedelta(days=1))


def test_who_may_write_and_read(
    received, operator, other_operator, administrator, coordinator, partner_staff, other_young_person, now
):
    for user in (other_operator, administrator, coordinator, partner_staff, other_young_person.user):
        for act in (write, read):
            with pytest.raises(PermissionDenied):
                act(received, user, now)


def test_a_stuck_key_is_stopped_and_nothing_is_lost(received, young_person, as_user, now):
    for _ in range(MOST_AN_HOUR):
        write(received, young_person.user, now)
    with pytest.raises(NotNow):
        write(received, young_person.user, now)
    write(received, young_person.user, now + timedelta(hours=1))
    page = as_user(young_person.user).post(MINE, {"text": "Questo non deve andare perso"})
    assert page.status_code == 200
    assert "Questo non deve andare perso" in page.text


def test_where_nobody_would_read_it(participation, received, operator, young_person, now):
    with pytest.raises(NotNow):
        write(received, operator, now, text="  ")
    walk_in = factories.ParticipationFactory(
        person=factories.YoungPersonFactory(user=None), edition=received.edition, operator=operator, state="received"
    )
    with pytest.raises(NotNow):
        write(walk_in, operator, now)
    received.operator = None
    received.save()
    with pytest.raises(NotNow):
        write(received, young_person.user, now)


def test_what_the_young_person_writes_is_a_contact_and_what_the_desk_writes_is_none(
    received, young_person, operator, now
):
    write(received, operator, now + timedelta(days=5))
    received.refresh_from_db()
    assert received.last_contact_at == now
    write(received, young_person.user, now + timedelta(days=6))
    received.refresh_from_db()
    assert received.last_contact_at == now + timedelta(days=6)


def test_merged_records_are_one_thread(received, operator, young_person, as_user, now):
    twin = factories.YoungPersonFactory(user=None, birth_date=date(2000, 1, 1))
    factories.ThreadMessageFactory(thread__about=twin.pk, text="Scritto prima", at=now)
    merge(kept=received.person, merged=twin, reason="La stessa carta", by=operator, now=now)
    desk = as_user(operator)
    assert [row.unread for row in desk.get(reverse("intake:messages")).context["threads"]] == [True]
    assert "Scritto prima" in desk.get(thread(received)).text
    assert read(received, operator, now) == 1


def test_the_words_go_with_the_person(received, young_person, privacy_officer, now):
    write(received, young_person.user, now)
    anonymise_person(person=young_person, by=privacy_officer, now=now)
    assert ThreadMessage.objects.get().text == ""
