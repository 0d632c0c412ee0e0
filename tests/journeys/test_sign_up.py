"""Registration as it is measured: how many fields, how many pages, how long; then a passkey instead of a code."""

import time

import pytest
from allauth.mfa.models import Authenticator

from accounts.models import YoungPerson
from foundation.communications.models import OutgoingMessage
from programme.models import Edition
from tests.journeys.conftest import assert_accessible, code_in, expect, latest_message, screenshot
from tests.journeys.test_young_person import born

MOST_FIELDS, MOST_PAGES = 6, 2
# A thumb on a phone: this long for each field that is filled in, and for each page that is read.
SECONDS_A_FIELD, SECONDS_A_PAGE = 12, 10
MOST_SECONDS = 120
# What one is asked: a group of radio buttons is one question, what is hidden is none.
FIELDS = """() => {
    const controls = [...document.querySelectorAll("main input, main select, main textarea")]
        .filter((c) => !["hidden", "submit", "button"].includes(c.type) && c.checkVisibility());
    return [...new Set(controls.map((c) => c.name))];
}"""


@pytest.fixture
def passkeys(page):
    """A phone that asks for the owner's finger and finds it, as Chromium plays it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def finger(right):
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": right})

    return finger


def sign_up(page, now, *, preferred=""):
    """Registers Amina; the names of the fields asked on each page on the way, and the seconds that it took."""
    begun, asked = time.monotonic(), []
    page.goto("/account/signup/")
    asked.append(page.evaluate(FIELDS))
    page.get_by_label("Nome", exact=True).fill("Amina")
    page.get_by_label("Cognome").fill("Bianchi")
    page.get_by_label("Come ti piace farti chiamare?").fill(preferred)
    page.get_by_label("Data di nascita").fill(born(now, 20))
    page.get_by_label("E-mail o cellulare").fill("amina@example.org")
    page.get_by_label("Sì, ci vivo").check()
    screenshot(page, "sign-up-filled")
    page.get_by_role("button", name="Avanti: mandami il codice").click()
    expect(page.get_by_label("Codice")).to_be_visible()
    asked.append(page.evaluate(FIELDS))
    page.get_by_label("Codice").fill(code_in(latest_message("amina@example.org")))
    page.get_by_role("button", name="Conferma ed entra").click()
    expect(page.get_by_role("heading", name=f"Ciao {preferred or 'Amina'}")).to_be_visible()
    return asked, time.monotonic() - begun


def test_six_fields_two_pages_two_minutes(page, edition, now):
    asked, seconds = sign_up(page, now, preferred="Ami")
    assert len(asked) <= MOST_PAGES
    assert len(asked[0]) <= MOST_FIELDS, asked[0]
    assert asked[1] == ["code"]
    fields = sum(map(len, asked))
    by_thumb = fields * SECONDS_A_FIELD + len(asked) * SECONDS_A_PAGE
    assert by_thumb + seconds <= MOST_SECONDS, (by_thumb, seconds)
    assert YoungPerson.objects.get().preferred_name == "Ami"


def test_a_passkey_opens_the_door(page, edition, now, passkeys):
    sign_up(page, now)
    expect(page.get_by_role("heading", name="La prossima volta, senza codice?")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "passkey-offered")
    page.get_by_role("link", name="Aggiungi una passkey").click()
    assert_accessible(page)
    screenshot(page, "passkey-add")
    expect(page.get_by_role("link", name="Usa invece un’app")).to_have_count(0)
    page.get_by_role("button", name="Aggiungi questa passkey").click()
    expect(page.get_by_role("heading", name="Ciao Amina")).to_be_visible()
    expect(page.get_by_role("heading", name="La prossima volta, senza codice?")).to_have_count(0)
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Esci").click()
    page.goto("/io/")
    expect(page.get_by_role("button", name="Accedi con una passkey")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "sign-in-passkey")
    # Somebody else's finger opens nothing.
    passkeys(False)
    page.get_by_role("button", name="Accedi con una passkey").click()
    expect(page.get_by_text("Non ha funzionato")).to_be_visible()
    screenshot(page, "passkey-failed")
    passkeys(True)
    page.get_by_role("button", name="Accedi con una passkey").click()
    # Back to where one wanted to go, without a code.
    page.wait_for_url("**/io/")
    expect(page.get_by_role("heading", name="Il tuo profilo")).to_be_visible()
    page.get_by_role("link", name="Come accedi").click()
    assert_accessible(page)
    screenshot(page, "sign-in-ways")
    page.get_by_role("link", name="Passkey", exact=True).click()
    assert_accessible(page)
    screenshot(page, "passkeys")


def test_refused_at_the_code_they_read_where_else_to_turn(page, edition, now):
    """The edition's ages changed while they looked for the code."""
    page.goto("/account/signup/")
    page.get_by_label("Nome", exact=True).fill("Amina")
    page.get_by_label("Cognome").fill("Bianchi")
    page.get_by_label("Data di nascita").fill(born(now, 20))
    page.get_by_label("E-mail o cellulare").fill("amina@example.org")
    page.get_by_label("Sì, ci vivo").check()
    page.get_by_role("button", name="Avanti: mandami il codice").click()
    page.get_by_label("Codice").fill(code_in(latest_message("amina@example.org")))
    Edition.objects.update(
        min_age=30, elsewhere="Centro per l'impiego, via Strozzi 11\nConsultorio, via Sant'Erlembardo 4"
    )
    page.get_by_role("button", name="Conferma ed entra").click()
    expect(page.get_by_text("oggi non puoi iscriverti")).to_be_visible()
    expect(page.get_by_text("via Strozzi 11")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "sign-up-refused")
    assert not OutgoingMessage.objects.exists()
