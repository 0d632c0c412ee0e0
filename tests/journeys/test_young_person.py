"""Amina, on her phone: she signs up, comes back, and keeps her data right."""

from datetime import timedelta

from accounts.models import User, YoungPerson
from tests.journeys.conftest import assert_accessible, code_in, expect, latest_message, screenshot


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
    page.get_by_role("link", name="Correggi l'indirizzo").click()
    expect(page.get_by_label("Cognome")).to_have_value("Bianchi")
