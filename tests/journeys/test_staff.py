"""A new colleague: invited, a second key, the first look at the work."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from foundation.communications.models import OutgoingMessage
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot

KEY = "//summary[contains(., 'Scrivi questa chiave')]"


@pytest.fixture
def link(administrator, city, signed_in):
    """The administrator invites an operator; the link in the mail."""
    page = signed_in(administrator)
    page.goto("/organizzazioni/")
    assert_accessible(page)
    screenshot(page, "organisations")
    page.get_by_role("link", name="Comune di Milano").last.click()
    assert_accessible(page)
    screenshot(page, "organisation")
    page.get_by_role("link", name="Invita una persona").click()
    assert_accessible(page)
    page.get_by_label("E-mail").fill("giulia@example.org")
    page.get_by_label("Operatore", exact=True).check()
    screenshot(page, "invitation")
    page.get_by_role("button", name="Manda l’invito").click()
    expect(page.get_by_role("status")).to_contain_text("L’invito è partito")
    expect(page.get_by_text("giulia@example.org").first).to_be_visible()
    return re.search(r"\S+/account/invito/\S+", latest_message("giulia@example.org"))[0]


def accept(page, link):
    page.goto(link)
    assert_accessible(page)
    screenshot(page, "invitation-accept")
    page.get_by_label("Nome e cognome").fill("Giulia Ferri")
    page.get_by_role("button", name="Accetta").click()
    expect(page.get_by_role("heading", name="Una chiave in più, prima di iniziare")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "second-key")


def shown_by_the_app(secret):
    """The code of this half minute. The one before it is taken too, but may have run out when it arrives."""
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def test_an_invited_operator_sets_up_and_works(link, page):
    accept(page, link)
    page.goto("/accoglienza/")
    expect(page.get_by_role("heading", name="Una chiave in più, prima di iniziare")).to_be_visible()
    page.get_by_role("link", name="Imposta l’app").click()
    assert_accessible(page)
    screenshot(page, "second-key-app")
    page.locator(KEY).click()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Le sei cifre che l’app mostra").fill("000000")
    page.get_by_role("button", name="Continua").click()
    expect(page.locator(".error-summary")).to_contain_text("Non è il codice che ci aspettavamo")
    page.get_by_label("Le sei cifre che l’app mostra").fill(shown_by_the_app(secret))
    page.get_by_role("button", name="Continua").click()
    page.get_by_role("button", name="Mostrami i codici").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    assert_accessible(page)
    screenshot(page, "recovery-codes")
    page.get_by_role("link", name="Li ho messi al sicuro").click()
    assert_accessible(page)
    screenshot(page, "keys")
    page.get_by_role("link", name="Vai al lavoro").click()
    page.goto("/accoglienza/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Accoglienza")
    assert "app che genera codici" in latest_message("giulia@example.org")


def test_a_passkey_as_second_factor(link, page):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    # A passkey belongs to a name, not to the number of a machine.
    here = link.split("/account")[0].replace("127.0.0.1", "localhost")
    accept(page, here + "/account" + link.split("/account")[1])
    page.get_by_role("link", name="Aggiungi una passkey").click()
    assert_accessible(page)
    screenshot(page, "passkey")
    page.get_by_label("Un nome per riconoscerla").fill("Telefono di Giulia")
    page.get_by_role("button", name="Aggiungi questa passkey").click()
    expect(page.get_by_role("heading", name="I tuoi codici di riserva")).to_be_visible()
    assert Authenticator.objects.filter(user__email="giulia@example.org", type="webauthn").count() == 1
    # The next day: the code by mail, then the passkey.
    page.context.clear_cookies()
    page.goto(here + "/account/login/")
    page.get_by_label("E-mail o cellulare").fill("giulia@example.org")
    page.get_by_role("button", name="Mandami il codice").click()
    code = re.search(r"\b\d{6}\b", latest_message("giulia@example.org"))[0]
    page.get_by_label("Codice").fill(code)
    page.get_by_role("button", name="Accedi").click()
    assert_accessible(page)
    screenshot(page, "passkey-asked")
    page.get_by_role("button", name="Usa la passkey").click()
    expect(page.get_by_role("button", name="Usa la passkey")).to_have_count(0)
    page.goto(here + "/accoglienza/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Accoglienza")
    assert OutgoingMessage.objects.filter(key__startswith="accounts:factor_changed").count() == 1


def test_whoever_leaves_hands_over(administrator, operator, other_operator, participation, city, now, signed_in):
    participation.operator = operator
    participation.save()
    page = signed_in(administrator)
    page.goto(f"/organizzazioni/{city.pk}/")
    assert_accessible(page)
    screenshot(page, "organisation-members")
    page.get_by_role("link", name="Sara Conti").click()
    assert_accessible(page)
    expect(page.get_by_text("Alba Neri").first).to_be_visible()
    screenshot(page, "member")
    page.get_by_role("link", name="Esce: passa le consegne").click()
    assert_accessible(page)
    page.get_by_role("button", name="Passa tutto e chiudi i ruoli").click()
    expect(page.locator(".error-summary")).to_contain_text("Scegli a chi passa")
    page.get_by_label("A chi passa?").select_option("Piero Gatti")
    screenshot(page, "member-leave")
    page.get_by_role("button", name="Passa tutto e chiudi i ruoli").click()
    expect(page.get_by_role("status")).to_contain_text("nessuno resta senza riferimento")
    expect(page.get_by_role("link", name="Sara Conti")).to_have_count(0)
    participation.refresh_from_db()
    assert participation.operator == other_operator
