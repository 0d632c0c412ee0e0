"""Somebody who writes pages, and looks up the components in the gallery."""

import brotli
import pytest

from tests.journeys.conftest import assert_accessible, expect, screenshot

FIRST_VISIT = 150 * 1024
LATER_PAGE = 20 * 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_finds_every_component_usable_by_everybody(page, edition, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/galleria/")
    assert_accessible(page)
    screenshot(page, f"gallery-{scheme}")


def test_sees_a_refused_form_and_is_led_to_the_field(page, edition):
    page.goto("/galleria/")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Che cosa fai adesso").click()
    expect(page.get_by_role("radio", name="Studio").last).to_be_focused()


def test_watches_a_long_job_end(page, edition):
    page.goto("/galleria/")
    expect(page.get_by_text("Il rapporto è pronto")).to_be_visible()


def test_opens_the_menu(page, edition):
    page.goto("/")
    menu = page.get_by_role("navigation", name="Menu principale")
    if page.device == "phone":
        expect(menu).not_to_be_visible()
        page.get_by_text("Menu", exact=True).click()
    expect(menu.get_by_role("link", name="Home")).to_be_visible()
    assert_accessible(page)


def test_opens_the_menu_without_javascript(browser, live_server, edition):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="it-IT", viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("navigation", name="Menu principale")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", ["/", "/galleria/", "/opportunita/"])
def test_downloads_little(page, edition, path):
    """All that the browser fetches for a page, as the web server packs it."""
    loaded = {}

    def keep(response):
        body = response.body()
        packed = body if response.url.endswith((".woff2", ".png")) else brotli.compress(body)
        loaded[response.url] = len(packed)

    page.on("requestfinished", lambda request: keep(request.response()))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert any(url.endswith(".css") for url in loaded)
    assert any(url.endswith("400.woff2") for url in loaded)
    assert sum(loaded.values()) < FIRST_VISIT, loaded
    assert loaded[page.url] < LATER_PAGE
