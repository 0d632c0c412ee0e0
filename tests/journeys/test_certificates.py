"""A certificate: from the rule to the page on which an employer checks it, and back when it is taken back."""

import re

import pytest

from pathways.models import Certificate
from tests.journeys.conftest import expect, tolerate
from tests.journeys.deeds import looks_well
from tests.pathways import ways
from tests.pathways.certificates import completed, finished_run


@pytest.fixture
def run(partner, edition, participation, now):
    """A course that is over: Amina was always there, another only once."""
    run = finished_run(ways.course(partner, edition, title="Barman per eventi"), now)
    completed(run, participation)
    completed(run, ways.taker(edition, first_name="Bruno", last_name="Verdi"), sessions=1)
    return run


# Here papers are drawn while the page waits, which on a busy machine takes its time.
PATIENCE = 60_000


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click(timeout=PATIENCE)


def write_the_rule(page, run):
    page.goto(f"/attivita/{run.opportunity.slug}/")
    page.get_by_role("link", name="Chi riceve l’attestato").click()
    page.get_by_label("Quota minima delle ore").fill("0")
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "certificate-rule-error")
    page.get_by_label("Quota minima delle ore").fill("70")
    page.get_by_label("Che cosa si sa fare dopo").fill("prepara caffè e cocktail\naccoglie i clienti")
    looks_well(page, "certificate-rule")
    press(page, "Salva")
    expect(page.get_by_text("Vale per gli attestati che rilasci da ora in poi.")).to_be_visible()


def give_to_all(page, run):
    page.goto(f"/attivita/edizioni/{run.pk}/")
    page.get_by_role("main").get_by_role("link", name="Attestati").click()
    expect(page.get_by_text("25 % delle ore invece del 70 %.")).to_be_visible()
    looks_well(page, "run-certificates")
    press(page, "Rilascia l’attestato a 1 persona")
    expect(page.get_by_text("1 attestato è fatto")).to_be_visible(timeout=PATIENCE)
    looks_well(page, "run-certificates-made")


def get_it(page):
    page.goto("/iscrizioni/")
    page.get_by_role("link", name="I miei attestati").click()
    expect(page.get_by_role("heading", name="Barman per eventi")).to_be_visible()
    looks_well(page, "certificate-list")
    with page.expect_download() as download:
        page.get_by_role("link", name="Scarica il PDF").click()
    assert re.fullmatch(r"attestato-\d+-\d{4}\.pdf", download.value.suggested_filename)
    page.goto("/io/traguardi/")
    expect(page.get_by_role("main").get_by_role("link", name="Attestato")).to_be_visible()


def check_it(page, certificate):
    page.goto("/")
    page.get_by_role("link", name="Verifica un attestato").click()
    page.get_by_label("Codice sull’attestato").fill("2345")
    press(page, "Verifica")
    expect(page.get_by_role("alert")).to_contain_text("Guardalo di nuovo")
    looks_well(page, "certificate-check-error")
    page.get_by_label("Codice sull’attestato").fill(certificate.code.lower())
    press(page, "Verifica")
    expect(page.get_by_text("Questo attestato è autentico e valido")).to_be_visible()
    expect(page.get_by_text("A. B.")).to_be_visible()
    expect(page.get_by_text("Amina")).to_have_count(0)
    looks_well(page, "certificate-proof")
    page.get_by_label("Nome e cognome sull’attestato").fill("Amina Rossi")
    press(page, "Confronta")
    expect(page.get_by_role("alert")).to_contain_text("Non è il nome")
    looks_well(page, "certificate-proof-error")
    page.get_by_label("Nome e cognome sull’attestato").fill("amina bianchi")
    press(page, "Confronta")
    expect(page.get_by_text("accoglie i clienti")).to_be_visible()
    looks_well(page, "certificate-proof-known")
    with tolerate(page, 404):
        page.goto("/verifica/22222-2222T/")
        expect(page.get_by_text("nessun attestato con questo codice")).to_be_visible()
        looks_well(page, "certificate-unknown")


def take_it_back(page, certificate):
    page.goto(f"/attivita/attestati/{certificate.pk}/")
    looks_well(page, "certificate-detail")
    page.get_by_role("link", name="Revocalo").click()
    press(page, "Revocalo")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "certificate-revoke-error")
    page.get_by_label("Perché").fill("Ore contate due volte")
    press(page, "Revocalo")
    expect(page.get_by_text("Chi l’ha ricevuto lo sa.")).to_be_visible()
    press(page, "Rilascialo di nuovo Amina Bianchi")
    expect(page.get_by_text("L’attestato è fatto")).to_be_visible(timeout=PATIENCE)


def test_from_the_rule_to_the_page_that_confirms_it(signed_in, new_page, partner_staff, participation, run):
    staff = signed_in(partner_staff)
    write_the_rule(staff, run)
    give_to_all(staff, run)
    certificate = Certificate.objects.get()
    get_it(signed_in(participation.person.user))
    employer = new_page()
    check_it(employer, certificate)
    take_it_back(staff, certificate)
    employer.goto(f"/verifica/{certificate.printed_code}/")
    expect(employer.get_by_text("Questo attestato non è più valido")).to_be_visible()
    looks_well(employer, "certificate-proof-revoked")
