"""Carla changes a question of the interview, by keyboard alone, and publishes it."""

import pytest

from foundation.questionnaires import actions, queries
from foundation.questionnaires.files import read
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well


@pytest.fixture
def questions(edition, settings, now):
    key, title, definition = read(settings.BASE_DIR / "intake" / "questionnaires" / "first-interview.toml")
    return actions.load_questionnaire(key=key, title=title, definition=definition, now=now)


def enter(page, role, name):
    found = page.get_by_role("main").get_by_role(role, name=name, exact=True)
    found.focus()
    found.press("Enter")


def test_a_new_version_by_keyboard(signed_in, questions, coordinator):
    page = signed_in(coordinator)
    page.goto("/questionari/")
    looks_well(page, "questionnaires")
    enter(page, "link", "Primo colloquio")
    enter(page, "button", "Scrivi una nuova versione")
    expect(page.get_by_role("heading", name="La prossima versione")).to_be_visible()
    enter(page, "link", "Aggiungi una domanda (Che cosa vorrei)")
    enter(page, "button", "Salva nella bozza")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "questionnaire-question-refused")
    page.get_by_label("Domanda", exact=True).fill("Chi ti può dare una mano?")
    page.get_by_label("Una scelta").press("Space")
    page.get_by_label("Risposta", exact=True).nth(0).fill("La famiglia")
    page.get_by_label("Risposta", exact=True).nth(1).fill("Gli amici")
    looks_well(page, "questionnaire-question")
    enter(page, "button", "Salva nella bozza")
    expect(page.get_by_text("Salvato nella bozza.")).to_be_visible()
    enter(page, "button", "Su Chi ti può dare una mano?")
    enter(page, "button", "Togli Hai la patente?")
    expect(page.get_by_text("Tolto dalla prossima versione.")).to_be_visible()
    looks_well(page, "questionnaire-draft")
    enter(page, "button", "Pubblica questa versione")
    expect(page.get_by_text("Da adesso si usa la versione 2.")).to_be_visible()
    wishes = queries.section_of(queries.current("first-interview"), "wishes")
    assert [q["key"] for q in wishes["questions"]] == ["goal", "chi_ti_puo_dare_una_mano", "interests"]
