"""Sending somebody to a service without an account, and the clock of every referral."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from intake import actions, queries
from intake.models import OutsideReferral
from intake.queries.outside import token_of
from migwork.errors import NotNow
from tests.access.test_limits import from_elsewhere


@pytest.fixture
def outside(received, operator, now):
    return actions.refer_outside(
        participation=received,
        service="Consultorio di via Ricordi",
        email="consultorio@example.org",
        note="Preferisce il pomeriggio",
        agreed=True,
        by=operator,
        now=now,
    )


def link(referral):
    return reverse("intake:outside-link", args=[token_of(referral)])


def mails(to):
    return OutgoingMessage.objects.filter(to=to).order_by("created_at", "key")


def test_answered_by_a_link_that_opening_does_not_consume(outside, young_person, operator, as_user, now):
    asked = mails("consultorio@example.org").get()
    assert link(outside) in asked.text
    assert not any(word in asked.text + asked.subject for word in ("Amina", "Bianchi", "pomeriggio"))
    visitor = from_elsewhere()
    for _ in range(3):
        page = visitor.get(link(outside))
        assert "Preferisce il pomeriggio" in page.text
        assert young_person.full_name in page.text
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "same-origin"
    outside.refresh_from_db()
    assert (outside.state, Event.objects.filter(verb__startswith="intake.outside").count()) == ("sent", 0)
    # A no needs a sentence; what was typed is kept. Then a yes, and how it went.
    assert visitor.post(link(outside), {"decline": "1", "answer": ""}).status_code == 200
    assert "grazie" in visitor.post(link(outside), {"accept": "1", "answer": "Martedì"}, follow=True).text.lower()
    outside.refresh_from_db()
    assert (outside.state, outside.answer, outside.typed_by) == ("accepted", "Martedì", None)
    assert "Consultorio" in mails("amina@example.org").last().text
    visitor.post(link(outside), {"feedback": "1", "text": "È venuta due volte"})
    told = mails(operator.email)
    assert told.count() == 2
    assert not any(word in message.text for message in told for word in ("Amina", "Consultorio", "due volte"))
    page = as_user(operator).get(reverse("intake:person-file", args=[outside.participation_id]) + "?s=invii").text
    assert "È venuta due volte" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT note || answer || feedback FROM intake_outsidereferral")
        kept = cursor.fetchone()[0]
        assert not any(word in kept for word in ("pomeriggio", "Martedì", "venuta"))


def test_without_an_email_the_operator_types_what_was_said(received, operator, as_user, now):
    sara = as_user(operator)
    page = reverse("intake:outside-create", args=[received.pk])
    sent = {"service": "Scuola serale", "phone": "02 1234", "note": "Vorrebbe iscriversi", "agreed": "on"}
    refused = sara.post(page, {**sent, "agreed": ""})
    assert "agreed" in refused.context["form"].errors
    assert "Vorrebbe iscriversi" in refused.text
    assert sara.post(page, {**sent, "phone": ""}).status_code == 200
    assert sara.post(page, sent).status_code == 302
    found = OutsideReferral.objects.get()
    detail = reverse("intake:outside-detail", args=[found.pk])
    assert sara.post(detail, {"accept": "1", "answer": "Da settembre"}).status_code == 302
    assert sara.post(detail, {"feedback": "1", "text": "Iscritta"}).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.typed_by, found.feedback) == ("accepted", operator, "Iscritta")
    # Who typed it needs no mail about it.
    assert not mails(operator.email).exists()


def test_the_clock_reminds_once_then_shines_at_the_operator(outside, referral, partner_staff, operator, now):
    def remind(days):
        return actions.remind_of_referrals(now=now + timedelta(days=days))

    assert outside.answer_by == referral.answer_by == now.date() + timedelta(days=7)
    assert [remind(days) for days in (1, 4, 5, 5, 6, 7, 8)] == [0, 0, 2, 0, 0, 0, 0]
    assert mails("consultorio@example.org").count() == 2
    reminder = mails(partner_staff.email).get(key__contains="reminder")
    assert "12 maggio" in reminder.text
    assert "Amina" not in reminder.text

    def shines(days):
        return "unanswered" in queries.caseload(operator, now + timedelta(days=days))[0].signals

    assert [shines(7), shines(8)] == [False, True]
    actions.answer_referral(referral=referral, verb="accept", by=partner_staff, now=now)
    assert shines(8)
    actions.answer_outside(referral=outside, verb="accept", by=operator, now=now)
    assert not shines(8)


def test_what_was_answered_is_not_reminded_of(outside, operator, now):
    actions.answer_outside(referral=outside, verb="decline", answer="Nessun posto", by=operator, now=now)
    assert actions.remind_of_referrals(now=now + timedelta(days=6)) == 0
    assert mails("consultorio@example.org").get().state == "cancelled"


def test_a_partner_tells_how_it_went(referral, as_user, partner_staff, other_partner_staff, operator, now):
    page = reverse("intake:referral-feedback", args=[referral.pk])
    marta = as_user(partner_staff)
    assert marta.post(page, {"text": "Va bene"}).status_code == 200
    actions.answer_referral(referral=referral, verb="accept", by=partner_staff, now=now)
    assert marta.post(page, {"text": "  "}).status_code == 200
    assert marta.post(page, {"text": "Viene sempre puntuale"}).status_code == 302
    assert as_user(other_partner_staff).post(page, {"text": "x"}).status_code == 404
    referral.refresh_from_db()
    assert referral.feedback == "Viene sempre puntuale"
    assert "puntuale" in marta.get(reverse("intake:referral-detail", args=[referral.pk])).text
    assert mails(operator.email).filter(key__contains="feedback").count() == 1


@pytest.mark.parametrize("ending", ["declined", "taken back", "limited", "too old"])
def test_a_link_that_is_over_shows_nobody(outside, young_person, operator, now, ending):
    visitor, later = from_elsewhere(), now + timedelta(days=1)
    if ending == "declined":
        actions.answer_outside(referral=outside, verb="decline", answer="No", by=None, now=now)
    elif ending == "taken back":
        actions.take_back_outside(referral=outside, by=operator, now=now)
    elif ending == "limited":
        young_person.limited_at = now
        young_person.save()
    else:
        later = now + timedelta(days=91)
    with time_machine.travel(later, tick=False):
        page = visitor.get(link(outside))
        assert page.status_code == 200
        assert not any(word in page.text for word in (young_person.full_name, "pomeriggio", "amina@example.org"))
        visitor.post(link(outside), {"accept": "1"})
    outside.refresh_from_db()
    assert outside.state != "accepted"


def test_only_links_that_the_portal_wrote(outside):
    token = token_of(outside)
    for wrong in (token[:-1], token + "x", "x", token.replace(".", "")):
        assert from_elsewhere().get(f"/invii/risposta/{wrong}/").status_code == 404


def test_home_that_is_not_safe_is_given_to_nobody(outside, young_person):
    young_person.phone = "+393331234567"
    young_person.safe_contact, young_person.safe_channel, young_person.safe_address = True, "email", "amica@example.org"
    young_person.save()
    page = from_elsewhere().get(link(outside)).text
    assert "amica@example.org" in page
    assert "+393331234567" not in page
    assert "amina@example.org" not in page


def test_sent_once_more_and_taken_back(outside, operator, as_user, now):
    sara = as_user(operator)
    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        sara.post(reverse("intake:outside-again", args=[outside.pk, "rimanda"]))
    assert mails("consultorio@example.org").count() == 2
    sara.post(reverse("intake:outside-again", args=[outside.pk, "ritira"]))
    outside.refresh_from_db()
    assert outside.state == "withdrawn"
    with pytest.raises(NotNow):
        actions.ask_outside_again(referral=outside, by=operator, now=now)


def test_who_may(outside, coordinator, partner_staff, young_person, now):
    for user in (coordinator, partner_staff, young_person.user):
        for act in (
            lambda by: actions.answer_outside(referral=outside, verb="accept", by=by, now=now),
            lambda by: actions.take_back_outside(referral=outside, by=by, now=now),
            lambda by: actions.refer_outside(
                participation=outside.participation, service="x", phone="1", agreed=True, by=by, now=now
            ),
        ):
            with pytest.raises(PermissionDenied):
                act(user)
