"""What people of the journeys do on a page: press, follow, read, look."""

import re

from tests.journeys.conftest import assert_accessible, expect, screenshot


def main(page):
    """The page without its header and footer."""
    return page.get_by_role("main")


def press(page, name):
    """The one button that is called exactly so."""
    main(page).get_by_role("button", name=name, exact=True).click()


def press_first(page, name):
    """The first of the buttons that are called exactly so."""
    main(page).get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    """The first link with these words."""
    main(page).get_by_role("link", name=name).first.click()


def says(page, words):
    """Somewhere on the page it is to be read."""
    expect(main(page).get_by_text(words).first).to_be_visible()


def looks_well(page, name):
    """axe-core finds nothing, and a picture is kept by this name."""
    assert_accessible(page)
    screenshot(page, name)


def link_in(text, part="/firma/"):
    """The address in a message that holds `part`."""
    return re.search(rf"\S+{part}\S+", text)[0]
