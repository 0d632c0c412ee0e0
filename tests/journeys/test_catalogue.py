"""Somebody looks for an activity: typing errors, filters, an address to share; with and without JavaScript."""

import pytest

from pathways import actions
from tests.journeys.conftest import assert_accessible, expect, screenshot
from tests.pathways import ways


@pytest.fixture
def activities(partner, edition):
    ways.course(partner, edition, title="Falegname per un giorno", family="training", municipio=3)
    ways.course(partner, edition, title="Falegname di quartiere", family="volunteering", municipio=5)
    actions.renew_search()


def search_with_filters(page):
    page.goto("/opportunita/")
    page.get_by_label("Che cosa cerchi?").fill("falegnamre")
    page.get_by_role("button", name="Cerca", exact=True).click()
    expect(page.get_by_text("Hai scritto «falegnamre»")).to_be_visible()
    expect(page.get_by_text("2 risultati", exact=True)).to_be_visible()
    if not page.get_by_label("Quando comincia").is_visible():
        page.locator("summary", has_text="Filtri").click()
    expect(page.get_by_label("Che cosa fare")).to_contain_text("(1)")


def test_no_javascript_and_shared_address(new_page, activities):
    page = new_page(java_script_enabled=False)
    search_with_filters(page)
    page.get_by_label("Che cosa fare").select_option("training")
    page.get_by_label("Prima quello vicino").select_option("3")
    page.get_by_role("button", name="Applica").click()
    expect(page.get_by_text("1 risultato", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Falegname per un giorno")).to_be_visible()

    friend = new_page()
    friend.goto(page.url)
    expect(friend.get_by_text("1 risultato", exact=True)).to_be_visible()
    expect(friend.get_by_role("link", name="Falegname per un giorno")).to_be_visible()
    expect(friend.get_by_role("link", name="Falegname di quartiere")).to_have_count(0)
    page.get_by_role("link", name="Cerca proprio «falegnamre»").click()
    expect(page.get_by_text("Non abbiamo trovato niente così")).to_be_visible()


def test_filters_count_anew_at_each_choice(page, activities):
    search_with_filters(page)
    assert_accessible(page)
    screenshot(page, "catalogue-filters")
    page.get_by_label("Dove a Milano").select_option("5")
    expect(page.get_by_text("1 risultato", exact=True)).to_be_visible()
    expect(page.get_by_label("Che cosa fare")).not_to_contain_text("Impara")
    assert "municipio=5" in page.url
    page.get_by_role("link", name="Falegname di quartiere").click()
    expect(page.get_by_role("heading", name="Che cosa ti serve")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "catalogue-activity")
    page.go_back()
    expect(page.get_by_text("1 risultato", exact=True)).to_be_visible()
