"""Amina books a talk, moves it and cancels it: on a phone, and in a browser without JavaScript."""

from datetime import time, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from intake import actions
from intake.models import Appointment
from migwork import repeats
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot
from tests.journeys.deeds import press


@pytest.fixture
def hours(operator, city, now):
    """From tomorrow, every day at ten and at half past; holidays are of no matter here."""
    today = timezone.localdate(now)
    availability = actions.publish_availability(
        organisation=city,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(10),
        closes_at=time(11),
        minutes=30,
        first_day=today + timedelta(days=1),
        last_day=today + timedelta(days=14),
        mode="place",
        place="Informagiovani, via Dogana 2",
        by=operator,
        now=now,
    )
    return list(availability.slots.all())


@pytest.fixture(params=["with JavaScript", "without"])
def amina(request, new_page, live_server, client, young_person):
    """Her browser, signed in."""
    client.force_login(young_person.user, backend="accounts.backends.ByPassword")
    page = new_page(java_script_enabled=request.param != "without")
    page.checks = request.param != "without"
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def looks_well(page, name):
    if page.checks:
        assert_accessible(page)
        screenshot(page, name)


def link(page, name):
    return page.get_by_role("main").get_by_role("link", name=name)


def test_books_and_moves_without_javascript(amina, participation, hours):
    page = amina
    page.goto("/")
    link(page, "Scegli un’ora").click()  # one
    expect(page.get_by_role("heading", name="Scegli un’ora")).to_be_visible()
    looks_well(page, "booking-hours")
    link(page, "10:00").first.click()  # two
    expect(page.get_by_role("heading", name="Va bene così?")).to_be_visible()
    looks_well(page, "booking-confirm")
    press(page, "Prenota quest’ora")  # three
    expect(page.get_by_text("Fatto: ti aspettiamo")).to_be_visible()
    looks_well(page, "my-appointment")
    appointment = Appointment.objects.get()
    assert appointment.slot == hours[0]
    assert "10:00" in latest_message("amina@example.org")

    page.goto("/")
    link(page, "Vedi, sposta o disdici").click()
    link(page, "Sposta").click()
    expect(page.get_by_text("Il tuo appuntamento resta finché non hai scelto.")).to_be_visible()
    looks_well(page, "appointment-move")
    link(page, "10:30").first.click()
    press(page, "Sposta")
    expect(page.get_by_text("Fatto: ti aspettiamo")).to_be_visible()
    appointment.refresh_from_db()
    assert appointment.slot == hours[1]
    assert "10:30" in latest_message("amina@example.org")

    link(page, "Non posso venire: disdici").click()
    looks_well(page, "appointment-cancel")
    press(page, "Sì, disdici")
    expect(page.get_by_text("Disdetto. Grazie di averlo detto")).to_be_visible()
    appointment.refresh_from_db()
    assert appointment.state == "excused"
    hours[1].refresh_from_db()
    assert hours[1].taken == 0
