"""Amina’s whole way on her phone: she books, moves, agrees, does what she set out to do, reads without a network."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from intake import actions
from intake.models import Appointment, Plan
from migwork import repeats
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot
from tests.journeys.deeds import says
from tests.journeys.offline import HAS_COPY, until, without_network


@pytest.fixture
def hours(operator, city, now):
    """From tomorrow, every day at ten and at half past."""
    today = timezone.localdate(now)
    return actions.publish_availability(
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


def link(page, name):
    return page.get_by_role("main").get_by_role("link", name=name)


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def the_desk_makes_a_plan(participation, operator, now):
    """At the first talk: one goal, an errand and another talk, proposed."""
    by = {"by": operator, "now": now}
    today = timezone.localdate(now)
    actions.receive(
        participation=participation,
        channel="web",
        sent_by="",
        need="Un lavoro",
        information_given="",
        next_step="Il progetto",
        **by,
    )
    plan = actions.start_plan(participation=participation, **by)
    goal = actions.add_goal(plan=plan, title="Lavorare in un bar", **by)
    for title, kind, talk, days in (
        ("Scrivere il curriculum", "errand", "", 3),
        ("Guardare insieme come va", "appointment", "plan_review", 12),
    ):
        due_on = today + timedelta(days=days)
        actions.add_action(goal=goal, title=title, kind=kind, talk=talk, due_on=due_on, **by)
    actions.propose_plan(plan=plan, review_on=today + timedelta(days=60), **by)


def test_the_whole_way(signed_in, participation, operator, young_person, hours, now):
    page = signed_in(young_person.user)
    page.goto("/")
    link(page, "Scegli un’ora").click()
    link(page, "10:00").first.click()
    press(page, "Prenota quest’ora")
    says(page, "Fatto: ti aspettiamo")
    page.goto("/")
    link(page, "Vedi, sposta o disdici").click()
    link(page, "Sposta").click()
    link(page, "10:30").first.click()
    press(page, "Sposta")
    says(page, "Fatto: ti aspettiamo")
    appointment = Appointment.objects.get()
    assert timezone.localtime(appointment.starts_at).time() == time(10, 30)
    assert "10:30" in latest_message(young_person.email)

    the_desk_makes_a_plan(participation, operator, now)
    page.goto("/")
    says(page, "Leggi il tuo progetto")
    link(page, "Leggi e dicci di sì").click()
    says(page, "Lavorare in un bar")
    assert_accessible(page)
    press(page, "Sono d’accordo")
    expect(page.get_by_role("heading", name="Il mio progetto", exact=True)).to_be_visible()
    assert Plan.objects.get().state == "agreed"

    link(page, "Aggiungi un passo tuo").click()
    expect(page.get_by_role("heading", name="Un passo tuo")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Che cosa vuoi fare?").fill("Chiedere al bar sotto casa")
    press(page, "Aggiungi al mio progetto")
    says(page, "Chiedere al bar sotto casa")
    page.get_by_role("button", name="L’ho fatto : Scrivere il curriculum").click()
    says(page, "Bene! Se è stato un errore")
    says(page, "1 passo fatto su 3")
    assert_accessible(page)
    screenshot(page, "young-day-plan")

    link(page, "Aggiungi un file : Scrivere il curriculum").click()
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "curriculum.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40}
    )
    press(page, "Aggiungi")
    expect(link(page, "curriculum.png")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "young-day-files")
    link(page, "Torna al progetto").click()

    link(page, "Scegli un’ora").click()  # the talk of the plan
    link(page, "10:00").first.click()
    press(page, "Prenota quest’ora")
    says(page, "Fatto: ti aspettiamo")
    assert Appointment.objects.get(kind="plan_review").plan_action.title == "Guardare insieme come va"

    until(page, HAS_COPY)
    until(page, "async () => (await (await caches.match('/senza-rete/')).text()).includes('10:00')")
    shown = without_network(page)
    for words in ("Sei senza rete", "10:30", "via Dogana 2", "Chiedere al bar sotto casa", "Fatto"):
        assert words in shown, words
