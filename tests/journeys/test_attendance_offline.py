"""Marta marks her list on a phone while the network comes and goes; Amina checks in by the code on the screen."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
import zxingcpp
from PIL import Image

from pathways import actions
from pathways.models import Attendance, AttendanceMark, ClosedList
from reporting.counting import count
from reporting.indicators import INDICATORS, Scope
from tests import factories
from tests.journeys.conftest import NO_ANSWER, expect, tolerate
from tests.journeys.deeds import looks_well, press
from tests.journeys.test_interview import drafts, nothing_waits
from tests.pathways import ways

NAMES = ["Ada Rossi", "Bruno Conti", "Carla Sala", "Dina Gatti", "Elio Riva", "Fatima Haddad"]


@pytest.fixture
def run(partner, edition, now):
    """A course with a session that is on now, for four hours."""
    run = ways.started_run(ways.course(partner, edition, title="Barman per eventi"), now, sessions=1)
    run.sessions.all().delete()
    start = now - timedelta(minutes=5)
    factories.SessionFactory(run=run, starts_at=start, ends_at=start + timedelta(hours=4))
    return run


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def people(run, edition, now):
    """Six with a place, by name: their enrolments."""
    found = {}
    for name in NAMES:
        first, last = name.split()
        somebody = ways.taker(edition, first_name=first, last_name=last)
        found[name] = factories.EnrolmentFactory(run=run, participation=somebody, asked_at=now)
    return found


def row(page, name):
    return page.get_by_role("group", name=name)


def tap(page, name, mark):
    row(page, name).get_by_label(mark, exact=True).check()


def stored() -> dict:
    """Each person's mark, as the database has it."""
    rows = Attendance.objects.select_related("enrolment__participation__person")
    return {str(each.enrolment.participation.person.full_name): each.state for each in rows}


def code_on(screen) -> str:
    """The address that a camera reads from the screen."""
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(screen.locator("img.qr").screenshot())))
    return found.text


