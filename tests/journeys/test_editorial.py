"""A partner's list brought from a spreadsheet, read, sent back with a word, mended and published; still right later."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pathways import actions
from pathways.models import Opportunity
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well, press
from tests.pathways.test_import import LINE, as_book, as_text, line


def bring(page, name, content):
    page.get_by_label("Il tuo elenco").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    press(page, "Carica l’elenco")


def bring_the_list(page):
    page.goto("/attivita/")
    page.get_by_role("link", name="Carica un elenco").click()
    press(page, "Carica l’elenco")  # forgot the file
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "activity-import-error")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    bring(page, "elenco.csv", as_text(LINE, line(Titolo="", Municipio="Nord"), sign=";").encode("cp1252"))
    expect(page.get_by_text("Non è stato salvato ancora niente")).to_be_visible()
    expect(page.get_by_role("cell", name="“Nord” non è tra questi")).to_be_visible()
    looks_well(page, "activity-import-faults")
    bring(page, "elenco.xlsx", as_book(LINE, line(Titolo="Sarta")))
    expect(page.get_by_text("2 nuove bozze sono pronte.")).to_be_visible()
    looks_well(page, "activity-import-done")
    bring(page, "elenco.xlsx", as_book(LINE, line(Titolo="Sarta")))
    expect(page.get_by_text("C’erano già tutte")).to_be_visible()


def submit(page):
    page.goto("/attivita/barman-per-eventi/")
    page.get_by_role("link", name="Anteprima").click()
    expect(page.get_by_text("I giovani la vedranno così")).to_be_visible()
    looks_well(page, "activity-preview")
    page.get_by_role("link", name="Torna all’attività").click()
    press(page, "Invia in revisione")
    expect(page.get_by_text("È in revisione")).to_be_visible()


def send_back(page):
    page.goto("/attivita/barman-per-eventi/")
    page.get_by_role("link", name="Rimanda per modifiche").click()
    press(page, "Rimandala indietro")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "activity-return-error")
    page.get_by_label("Che cosa cambiare").fill("Manca il numero civico.")
    press(page, "Rimandala indietro")
    expect(page.get_by_text("Manca il numero civico.")).to_be_visible()


def mend(page):
    page.goto("/attivita/barman-per-eventi/")
    expect(page.get_by_text("Manca il numero civico.")).to_be_visible()
    looks_well(page, "activity-returned")
    page.goto("/attivita/")
    expect(page.get_by_text("È tornata indietro")).to_be_visible()
    looks_well(page, "activity-list-needs")
    page.get_by_role("main").get_by_role("link", name="Barman per eventi").first.click()
    page.get_by_role("link", name="Correggila").click()
    page.get_by_label("Dove", exact=True).fill("Via Dogana 2/a, Milano")
    press(page, "Salva")
    expect(page.get_by_text("Salvato.")).to_be_visible()
    press(page, "Invia in revisione")
    expect(page.get_by_text("È in revisione")).to_be_visible()


@pytest.fixture
def a_season_later(now):
    """The activity was last looked at ninety days ago, and beat has come by."""

    def pass_by():
        Opportunity.objects.update(checked_on=timezone.localdate(now) - timedelta(days=90))
        actions.keep_catalogue_fresh(now=timezone.now())

    return pass_by


def test_from_a_list_to_the_catalogue(signed_in, partner_staff, partner_admin, a_season_later):
    staff, admin = signed_in(partner_staff), signed_in(partner_admin)
    bring_the_list(staff)
    submit(staff)
    send_back(admin)
    mend(staff)
    admin.goto("/attivita/barman-per-eventi/")
    press(admin, "Pubblica")
    expect(admin.get_by_text("Pubblicata: ora è nel catalogo.")).to_be_visible()
    a_season_later()
    staff.goto("/attivita/barman-per-eventi/")
    expect(staff.get_by_text("esce dal catalogo")).to_be_visible()
    looks_well(staff, "activity-to-check")
    press(staff, "Va ancora bene")
    expect(staff.get_by_text("Grazie: ora risulta verificata oggi.")).to_be_visible()
    assert Opportunity.objects.get(slug="barman-per-eventi").state == "published"
