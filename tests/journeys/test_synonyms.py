"""The City's coordinator hears a word at the desk that finds nothing; a minute later it finds."""

import pytest

from pathways import actions
from tests.journeys.conftest import assert_accessible, expect, screenshot
from tests.journeys.deeds import press
from tests.pathways import ways


@pytest.fixture
def barista(partner, edition):
    ways.course(partner, edition, title="Barista in sala")
    actions.renew_search()


def look_for(page, words):
    page.goto("/opportunita/")
    page.get_by_label("Che cosa cerchi?").fill(words)
    page.get_by_role("button", name="Cerca", exact=True).click()


def test_a_word_heard_at_the_desk(page, signed_in, coordinator, barista):
    look_for(page, "mixologist")
    expect(page.get_by_text("Non abbiamo trovato niente così")).to_be_visible()

    staff = signed_in(coordinator)
    staff.goto("/attivita/")
    staff.get_by_role("link", name="Sinonimi").click()
    expect(staff.get_by_text("Ancora nessun gruppo")).to_be_visible()
    assert_accessible(staff)
    screenshot(staff, "synonyms-empty")
    staff.get_by_label("Parole che vogliono dire lo stesso").fill("mixologist")
    press(staff, "Aggiungi il gruppo")
    expect(staff.get_by_role("alert")).to_contain_text("almeno due parole")
    assert_accessible(staff)
    screenshot(staff, "synonyms-error")
    staff.get_by_label("Parole che vogliono dire lo stesso").fill("mixologist, barista, addetto alla mescita")
    press(staff, "Aggiungi il gruppo")
    expect(staff.get_by_text("La ricerca lo sa da adesso")).to_be_visible()
    assert_accessible(staff)
    screenshot(staff, "synonyms")

    look_for(page, "mixologist")
    expect(page.get_by_role("link", name="Barista in sala")).to_be_visible()
    expect(page.get_by_text("Cercato anche: barista")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "catalogue-synonyms")
    page.get_by_role("link", name="Cerca solo «mixologist»").click()
    expect(page.get_by_text("Non abbiamo trovato niente così")).to_be_visible()

    staff.get_by_role("link", name="mixologist, barista, addetto alla mescita").click()
    expect(staff.get_by_role("heading", name="Cambia il gruppo")).to_be_visible()
    assert_accessible(staff)
    screenshot(staff, "synonyms-change")
    press(staff, "Togli il gruppo")
    expect(staff.get_by_text("Ancora nessun gruppo")).to_be_visible()
    look_for(page, "mixologist")
    expect(page.get_by_text("Non abbiamo trovato niente così")).to_be_visible()
