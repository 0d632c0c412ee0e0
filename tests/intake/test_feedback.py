"""How was it? One tap after a talk, by its person alone; staff read counts, never whose answer it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from intake import actions
from intake.models import TalkFeedback
from intake.queries.feedback import said_by_month, token_of
from migwork.errors import NotNow
from migwork.small_numbers import LEAST
from tests import factories

SUMMARY = "/come-e-andata/"


@pytest.fixture
def talk(participation, operator, city, now):
    """An hour ago, noted as having taken place."""
    booked = factories.AppointmentFactory(
        participation=participation, operator=operator, organisation=city, starts_at=now - timedelta(hours=1)
    )
    return actions.record_outcome(appointment=booked, verb="see", by=operator, now=now)


@pytest.fixture
def link(talk):
    return reverse("intake:feedback-link", args=[token_of(talk)])


def test_how_was_it_in_one_tap(talk, link, client, as_user, participation):
    """The message's link is not used up by opening it; one tap notes the answer, another one changes it."""
    message = OutgoingMessage.objects.get(key=f"feedback:{talk.pk}")
    assert link in message.text
    for _ in range(2):
        assert "Com’è andata?" in client.get(link).text
    assert not TalkFeedback.objects.exists()
    client.post(link, {"face": "so_so"})
    client.post(link, {"face": "good"})
    client.post(link, {"sentence": "Mi sono sentita ascoltata."})
    said = TalkFeedback.objects.get()
    assert (said.appointment, said.face, said.sentence) == (talk, "good", "Mi sono sentita ascoltata.")
    message.refresh_from_db()
    assert message.state in ("cancelled", "sent")


def test_the_home_page_asks_until_one_has_answered(talk, as_user, participation):
    phone = as_user(participation.person.user)
    mine = reverse("intake:feedback-mine", args=[talk.pk])
    home = phone.get("/").text
    assert "Com’è andato il colloquio con Sara Conti" in home
    assert mine in home
    assert "Grazie, segnato" in phone.post(mine, {"face": "bad"}, follow=True).text
    assert TalkFeedback.objects.get().face == "bad"
    assert mine not in phone.get("/").text


def test_nobody_else_answers(talk, link, client, as_user, operator, other_young_person, now):
    for stranger in (operator, other_young_person.user):
        with pytest.raises(PermissionDenied):
            actions.say_how_it_was(appointment=talk, face="good", by=stranger, now=now)
    assert client.get(link[:-2] + "x/").status_code == 404
    assert client.get("/come-e-andata/qualcosa/").status_code == 404
    assert client.post(link, {"face": "wonderful"}).status_code == 404
    assert not TalkFeedback.objects.exists()


def test_neither_before_the_talk_nor_long_after_it(talk, appointment, link, client, participation, now):
    mine = participation.person.user
    with pytest.raises(NotNow) as refusal:
        actions.say_how_it_was(appointment=appointment, face="good", by=mine, now=now)
    assert refusal.value.code == "state"
    with pytest.raises(NotNow) as refusal:
        actions.say_how_it_was(appointment=talk, face="good", by=mine, now=now + timedelta(days=31))
    assert refusal.value.code == "late"
    with pytest.raises(NotNow) as refusal:
        actions.add_sentence(appointment=talk, sentence="Bene", by=mine, now=now)
    assert refusal.value.code == "face"


def test_of_a_talk_noted_long_afterwards_nobody_is_asked(participation, operator, city, now):
    old = factories.AppointmentFactory(
        participation=participation, operator=operator, organisation=city, starts_at=now - timedelta(days=20)
    )
    actions.record_outcome(appointment=old, verb="see", by=operator, now=now)
    assert not OutgoingMessage.objects.filter(key=f"feedback:{old.pk}").exists()


def test_the_file_says_nothing_of_an_answer(talk, as_user, operator, participation, now):
    mine = participation.person.user
    actions.say_how_it_was(appointment=talk, face="bad", by=mine, now=now)
    actions.add_sentence(appointment=talk, sentence="Aveva fretta", by=mine, now=now)
    desk = as_user(operator)
    for part in ("", "?s=colloqui", "?tutto=1"):
        page = desk.get(reverse("intake:person-file", args=[participation.pk]) + part).text
        assert "Aveva fretta" not in page
        assert "com’è andato un colloquio" not in page
    assert desk.get(SUMMARY).status_code == 403


def test_the_coordinator_reads_counts_and_no_small_ones(as_user, coordinator, operator, now):
    board = as_user(coordinator)
    for number in range(LEAST - 1):
        factories.TalkFeedbackFactory(appointment__starts_at=now - timedelta(days=1, hours=number), sentence="Poche")
    page = board.get(SUMMARY).text
    assert "meno di 5" in page
    assert "Poche" not in page
    for number in range(7):
        factories.TalkFeedbackFactory(appointment__starts_at=now - timedelta(days=2, hours=number), sentence="Tante")
    page = board.get(SUMMARY).text
    assert "meno di 5" not in page.split("<tbody>")[1].split("</tbody>")[0]
    assert "Tante" in page


def test_the_sum_gives_no_single_month_away(db, now):
    """What one month alone hides could be worked out from the sum; what two hide cannot."""
    for number in range(20):
        factories.TalkFeedbackFactory(appointment__starts_at=now - timedelta(days=2, hours=number))
        factories.TalkFeedbackFactory(appointment__starts_at=now - timedelta(days=40, hours=number))
    for number in range(2):
        factories.TalkFeedbackFactory(appointment__starts_at=now - timedelta(days=2, hours=30 + number), face="bad")
    assert said_by_month()[1] is None
    for number in range(3):
        factories.TalkFeedbackFactory(appointment__starts_at=now - timedelta(days=40, hours=30 + number), face="bad")
    together = said_by_month()[1]
    assert (together.total, together.faces) == (45, [40, 0, 5])
