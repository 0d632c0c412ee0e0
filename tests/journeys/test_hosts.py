"""Marta enters a host once, is told when it is known, corrects it, and reads how many interns it may have."""

from django.utils import timezone

from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well


def enter(page):
    page.goto("/tirocini/aziende/nuova/")
    page.get_by_label("Nome dell’azienda").fill("Acque del Nord")
    page.get_by_label("Partita IVA").fill("00743110157")
    page.get_by_label("Codice ATECO").fill("36.00")
    page.get_by_label("Indirizzo").fill("Via Meda 44")
    page.get_by_label("Dipendenti in questa sede").fill("31")
    page.get_by_label("Di cui a tempo indeterminato").fill("25")
    page.get_by_label("Nome e cognome").fill("Paola Ricci")
    page.get_by_label("Telefono").fill("02 29400580")
    page.get_by_role("button", name="Salva").click()


def test_a_host_is_entered_once_corrected_and_its_places_are_explained(signed_in, partner_staff):
    marta = signed_in(partner_staff)
    enter(marta)
    expect(marta.get_by_role("heading", level=1)).to_have_text("Acque del Nord")
    expect(marta.get_by_text("4 posti liberi su 4")).to_be_visible()
    marta.get_by_text("Perché così").click()
    expect(marta.get_by_text("31 dipendenti: il 10 per cento, arrotondato in su, fa 4.")).to_be_visible()
    looks_well(marta, "host-places")

    enter(marta)  # a colleague had done it before
    expect(marta.get_by_text("Questa partita IVA è di Acque del Nord.")).to_be_visible()
    looks_well(marta, "host-known")
    marta.get_by_role("link", name="Vai avanti con questa").click()

    marta.get_by_role("link", name="Modifica l’azienda").click()
    looks_well(marta, "host-change")
    marta.get_by_role("textbox", name="Contratto collettivo").fill("Gas e acqua")
    marta.get_by_label("Ore alla settimana da contratto").fill("38,5")
    marta.get_by_label("Procedura concorsuale dal").fill(timezone.localdate().isoformat())
    marta.get_by_role("button", name="Salva").click()
    expect(marta.get_by_text("38,5 ore", exact=False)).to_be_visible()
    expect(marta.get_by_text("L’azienda è in una procedura concorsuale")).to_be_visible()

    marta.get_by_role("link", name="Modifica Via Meda 44").click()
    marta.get_by_label("Di cui a tempo indeterminato").fill("32")
    marta.get_by_role("button", name="Salva").click()
    expect(marta.get_by_role("alert")).to_contain_text("più dei dipendenti")
    marta.get_by_label("Di cui a tempo indeterminato").fill("5")
    marta.get_by_label("Dipendenti in questa sede").fill("5")
    marta.get_by_role("button", name="Salva").click()
    expect(marta.get_by_text("1 posto libero su 1")).to_be_visible()

    marta.get_by_role("link", name="Modifica Paola Ricci").click()
    marta.get_by_label("Nome e cognome").fill("Paola Ricci Sala")
    marta.get_by_role("button", name="Salva").click()
    expect(marta.get_by_text("Tutor dell’azienda corretto")).to_be_visible()
    looks_well(marta, "host-story")


def test_the_first_place_that_is_taken_is_counted(signed_in, operator):
    internship = factories.InternshipFactory(unit__headcount=4)
    factories.HostTutorFactory(host=internship.unit.host)
    sara = signed_in(operator)
    sara.goto(f"/tirocini/aziende/{internship.unit.host_id}/")
    expect(sara.get_by_text("0 posti liberi su 1")).to_be_visible()
    looks_well(sara, "host-full")
