"""Sara reads her week and publishes hours without touching the mouse."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Availability
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well


@pytest.fixture
def sara(signed_in, operator):
    return signed_in(operator)


def by_key(page, name):
    """Tab to the link or button of the page's main part that has this name, and press Enter."""
    wanted = page.get_by_role("main").locator("a, button").filter(has_text=name).first
    expect(wanted).to_be_visible()
    page.locator("h1").evaluate("element => { element.tabIndex = -1; element.focus() }")
    for _press in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_a_week_by_keyboard(sara, participation, operator, city):
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    starts = timezone.make_aware(timezone.datetime(monday.year, monday.month, monday.day, 11))
    factories.AppointmentFactory(participation=participation, operator=operator, organisation=city, starts_at=starts)
    page = sara
    page.goto("/agenda/")
    looks_well(page, "agenda")
    by_key(page, "Settimana")
    expect(page.get_by_role("heading", name="Settimana dal")).to_be_visible()
    by_key(page, "Settimana dopo")
    expect(page.get_by_role("link", name="Amina Bianchi")).to_be_visible()
    looks_well(page, "agenda-week")
    by_key(page, "Le mie disponibilità")
    expect(page.get_by_role("heading", name="Le mie disponibilità")).to_be_visible()
    page.get_by_label("martedì").focus()
    page.keyboard.press("Space")
    page.get_by_label("Dalle").fill("15:00")
    page.get_by_label("Alle", exact=True).fill("16:00")
    looks_well(page, "hours")
    by_key(page, "Pubblica queste ore")
    expect(page.get_by_text("Pubblicate: da adesso")).to_be_visible()
    hours = Availability.objects.get()
    assert hours.rule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
    by_key(page, "Martedì, ogni settimana")
    expect(page.get_by_role("heading", name="Martedì, ogni settimana")).to_be_visible()
    looks_well(page, "hours-detail")
