"""The next step without a network, on phones that are not only one's own."""

import pytest

from tests import factories
from tests.journeys.conftest import assert_accessible, expect, screenshot, tolerate
from tests.journeys.offline import ALL_THAT_IS_KEPT, HAS_COPY, until, without_network
from tests.journeys.plans import agreed_plan


@pytest.fixture
def plan(participation, operator, young_person, now):
    return agreed_plan(participation, operator, young_person.user, now)


@pytest.fixture
def amina(signed_in, plan, young_person):
    """Her page, once the phone has kept what there is to keep."""
    page = signed_in(young_person.user)
    page.goto("/")
    expect(page.get_by_role("heading", name="Ciao Amina")).to_be_visible()
    until(page, HAS_COPY)
    return page


def test_the_next_step_without_a_network(amina, plan):
    amina.context.set_offline(True)
    for path in ("/", "/progetto/", "/opportunita/"):
        amina.goto(path)
        expect(amina.get_by_role("heading", name="Sei senza rete")).to_be_visible()
        expect(amina.get_by_text("Questo è quello che avevi")).to_be_visible()
        expect(amina.locator(".next-step").get_by_text("Scrivere il curriculum")).to_be_visible()
        expect(amina.get_by_role("heading", name="Lavorare in un bar")).to_be_visible()
    # To be read only: nothing to send, and it looks like the portal.
    assert amina.locator("form").count() == 0
    assert amina.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Titillium Web"')
    assert_accessible(amina)
    screenshot(amina, "offline")
    amina.context.set_offline(False)
    expect(amina.get_by_role("heading", name="Ciao Amina")).to_be_visible(timeout=15_000)  # by itself


def test_what_was_done_is_what_one_reads(amina, plan, young_person):
    amina.goto("/progetto/")
    amina.get_by_role("button", name="L’ho fatto").first.click()
    expect(amina.get_by_text("Se è stato un errore")).to_be_visible()
    kept = (
        "async () => (await (await (await caches.open('migwork-copy')).match('/senza-rete/')).text()).includes('Fatto')"
    )
    until(amina, kept)
    assert "Fatto" in without_network(amina)


def test_nothing_is_left_on_the_phone_after_signing_out(amina):
    assert "Scrivere il curriculum" in amina.evaluate(ALL_THAT_IS_KEPT)
    amina.goto("/account/logout/")
    amina.get_by_role("main").get_by_role("button", name="Esci").click()
    expect(amina.get_by_role("link", name="Accedi").first).to_be_visible()
    assert amina.evaluate(ALL_THAT_IS_KEPT) == ""
    assert without_network(amina) == ""
    assert without_network(amina, "/senza-rete/") == ""


def test_signing_out_without_a_network_forgets_it_too(amina):
    amina.goto("/account/logout/")
    amina.context.set_offline(True)
    amina.get_by_role("main").get_by_role("button", name="Esci").click()
    amina.wait_for_timeout(300)
    amina.context.set_offline(False)
    assert without_network(amina) == ""


def test_another_person_on_the_same_phone_reads_nothing_of_the_first(
    amina, client, live_server, other_young_person, edition, settings
):
    """Amina forgot to sign out; her session ended on the server. Luca signs in, and the network goes."""
    factories.ParticipationFactory(person=other_young_person, edition=edition)
    client.force_login(other_young_person.user, backend="accounts.backends.ByPassword")
    name = settings.SESSION_COOKIE_NAME
    session = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    client.cookies.clear()
    amina.context.add_cookies([session])
    amina.goto("/")
    expect(amina.get_by_role("heading", name="Ciao Luca")).to_be_visible()
    until(amina, HAS_COPY)
    assert "Scrivere il curriculum" not in amina.evaluate(ALL_THAT_IS_KEPT)
    shown = without_network(amina)
    assert "Sei senza rete" in shown
    assert "Scrivere il curriculum" not in shown


@pytest.mark.parametrize("who", ["nobody", "operator"])
def test_a_page_of_somebody_else_forgets_it(amina, client, live_server, operator, settings, who):
    amina.context.clear_cookies()
    if who == "operator":
        client.force_login(operator, backend="accounts.backends.ByPassword")
        name = settings.SESSION_COOKIE_NAME
        amina.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        client.cookies.clear()
    amina.goto("/privacy/")
    expect(amina.get_by_role("heading", level=1)).to_be_visible()
    assert amina.evaluate(ALL_THAT_IS_KEPT) == ""
    assert without_network(amina) == ""


def test_staff_keep_nothing(signed_in, operator, participation):
    page = signed_in(operator)
    page.goto("/accoglienza/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    assert page.evaluate("caches.keys()") == []


def test_the_server_in_trouble_takes_nothing_away(amina, plan):
    with tolerate(amina, 502):
        amina.context.route("**/progetto/", lambda route: route.fulfill(status=502, body="…"))
        amina.goto("/progetto/")
    assert amina.evaluate(HAS_COPY)
