"""People who hold a link and have no account to sign in with: each answers in a browser of their own."""

from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from intake import actions
from intake.models import FollowUp, OutsideReferral, TalkFeedback
from intake.queries.feedback import token_of
from intake.queries.followup import follow_up_token
from intake.queries.outside import token_of as token_of_outside
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well, press


def test_an_outside_service_says_yes_and_how_it_went(page, participation, operator, city, now):
    actions.receive(
        participation=participation, channel="walk_in", need="Parlare", next_step="Un aiuto", by=operator, now=now
    )
    referral = actions.refer_outside(
        participation=participation,
        service="Consultorio di via Ricordi",
        email="consultorio@example.org",
        note="Preferisce il pomeriggio",
        agreed=True,
        by=operator,
        now=now,
    )
    page.goto(reverse("intake:outside-link", args=[token_of_outside(referral)]))
    expect(page.get_by_text("Preferisce il pomeriggio")).to_be_visible()
    looks_well(page, "outside-link")
    press(page, "Accettiamo")
    expect(page.get_by_text("Avete accettato")).to_be_visible()
    page.get_by_role("main").get_by_role("textbox").fill("È venuta due volte")
    press(page, "Salva")
    expect(page.get_by_text("È venuta due volte").first).to_be_visible()
    looks_well(page, "outside-accepted")
    assert OutsideReferral.objects.get().feedback == "È venuta due volte"


def test_how_was_it_in_one_tap(page, participation, operator, city, now):
    talk = factories.AppointmentFactory(
        participation=participation,
        operator=operator,
        organisation=city,
        state="seen",
        starts_at=now - timedelta(hours=3),
    )
    page.goto(reverse("intake:feedback-link", args=[token_of(talk)]))
    looks_well(page, "feedback")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("status").get_by_text("Grazie")).to_be_visible()
    looks_well(page, "feedback-tapped")
    assert TalkFeedback.objects.get().appointment == talk
    page.get_by_role("main").get_by_role("textbox").fill("Mi sono sentita ascoltata")
    press(page, "Invia")
    expect(page.get_by_role("heading", name="Grazie")).to_be_visible()
    assert TalkFeedback.objects.get().sentence == "Mi sono sentita ascoltata"
    # Whoever else opens the link reads that something was written, not what.
    page.goto(reverse("intake:feedback-link", args=[token_of(talk)]))
    expect(page.get_by_text("La tua frase è segnata")).to_be_visible()
    expect(page.get_by_text("Mi sono sentita ascoltata")).to_have_count(0)
    looks_well(page, "feedback-written")


def test_a_pupil_gets_onto_the_list_of_a_class(page, city, operator, now):
    today = timezone.localdate(now)
    group = actions.create_group(
        organisation=city, name="4ª B, Istituto Marelli", kind="school", on=today, by=operator, now=now
    )
    page.goto(reverse("intake:group-join", args=[group.code]))
    looks_well(page, "group-join")
    page.get_by_label("Nome", exact=True).fill("Nina")
    page.get_by_label("Cognome").fill("Verdi")
    page.get_by_label("Data di nascita").fill("2008-03-01")
    press(page, "Mettimi nell’elenco")
    expect(page.get_by_text("Sei nell’elenco")).to_be_visible()
    looks_well(page, "group-joined")
    assert group.entries.get().last_name == "Verdi"


def test_who_left_says_how_it_goes(page, edition, settings, now):
    call_command("load_questionnaire", settings.BASE_DIR / "intake" / "questionnaires" / "follow-up.toml", verbosity=0)
    follow_up = factories.FollowUpFactory(participation__edition=edition)
    page.goto(reverse("intake:follow-up", args=[follow_up_token(follow_up)]))
    looks_well(page, "follow-up")
    page.get_by_label("Vuoi dirci qualcosa?").fill("Tutto bene")
    press(page, "Invia")  # the one answer that is needed is missing: nothing is lost
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Vuoi dirci qualcosa?")).to_have_value("Tutto bene")
    looks_well(page, "follow-up-wrong")
    page.get_by_label("Lavoro (anche apprendistato o in proprio)").check()
    press(page, "Invia")
    expect(page.get_by_role("heading", name="Grazie!")).to_be_visible()
    assert FollowUp.objects.get().situation == "employed"
