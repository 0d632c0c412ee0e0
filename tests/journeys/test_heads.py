"""A workshop in a school: who is registered is marked, the class is counted, the coordinator sees the two apart."""

from pathways import actions
from reporting.actions import refresh_figures
from tests.journeys.conftest import assert_accessible, expect, screenshot
from tests.pathways import ways


def test_a_class_is_counted_beside_who_is_registered(
    signed_in, partner, partner_staff, edition, participation, coordinator, now
):
    run = ways.started_run(ways.course(partner, edition, title="Presentarsi a un colloquio"), now, sessions=1)
    actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)
    marta = signed_in(partner_staff)
    marta.goto(f"/attivita/incontri/{run.sessions.get().pk}/")
    marta.get_by_role("link", name="Conta le teste").first.click()
    expect(marta.get_by_role("heading", level=1)).to_have_text("È venuta una classe?")
    marta.get_by_role("button", name="Conta", exact=True).click()
    expect(marta.get_by_role("alert")).to_be_visible()
    assert_accessible(marta)
    screenshot(marta, "heads-errors")
    marta.get_by_label("Quanti").fill("24")
    marta.get_by_label("Classe").fill("3B")
    marta.get_by_label("Età").select_option("16_17")
    marta.get_by_role("button", name="Conta", exact=True).click()
    expect(marta.get_by_role("listitem").filter(has_text="24 teste")).to_contain_text("3B, 16–17 anni")
    marta.get_by_label("Quanti").fill("2")
    marta.get_by_role("button", name="Conta", exact=True).click()
    expect(marta.get_by_role("listitem").filter(has_text="2 teste").first).to_be_visible()
    marta.get_by_role("button", name="Togli 2", exact=True).click()
    expect(marta.get_by_role("listitem").filter(has_text="2 teste")).to_have_count(0)
    assert_accessible(marta)
    screenshot(marta, "heads")

    refresh_figures(edition=edition, now=now, by=coordinator)
    carla = signed_in(coordinator)
    carla.goto("/cruscotto/")
    expect(carla.get_by_text("24 teste a 1 incontro.")).to_be_visible()
    assert_accessible(carla)
    screenshot(carla, "heads-dashboard")
