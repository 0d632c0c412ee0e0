"""A morning at the desk: people come in, two operators see the same queue, and nobody is called twice."""

import re
import time

from intake.models import Participation, QueueEntry
from tests.journeys.conftest import assert_accessible, expect, screenshot
from tests.journeys.deeds import press

QUEUE = "/accoglienza/coda/"
# The page looks again every ten seconds.
SOON = 20_000
LOOKS_AGAIN = re.compile(r"/accoglienza/coda/\?v=")


def test_a_walk_in_in_a_minute(signed_in, edition, operator):
    page = signed_in(operator)
    page.goto("/accoglienza/")
    started = time.monotonic()
    page.get_by_role("main").get_by_role("link", name="Coda", exact=True).click()
    press(page, "Metti in coda")  # without a name nobody can be called
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Chi è arrivato?").fill("Niccolò")
    page.get_by_label("Per che cosa?").fill("Cerca un corso")
    press(page, "Metti in coda")
    expect(page.get_by_text("1 persona in attesa")).to_be_visible()
    screenshot(page, "queue")
    press(page, "Chiama Niccolò")
    page.get_by_role("link", name="Accogli Niccolò").click()
    expect(page.get_by_label("Nome", exact=True)).to_have_value("Niccolò")
    expect(page.get_by_label("Che cosa cerca?")).to_have_value("Cerca un corso")
    page.get_by_label("Cognome").fill("Verdi")
    page.get_by_label("Data di nascita").fill("2006-02-28")
    page.get_by_label("Che cosa succede adesso?").fill("Un colloquio")
    press(page, "Accoglienza fatta")
    expect(page.get_by_role("heading", name="Niccolò Verdi")).to_be_visible()
    assert time.monotonic() - started < 60
    page.goto(QUEUE)
    expect(page.get_by_text("Nessuno in attesa")).to_be_visible()
    expect(page.get_by_role("link", name="Niccolò Verdi")).to_be_visible()
    press(page, "Va via Niccolò V.")
    expect(page.get_by_text("Non c’è nessuno")).to_be_visible()
    entry = QueueEntry.objects.get()
    assert (entry.state, entry.participation, entry.first_name) == ("left", Participation.objects.get(), "")


def test_two_desks_one_queue(signed_in, participation, operator, other_operator):
    here, there = signed_in(operator), signed_in(other_operator)
    here.goto(QUEUE)
    there.goto(QUEUE)
    expect(there.get_by_text("Non c’è nessuno")).to_be_visible()
    here.goto("/accoglienza/?q=bianchi")
    here.get_by_role("button", name="È qui Bianchi Amina").click()
    expect(here.get_by_text("1 persona in attesa")).to_be_visible()
    expect(there.get_by_role("link", name="Amina Bianchi")).to_be_visible(timeout=SOON)
    assert_accessible(there)
    # One screen learns of nothing for a while and shows her as waiting: whoever presses then is told.
    here.route(LOOKS_AGAIN, lambda route: route.fulfill(status=204))
    press(there, "Chiama Amina B.")
    expect(there.get_by_role("link", name="Accogli Amina B.")).to_be_visible()
    press(here, "Chiama Amina B.")
    expect(here.get_by_text("ha già chiamato questa persona")).to_be_visible()
    here.unroute(LOOKS_AGAIN)
    expect(here.get_by_text("Chiamata alle")).to_be_visible(timeout=SOON)
    screenshot(here, "queue-called")
    press(there, "Solo informazioni Amina B.")
    expect(there.get_by_role("heading", name="Amina Bianchi")).to_be_visible()
    expect(here.get_by_text("Allo sportello", exact=True)).to_be_visible(timeout=SOON)
    assert QueueEntry.objects.get().called_by == other_operator


def test_the_queue_without_javascript(new_page, live_server, client, edition, operator, settings):
    client.force_login(operator, backend="accounts.backends.ByPassword")
    page = new_page(java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(QUEUE)
    page.get_by_label("Chi è arrivato?").fill("Sofia")
    press(page, "Metti in coda")
    press(page, "Chiama Sofia")
    page.get_by_role("link", name="Guarda di nuovo chi c’è").click()
    expect(page.get_by_text("Chiamata alle")).to_be_visible()
    press(page, "Solo informazioni Sofia")
    press(page, "Va via Sofia")
    expect(page.get_by_text("Non c’è nessuno")).to_be_visible()