def test_a_bad_network_loses_nothing(signed_in, run, session, people, partner_staff, partner_admin, edition):
    page = signed_in(partner_staff)
    address = f"/attivita/incontri/{session.pk}/"
    page.goto(address)
    looks_well(page, "attendance-begun")
    tap(page, "Ada Rossi", "Presente")
    expect(row(page, "Ada Rossi").get_by_text("Inviato", exact=True)).to_be_visible()
    assert stored() == {"Ada Rossi": "present"}

    # The network goes: what is tapped stays, also when the page is closed; no names are kept.
    with tolerate(page, NO_ANSWER):
        page.context.set_offline(True)
        tap(page, "Bruno Conti", "Presente")
        tap(page, "Carla Sala", "Assente")
        tap(page, "Carla Sala", "In ritardo")
        expect(row(page, "Carla Sala").get_by_label("Per quante ore c’era?")).to_have_value("3,75")
        expect(row(page, "Bruno Conti").get_by_text("Non ancora inviato")).to_be_visible()
        expect(page.locator("#marks-said")).to_contain_text("2 · Non ancora inviati")
        looks_well(page, "attendance-without-network")
        press(page, "Salva le presenze")
        expect(page.locator("#marks-said")).to_contain_text("Adesso non c’è rete")
        kept = page.evaluate("JSON.stringify(localStorage)")
        assert not any(word in kept for name in NAMES for word in name.split())
        assert stored() == {"Ada Rossi": "present"}
        page.goto("about:blank")
        page.context.set_offline(False)
    page.goto(address)
    nothing_waits(page)
    expect(page.locator("#marks-said")).to_have_text("Tutto inviato.")
    assert stored() == {"Ada Rossi": "present", "Bruno Conti": "present", "Carla Sala": "late"}
    assert Attendance.objects.get(state="late").hours == Decimal("3.75")

    # The answer is lost after the mark was written: it is sent again, and written once.
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    with tolerate(page, NO_ANSWER):
        page.route(f"**{address}", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
        tap(page, "Dina Gatti", "Presente")
        expect(row(page, "Dina Gatti").get_by_text("Non ancora inviato")).to_be_visible()
        while not lost:
            page.wait_for_timeout(50)
        assert stored()["Dina Gatti"] == "present"
        # A colleague puts it right meanwhile, on another phone.
        there = signed_in(partner_admin)
        there.goto(address)
        tap(there, "Dina Gatti", "Ha avvisato")
        nothing_waits(there)
        page.unroute(f"**{address}")
        nothing_waits(page)
    assert stored()["Dina Gatti"] == "excused"
    assert AttendanceMark.objects.filter(attendance__enrolment=people["Dina Gatti"]).count() == 2
    page.reload()
    expect(row(page, "Dina Gatti").get_by_label("Ha avvisato")).to_be_checked()

    # What both mark at once is not overwritten unread: the second reads what the first has marked.
    there.reload()
    tap(there, "Elio Riva", "Assente")
    nothing_waits(there)
    tap(page, "Elio Riva", "Presente")
    expect(row(page, "Elio Riva").get_by_text("Intanto qualcun altro ha segnato")).to_be_visible()
    expect(row(page, "Elio Riva").get_by_label("Assente")).to_be_checked()
    looks_well(page, "attendance-meanwhile")
    row(page, "Elio Riva").get_by_role("button", name="Va bene").click()
    assert drafts(page) == 0
    tap(page, "Elio Riva", "Presente")
    nothing_waits(page)
    assert stored()["Elio Riva"] == "present"

    # The last one, then the list is closed; what is wrong in it is put right with a reason.
    tap(page, "Fatima Haddad", "Presente")
    nothing_waits(page)
    press(page, "Salva e chiudi la lista")
    expect(page.get_by_text("La lista è chiusa.")).to_be_visible()
    assert ClosedList.objects.get().session == session
    page.goto(address)
    looks_well(page, "attendance-closed")
    before = count(INDICATORS["hours"], Scope.of(edition)).total
    page.get_by_role("link", name="Correggi Fatima Haddad").click()
    page.get_by_label("In ritardo").check()
    page.get_by_label("Per quante ore c’era?").fill("2,5")
    press(page, "Correggi")
    expect(page.get_by_role("alert")).to_contain_text("Scrivi perché")
    looks_well(page, "attendance-correct-unsaid")
    page.get_by_label("Perché lo cambi?").fill("Sul foglio c’è la firma delle 15:30")
    press(page, "Correggi")
    expect(page.get_by_text("Corretto. Quello che c’era prima")).to_be_visible()
    page.locator("details", has_text="Sul foglio").locator("summary").click()
    expect(page.get_by_text("Perché: Sul foglio c’è la firma delle 15:30")).to_be_visible()
    looks_well(page, "attendance-corrected")
    assert count(INDICATORS["hours"], Scope.of(edition)).total == before - Decimal("1.5")


def test_without_javascript_it_is_a_form(new_page, live_server, client, session, people, partner_staff, settings):
    client.force_login(partner_staff, backend="accounts.backends.ByPassword")
    page = new_page(java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"/attivita/incontri/{session.pk}/")
    page.get_by_role("link", name="Tutti presenti").click()
    row(page, "Carla Sala").get_by_label("In ritardo").check()
    row(page, "Carla Sala").get_by_label("Per quante ore c’era?").fill("2")
    press(page, "Salva le presenze")
    expect(page.get_by_text("Presenze salvate.")).to_be_visible()
    assert stored() == dict.fromkeys(NAMES, "present") | {"Carla Sala": "late"}


def test_signing_out_leaves_no_mark_behind(signed_in, session, people, partner_staff):
    page = signed_in(partner_staff)
    page.goto(f"/attivita/incontri/{session.pk}/")
    with tolerate(page, NO_ANSWER):
        page.route("**/attivita/incontri/**", lambda route: route.abort())
        tap(page, "Ada Rossi", "Presente")
        expect(row(page, "Ada Rossi").get_by_text("Non ancora inviato")).to_be_visible()
        page.goto(f"/attivita/edizioni/{session.run_id}/")
        expect(page.get_by_text("restano solo su questo dispositivo")).to_be_visible()
        looks_well(page, "attendance-unsent")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/account/logout/")
        page.get_by_role("main").get_by_role("button", name="Esci").click()
        expect(page.get_by_role("link", name="Accedi").first).to_be_visible()
    assert drafts(page) == 0


def test_checks_in_by_the_code_on_the_screen(signed_in, run, session, participation, partner_staff, now):
    actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)
    screen, phone = signed_in(partner_staff), signed_in(participation.person.user)
    screen.goto(f"/attivita/incontri/{session.pk}/")
    screen.get_by_role("link", name="Codice QR").click()
    expect(screen.get_by_text("Finora: 0 su 1")).to_be_visible()
    looks_well(screen, "check-in-screen")
    address = code_on(screen)
    phone.goto(address)
    looks_well(phone, "check-in")
    phone.get_by_role("button", name="Sì, ci sono").click()
    expect(phone.get_by_text("Fatto: sei nella lista.")).to_be_visible()
    assert list(Attendance.objects.values_list("state", "recorded_by")) == [("present", participation.person.user_id)]
    screen.reload()
    expect(screen.get_by_text("Finora: 1 su 1")).to_be_visible()
