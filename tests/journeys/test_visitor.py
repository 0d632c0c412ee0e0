"""Somebody who looks around without an account."""

from tests.journeys.conftest import assert_accessible, expect, screenshot


def test_looks_around(page, edition):
    page.goto("/")
    expect(page.get_by_role("heading", name="Cosa vuoi fare adesso?")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "visitor-home")

    page.get_by_role("link", name="Non lo so: parliamone").click()
    expect(page.get_by_role("heading", name="Parliamone", level=1)).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Privacy").click()
    expect(page.get_by_role("heading", name="Che cosa facciamo con i tuoi dati")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Dichiarazione di accessibilità").click()
    assert_accessible(page)

    page.goto("/che-cose/")
    expect(page.get_by_text("CE.SVI.P")).to_be_visible()
    assert_accessible(page)


def test_reads_the_portal_in_english_and_comes_back(page, edition):
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="What do you want to do now?")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Italiano").click()
    expect(page.get_by_role("heading", name="Cosa vuoi fare adesso?")).to_be_visible()


def test_looks_around_without_javascript(new_page, edition):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Non lo so: parliamone").click()
    expect(page.get_by_role("heading", name="Parliamone", level=1)).to_be_visible()
