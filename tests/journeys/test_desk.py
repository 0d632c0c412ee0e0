"""The desk's records: a walk-in without an e-mail who takes over his file later; two files made one, and two again."""

import time
from datetime import date

import pytest

from accounts.models import PersonMerge, YoungPerson
from intake.models import Participation
from tests import factories
from tests.journeys.conftest import code_in, expect, latest_message
from tests.journeys.deeds import looks_well, press

# A key each so many milliseconds: as somebody types who looks at the person, not at the keys.
KEY = 40


def type_in(page, label, text):
    page.get_by_label(label, exact=True).press_sequentially(text, delay=KEY)


@pytest.fixture
def sister(edition):
    """Nour was here before, with the e-mail that her family shares."""
    person = factories.YoungPersonFactory(
        first_name="Nour", last_name="Haddad", birth_date=date(2004, 5, 17), user=None, email="casa@example.org"
    )
    return factories.ParticipationFactory(person=person, edition=edition)


def receive(page):
    """Karim, from the empty form to the open file; in seconds."""
    page.goto("/accoglienza/")
    start = time.monotonic()
    page.get_by_role("link", name="Accogli", exact=True).click()
    type_in(page, "Nome", "Karim")
    type_in(page, "Cognome", "Haddad")
    page.get_by_label("Data di nascita").fill("2006-03-09")
    page.get_by_label("E-mail").fill("casa@example.org")
    type_in(page, "Che cosa cerca?", "Un corso da pizzaiolo")
    type_in(page, "Che cosa succede adesso?", "Un colloquio giovedì")
    press(page, "Accoglienza fatta")
    expect(page.get_by_text("Accoglienza registrata. Ecco la scheda.")).to_be_visible()
    return time.monotonic() - start


def test_a_walk_in_without_email_who_claims_later(signed_in, new_page, sister, operator):
    desk = signed_in(operator)
    assert receive(desk) < 60
    karim = YoungPerson.objects.get(first_name="Karim")
    assert (karim.user, karim.email) == (None, "casa@example.org")
    looks_well(desk, "person-file-walk-in")
    desk.get_by_role("link", name="Lettera con il codice per entrare nella scheda").click()
    looks_well(desk, "claim-letter-before")
    press(desk, "Crea il codice")
    looks_well(desk, "claim-letter")
    code = desk.locator(".claim-code").inner_text()

    phone = new_page()
    phone.goto("/account/login/")
    phone.get_by_role("link", name="Usalo qui").click()
    looks_well(phone, "claim")
    phone.get_by_label("Codice sul foglio").fill(code.lower())
    phone.get_by_label("Data di nascita").fill("2006-09-03")
    phone.get_by_label("E-mail o cellulare").fill("karim@example.org")
    press(phone, "Avanti: mandami il codice")
    expect(phone.get_by_role("alert")).to_contain_text("non corrispondono")
    looks_well(phone, "claim-refused")
    phone.get_by_label("Data di nascita").fill("2006-03-09")
    press(phone, "Avanti: mandami il codice")
    phone.get_by_label("Codice").fill(code_in(latest_message("karim@example.org")))
    press(phone, "Conferma ed entra")
    phone.goto("/progetto/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    karim.refresh_from_db()
    assert (karim.user.email, karim.email) == ("karim@example.org", "karim@example.org")


def test_merges_and_undoes(signed_in, edition, operator, now):
    amina = factories.YoungPersonFactory(
        first_name="Amina", last_name="El Khoury", birth_date=date(2006, 3, 9), user__email="amina@example.org"
    )
    kept = factories.ParticipationFactory(person=amina, edition=edition)
    twin = factories.YoungPersonFactory(
        first_name="El Kouri", last_name="Amina", birth_date=date(2006, 3, 9), user=None, phone="+393331234567"
    )
    other = factories.ParticipationFactory(person=twin, edition=edition, state="received", operator=operator)
    factories.ReceptionFactory(participation=other)
    factories.AppointmentFactory(participation=other, operator=operator)

    page = signed_in(operator)
    # While one types who is there already, the desk says so.
    page.goto("/accoglienza/nuova-persona/")
    type_in(page, "Nome", "Amina")
    type_in(page, "Cognome", "El Kouri")
    expect(page.get_by_text("È una di queste persone?")).to_be_visible()
    looks_well(page, "person-create-hints")
    page.get_by_role("link", name="Amina El Khoury").click()

    page.get_by_role("link", name="C’è una seconda scheda di questa persona?").click()
    looks_well(page, "same-as")
    page.get_by_role("link", name="Confronta El Kouri Amina").click()
    looks_well(page, "merge-preview")
    press(page, "Unisci")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Da che cosa capisci").fill("Stessa carta d’identità")
    press(page, "Unisci")
    expect(page.get_by_text("Ora è una persona sola.")).to_be_visible()
    expect(page.get_by_role("heading", name="Appuntamenti")).to_be_visible()
    expect(page.get_by_role("link", name="333 123 4567").or_(page.get_by_text("+393331234567"))).to_be_visible()
    looks_well(page, "person-file-merged")
    assert Participation.objects.get() == kept
    page.goto(f"/persone/{other.pk}/")
    expect(page.get_by_text("Questa scheda è stata unita a un’altra")).to_be_visible()
    looks_well(page, "person-file-folded")
    page.get_by_role("link", name="Apri la scheda che resta").click()

    page.get_by_role("link", name="Separa di nuovo").click()
    looks_well(page, "merge-undo")
    press(page, "Separa di nuovo")
    expect(page.get_by_text("Sono di nuovo due persone.")).to_be_visible()
    assert set(Participation.objects.values_list("pk", "person")) == {(kept.pk, amina.pk), (other.pk, twin.pk)}
    assert PersonMerge.objects.get().undone_by == operator


@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without"])
def test_the_code_fills_the_form(new_page, live_server, client, settings, edition, operator, script):
    page = new_page(java_script_enabled=script)
    client.force_login(operator, backend="accounts.backends.ByPassword")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto("/accoglienza/nuova-persona/")
    page.get_by_label("Nome", exact=True).fill("Fabio")
    page.get_by_label("Codice fiscale").fill("cccfba85d03l219p")
    if script:
        page.get_by_label("Cognome").click()
    else:
        press(page, "Completa con il codice")
    expect(page.get_by_label("Data di nascita")).to_have_value("1985-04-03")
    expect(page.get_by_label("Sesso")).to_have_value("m")
    expect(page.get_by_label("Luogo di nascita")).to_have_value("Torino")
    expect(page.get_by_label("Nome", exact=True)).to_have_value("Fabio")
    if script:
        looks_well(page, "person-create-filled")
