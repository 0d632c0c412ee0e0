"""A path of modules: a partner writes it, a young person takes all of it, the coordinator sees whom it covers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pathways.models import Enrolment, Opportunity
from tests import factories
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import looks_well
from tests.pathways import ways


@pytest.fixture
def modules(partner, edition):
    """Two courses one after the other; one names for whom it was thought, the other does not yet."""
    for n, (title, situations) in enumerate([("Cucina di base", ["neet"]), ("In una vera cucina", [])]):
        course = ways.course(partner, edition, title=title, situations=situations)
        day = timezone.localdate() + timedelta(days=20 + 20 * n)
        factories.RunFactory(opportunity=course, starts_on=day, ends_on=day + timedelta(days=10), enrol_by=day)


def name_whom_it_is_for(page):
    page.goto("/attivita/in-una-vera-cucina/modifica/")
    page.get_by_label("in questo periodo non studia e non lavora").check()
    page.get_by_label("pensa di lasciare la scuola").check()
    page.get_by_label("Ai … anni", exact=True).fill("24")
    page.get_by_label("Titolo", exact=True).scroll_into_view_if_needed()  # or the bar with "Salva" lies on a small box
    looks_well(page, "module-for-whom")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("Salvato.")).to_be_visible()


def write_path(page):
    page.goto("/attivita/")
    page.get_by_role("link", name="Percorsi a moduli").click()
    looks_well(page, "module-paths-empty")
    page.get_by_role("link", name="Nuovo percorso").first.click()
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "module-path-form-errors")
    page.get_by_label("Titolo").fill("Lavorare in cucina")
    page.get_by_label("In una frase").fill("Dalle basi a una vera cucina.")
    page.get_by_label("Dove porta").fill("Alla fine sai lavorare in una cucina.")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("Ancora nessuno. Un percorso ne ha almeno due.")).to_be_visible()
    for title in ("In una vera cucina", "Cucina di base"):
        page.get_by_label("Parole del titolo").fill("cucina")
        page.get_by_role("main").get_by_role("button", name="Cerca").click()
        page.get_by_role("button", name=f"Aggiungi {title}").click()
        expect(page.get_by_role("button", name=f"Togli {title}")).to_be_visible()
    page.get_by_role("button", name="Più su Cucina di base").click()
    expect(page.get_by_role("listitem").filter(has_text="1. Cucina di base")).to_be_visible()
    looks_well(page, "module-path-draft")


def test_a_path_is_written_taken_and_monitored(
    signed_in, modules, partner_staff, partner_admin, participation, coordinator
):
    Opportunity.objects.filter(title="In una vera cucina").update(slug="in-una-vera-cucina")
    marta = signed_in(partner_staff)
    name_whom_it_is_for(marta)
    write_path(marta)
    ugo = signed_in(partner_admin)
    ugo.goto("/attivita/percorsi/lavorare-in-cucina/")
    ugo.get_by_role("button", name="Pubblica").click()
    expect(ugo.get_by_text("Ora è nel catalogo.")).to_be_visible()

    amina = signed_in(participation.person.user)
    amina.goto("/opportunita/")
    amina.get_by_role("link", name="Percorsi: più moduli").click()
    looks_well(amina, "module-paths")
    amina.get_by_role("link", name="Lavorare in cucina").click()
    looks_well(amina, "module-path")
    amina.get_by_role("link", name="Segui tutto il percorso").locator("visible=true").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Quali date ti vanno bene?")
    looks_well(amina, "module-path-dates")
    amina.get_by_role("button", name="Sì, iscrivimi a tutti").click()
    expect(amina.get_by_text("Hai un posto in ogni modulo. Ti abbiamo scritto.")).to_be_visible()
    looks_well(amina, "module-path-taken")
    assert "In una vera cucina" in latest_message(participation.person.email)
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"enrolled"}

    carla = signed_in(coordinator)
    carla.goto("/cruscotto/")
    carla.get_by_role("link", name="Chi è raggiunto").click()
    expect(carla.get_by_text("Non c’è ancora niente per chi…")).to_be_visible()
    looks_well(carla, "coverage")
    carla.get_by_role("link", name="2 moduli").first.click()
    expect(carla.get_by_role("listitem").filter(has_text="In una vera cucina")).to_contain_text("posti liberi")
    looks_well(carla, "coverage-cell")
