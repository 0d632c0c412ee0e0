"""Sara's whole day: she publishes hours, receives who walks in, loses the server in mid-interview, hands over."""

import re

import pytest

from foundation.questionnaires import actions as questionnaires
from foundation.questionnaires.files import read
from intake.models import Availability, Interview, Participation, Plan
from tests.journeys.conftest import NO_ANSWER, expect, latest_message, screenshot, tolerate
from tests.journeys.deeds import looks_well, press

DAYS = "Come passi le giornate in questo periodo?"


@pytest.fixture
def questions(edition, settings, now):
    key, title, definition = read(settings.BASE_DIR / "intake" / "questionnaires" / "first-interview.toml")
    return questionnaires.load_questionnaire(key=key, title=title, definition=definition, now=now)


def publish_hours(page):
    page.goto("/agenda/disponibilita/")
    page.get_by_label("giovedì").check()
    page.get_by_label("Dalle").fill("14:00")
    page.get_by_label("Alle", exact=True).fill("17:00")
    press(page, "Pubblica queste ore")
    expect(page.get_by_text("Pubblicate: da adesso")).to_be_visible()
    assert Availability.objects.get().rule.endswith("BYDAY=TH")


def receive_a_walk_in(page):
    page.goto("/accoglienza/coda/")
    page.get_by_label("Chi è arrivato?").fill("Niccolò")
    press(page, "Metti in coda")
    press(page, "Chiama Niccolò")
    page.get_by_role("link", name="Accogli Niccolò").click()
    page.get_by_label("Cognome").fill("Verdi")
    page.get_by_label("Data di nascita").fill("2006-02-28")
    page.get_by_label("Che cosa cerca?").fill("Un corso di cucina")
    page.get_by_label("Che cosa succede adesso?").fill("Un colloquio")
    press(page, "Accoglienza fatta")
    expect(page.get_by_role("heading", name="Niccolò Verdi")).to_be_visible()


def receive_from_the_queue(page):
    page.goto("/accoglienza/?q=bianchi")
    page.get_by_role("button", name="È qui Bianchi Amina").click()
    press(page, "Chiama Amina B.")
    page.get_by_role("link", name="Accogli Amina B.").click()
    page.get_by_label("Che cosa cerca?").fill("Lavorare in un bar")
    page.get_by_label("Che cosa succede adesso?").fill("Ne parliamo subito")
    press(page, "Accoglienza fatta")
    expect(page.get_by_text("Accoglienza registrata.")).to_be_visible()
    looks_well(page, "day-received")


def interview_through_a_power_cut(page, server):
    press(page, "Registra il colloquio")
    expect(page.get_by_role("heading", name="La situazione adesso")).to_be_visible()
    interview = Interview.objects.get()
    page.goto(f"{server.url}/colloqui/{interview.pk}/now/")
    page.get_by_label(DAYS).press_sequentially("Aiuto mia zia")
    expect(page.locator("#state-now")).to_contain_text(re.compile("Da completare|Solo vista"))
    with tolerate(page, NO_ANSWER):
        server.kill()
        page.get_by_label(DAYS).press_sequentially(" al banco")
        expect(page.locator("#saved")).to_contain_text("Conservato su questo dispositivo")
        screenshot(page, "day-power-cut")
        server.start()
        expect(page.locator("#saved")).to_contain_text("Salvato alle", timeout=20_000)
    interview.sheet.refresh_from_db()
    assert interview.sheet.answers["now"]["days"] == "Aiuto mia zia al banco"


def make_a_plan(page, participation):
    page.goto(f"/persone/{participation.pk}/?s=piano")
    press(page, "Fate il progetto insieme")
    page.get_by_label("Un obiettivo frequente").select_option(label="Trovare un primo lavoro")
    press(page, "Aggiungi l’obiettivo")
    page.get_by_role("link", name="Rileggilo con Amina e proponi").click()
    press(page, "Proponi")
    expect(page.get_by_text("Si aspetta la persona")).to_be_visible()
    assert "è pronto" in latest_message("amina@example.org")


def agree_on_the_phone(page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("Leggi")).first.click()
    press(page, "Sono d’accordo")
    expect(page.get_by_text("Siamo d’accordo. Si parte!")).to_be_visible()


def hand_over(page, colleague):
    page.goto("/accoglienza/seguite/")
    page.get_by_role("checkbox", name=re.compile("Amina")).check()
    looks_well(page, "day-caseload")
    press(page, "Passa a un collega chi hai scelto")
    looks_well(page, "day-handover")
    page.get_by_label("A chi").select_option(label=str(colleague))
    page.get_by_label("Che cosa è bene che sappia il collega").fill("Cerca lavoro in un bar: il progetto è concordato.")
    press(page, "Passa")
    expect(page.get_by_text("persona passata a")).to_be_visible()


def test_the_whole_day(signed_in, server, questions, young_person, participation, operator, other_operator):
    sara = signed_in(operator)
    publish_hours(sara)
    receive_a_walk_in(sara)
    receive_from_the_queue(sara)
    interview_through_a_power_cut(sara, server)
    make_a_plan(sara, participation)
    agree_on_the_phone(signed_in(young_person.user))
    hand_over(sara, other_operator)
    assert Plan.objects.get().state == "agreed"
    assert Participation.objects.get(pk=participation.pk).operator == other_operator
    there = signed_in(other_operator)
    there.goto("/accoglienza/seguite/")
    expect(there.get_by_role("main").get_by_role("link", name=re.compile("Bianchi"))).to_be_visible()
