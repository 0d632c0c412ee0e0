"""Amina, on her phone: she signs up, comes back, and keeps her data right."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User, YoungPerson
from pathways import actions as activities
from tests import factories
from tests.journeys.conftest import assert_accessible, code_in, expect, latest_message, screenshot
from tests.pathways import ways


def born(now, age):
    """A date of birth `age` years and some months ago, as a date input takes it."""
    return (now - timedelta(days=int(age * 365.25 + 100))).date().isoformat()


def fill_in_sign_up(page, *, birth_date, contact, tie="Sì, ci vivo"):
    page.get_by_label("Nome", exact=True).fill("Amina")
    page.get_by_label("Cognome").fill("Bianchi")
    page.get_by_label("Data di nascita").fill(birth_date)
    page.get_by_label("E-mail o cellulare").fill(contact)
    page.get_by_label(tie).check()
    page.get_by_role("button", name="Avanti: mandami il codice").click()


def test_signs_up_by_email_and_comes_back(page, edition, now):
    page.goto("/account/signup/")
    assert_accessible(page)
    screenshot(page, "sign-up")
    fill_in_sign_up(page, birth_date=born(now, 20), contact="Amina@example.org")

    expect(page.get_by_role("heading", name="Scrivi il codice")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "sign-up-code")
    code = code_in(latest_message("amina@example.org"))
    page.get_by_label("Codice").fill("000000" if code != "000000" else "111111")
    page.get_by_role("button", name="Conferma ed entra").click()
    expect(page.get_by_role("alert")).to_contain_text("Non è il codice")
    assert_accessible(page)
    assert not User.objects.filter(email="amina@example.org").exists()
    page.get_by_label("Codice").fill(code)
    page.get_by_role("button", name="Conferma ed entra").click()
    expect(page.get_by_role("heading", name="Ciao Amina")).to_be_visible()
    assert YoungPerson.objects.get(email="amina@example.org").user is not None

    page.goto("/account/logout/")
    assert_accessible(page)
    page.get_by_role("main").get_by_role("button", name="Esci").click()
    page.goto("/account/login/")
    assert_accessible(page)
    page.get_by_label("E-mail o cellulare").fill("amina@example.org")
    page.get_by_role("button", name="Mandami il codice").click()
    assert_accessible(page)
    page.get_by_label("Codice").fill(code_in(latest_message("amina@example.org")))
    page.get_by_role("main").get_by_role("button", name="Accedi").click()
    expect(page.get_by_role("heading", name="Ciao Amina")).to_be_visible()
    changes_her_address(page, old="amina@example.org", new="nuova@example.org")


def changes_her_address(page, *, old, new):
    """From her profile: the new address proves itself by a code, the old one is told."""
    page.goto("/io/")
    page.get_by_role("link", name="Cambia e-mail o telefono").click()
    expect(page.get_by_role("heading", name="Cambia e-mail o telefono")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "change-contact")
    page.get_by_role("button", name="Manda il codice").click()  # forgot to write it
    expect(page.get_by_role("alert")).to_contain_text("Scrivi dove possiamo mandarti il codice.")
    page.get_by_label("Nuova e-mail o nuovo cellulare").fill(new)
    page.get_by_role("button", name="Manda il codice").click()
    expect(page.get_by_role("button", name="Conferma il cambio")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "change-contact-code")
    page.get_by_label("Codice").fill(code_in(latest_message(new)))
    page.get_by_role("button", name="Conferma il cambio").click()
    expect(page.get_by_text("da ora entri con questo contatto")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(new)).to_be_visible()
    screenshot(page, "change-contact-done")
    assert "e-mail" in latest_message(old)


def test_signs_up_by_phone_and_corrects_her_data(page, edition, now):
    page.goto("/account/signup/")
    fill_in_sign_up(page, birth_date=born(now, 17), contact="333 123 4567")
    page.get_by_label("Codice").fill(code_in(latest_message("+393331234567")))
    page.get_by_role("button", name="Conferma ed entra").click()
    expect(page.get_by_role("heading", name="Ciao Amina")).to_be_visible()

    page.goto("/io/")
    assert_accessible(page)
    screenshot(page, "own-data")
    page.get_by_label("Come vuoi farti chiamare").fill("Ami")
    page.get_by_label("Municipio di Milano").select_option("4")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("I tuoi dati sono salvati.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="Ciao Ami", exact=True)).to_be_visible()


def test_is_too_young_and_is_told_kindly(page, edition, now):
    edition.elsewhere = "Parlane a scuola.\nC'è anche il centro di quartiere."
    edition.save()
    page.goto("/account/signup/")
    fill_in_sign_up(page, birth_date=born(now, 12), contact="piccola@example.org", tie="Nessuna delle tre")
    expect(page.get_by_text("Ci dispiace")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Parlane a scuola.")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "sign-up-refused")
    assert not User.objects.filter(email="piccola@example.org").exists()
    assert not page.context.cookies() or all(c["name"] != "sessionid" for c in page.context.cookies())


def test_forgets_a_field_and_goes_back_without_javascript(new_page, edition, now):
    page = new_page(java_script_enabled=False)
    page.goto("/account/signup/")
    page.get_by_role("button", name="Avanti: mandami il codice").click()
    expect(page.get_by_role("alert")).to_contain_text("Scrivi il tuo cognome.")
    fill_in_sign_up(page, birth_date=born(now, 20), contact="amina@example.org")
    page.get_by_text("Il codice non arriva?").click()
    page.get_by_role("link", name="Correggi l’indirizzo").click()
    expect(page.get_by_label("Cognome")).to_have_value("Bianchi")


@pytest.fixture
def course(partner, edition, now):
    """A course with one place, that begins in two weeks."""
    opportunity = ways.course(partner, edition, title="Barman per eventi")
    start = timezone.localdate(now) + timedelta(days=14)
    sessions = [(ways.at(start, 14), ways.at(start, 18), "")]
    activities.plan_run(
        opportunity=opportunity,
        starts_on=start,
        ends_on=start,
        enrol_by=start,
        hours=4,
        places=1,
        sessions=sessions,
        by=factories.UserFactory(is_superuser=True),
        now=now,
    )
    activities.save_opportunity(opportunity=opportunity, by=factories.UserFactory(is_superuser=True), now=now)
    return opportunity


def test_searches_the_catalogue_without_an_account(page, course, partner, edition, now):
    ways.course(partner, edition, title="Italiano per lavorare", family="study", municipio=9)
    page.goto("/opportunita/")
    expect(page.get_by_text("2 risultati")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "catalogue")
    page.get_by_label("Che cosa cerchi?").fill("barmàn")
    page.get_by_role("main").get_by_role("button", name="Cerca").click()
    expect(page.get_by_text("1 risultato")).to_be_visible()
    page.get_by_label("Che cosa cerchi?").fill("astronauta")
    page.get_by_role("main").get_by_role("button", name="Cerca").click()
    expect(page.get_by_text("Non abbiamo trovato niente così")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "catalogue-nothing")
    page.get_by_role("link", name="Vedi tutto").click()
    page.get_by_role("link", name="Barman per eventi").click()
    expect(page.get_by_role("heading", name="Per chi è")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "opportunity")
    page.get_by_role("link", name="Iscriviti").locator("visible=true").click()
    expect(page.get_by_label("E-mail o cellulare")).to_be_visible()


def test_filters_without_javascript(new_page, course, partner, edition):
    ways.course(partner, edition, title="Italiano per lavorare", family="study", municipio=9)
    page = new_page(java_script_enabled=False)
    page.goto("/opportunita/")
    if page.device == "phone":
        page.get_by_text("Filtri", exact=True).click()
    page.get_by_label("Che cosa fare").select_option("training")
    page.get_by_role("button", name="Applica").click()
    expect(page.get_by_text("1 risultato")).to_be_visible()
    page.get_by_role("link", name="Imparare un mestiere").click()
    expect(page.get_by_text("2 risultati")).to_be_visible()


def test_enrols_from_her_plan_and_gives_the_place_to_who_waits(signed_in, course, participation, edition, now):
    ways.step_of_plan(participation, title="Un corso da barman")
    waiting = ways.taker(edition, first_name="Luca", user__email="luca@example.org")
    page = signed_in(participation.person.user)
    page.goto("/progetto/")
    page.get_by_role("link", name="Cerca un corso").first.click()
    page.get_by_role("link", name="Barman per eventi").click()
    expect(page.get_by_text("Fa parte del tuo progetto").first).to_be_visible()
    assert_accessible(page)
    screenshot(page, "opportunity-for-me")
    page.get_by_role("link", name="Iscriviti").locator("visible=true").click()
    assert_accessible(page)
    screenshot(page, "enrol")
    page.get_by_role("button", name="Sì, mi iscrivo").click()
    expect(page.get_by_role("heading", name="Hai un posto")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "enrolled")
    page.goto("/progetto/")
    expect(page.get_by_role("link", name="Barman per eventi").first).to_be_visible()

    other = signed_in(waiting.person.user)
    other.goto(f"/opportunita/{course.slug}/")
    other.get_by_role("link", name="Mettiti in lista d’attesa").locator("visible=true").click()
    other.get_by_role("button", name="Sì, mettimi in lista").click()
    expect(other.get_by_role("heading", name="Sei al numero 1 della lista d’attesa")).to_be_visible()
    assert_accessible(other)
    screenshot(other, "waiting")

    page.get_by_role("link", name="Barman per eventi").first.click()
    page.get_by_role("link", name="Rinuncia").click()
    assert_accessible(page)
    page.get_by_role("button", name="Sì, lascio il posto").click()
    expect(page.get_by_text("Ritirato")).to_be_visible()
    assert "si è liberato un posto" in latest_message("luca@example.org")
    link = re.search(r"/posto/\S+", latest_message("luca@example.org")).group()
    other.goto(link)
    assert_accessible(other)
    screenshot(other, "offered")
    other.get_by_role("button", name="Sì, vengo").click()
    expect(other.get_by_role("heading", name="Hai un posto")).to_be_visible()
