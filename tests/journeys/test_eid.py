"""In by SPID and CIE, all the way: the portal, the demo's identity provider as a process of its own, a browser."""

import os
import re
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from accounts import actions
from accounts.models import Consent, EIdentity, Purpose, YoungPerson
from devtools import ports
from migwork.middleware import HEADER, SayWhatMayRun, build_policy
from migwork.settings.base import origin
from tests import factories
from tests.journeys.conftest import assert_accessible, code_in, expect, latest_message, screenshot


@pytest.fixture
def provider(live_server, settings, tmp_path, monkeypatch):
    """The demo's provider, serving this test's portal."""
    with ports.reserve(ports.pick("journey idp")) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        env = {
            **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            "MIGWORK_DEMO": "1",
            "MIGWORK_SITE_URL": live_server.url,
            "MIGWORK_IDP_SECRET": "secret of this test",
            "MIGWORK_IDP_DATABASE": str(tmp_path / "idp.sqlite3"),
        }
        argv = [sys.executable, "-m", "gunicorn", "portal.demo.idp.wsgi", "--bind", f"fd://{listener.fileno()}",
                "--threads", "2", "--no-control-socket"]  # fmt: skip
        process = subprocess.Popen(
            argv, env=env, cwd=django_settings.BASE_DIR, pass_fds=(listener.fileno(),), stderr=subprocess.DEVNULL
        )
        try:
            urllib.request.urlopen(f"{url}/.well-known/openid-configuration", timeout=60).close()
            point_to(settings, url)
            let_forms_lead_to(url, monkeypatch)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def point_to(settings, url):
    level = "https://www.spid.gov.it/SpidL2"
    settings.EID = {name: {"url": url, "acr": level} for name in ("spid", "cie")}
    shared = {"fetch_userinfo": True, "token_auth_method": "client_secret_basic", "auth_params": {"acr_values": level}}
    apps = [
        {
            "provider_id": name,
            "name": name.upper(),
            "client_id": f"migwork-{name}",
            "secret": "secret of this test",
            "settings": {"server_url": url, **shared},
        }
        for name in ("spid", "cie")
    ]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


def let_forms_lead_to(url, monkeypatch):
    """As where the settings name a gateway. The policy is made once, when the server starts: made anew here."""
    directives = django_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    monkeypatch.setitem(directives, "form-action", [*directives["form-action"], origin(url)])
    policy, plain = build_policy(), SayWhatMayRun.__call__

    def with_gateway(self, request):
        response = plain(self, request)
        response.headers[HEADER] = policy
        return response

    monkeypatch.setattr(SayWhatMayRun, "__call__", with_gateway)


def choose(page, name):
    page.get_by_role("button", name=name).click()


def test_first_login_prefills_and_registers(provider, page, edition, now):
    page.goto("/")
    page.goto("/account/signup/")
    assert_accessible(page)
    screenshot(page, "sign-up-with-eid")
    page.get_by_role("button", name="Entra con SPID").click()
    expect(page.get_by_role("heading", name="Chi vuoi essere?")).to_be_visible()
    screenshot(page, "demo-provider")
    choose(page, "Giulia Colombo")
    expect(page.get_by_role("heading", name="Ci siamo quasi")).to_be_visible()
    for said in ("Giulia", "Colombo", "21 marzo 2004", "CLMGLI04C61F205N"):
        expect(page.get_by_text(said, exact=True)).to_be_visible()
    expect(page.get_by_label("E-mail o cellulare")).to_have_value("giulia.colombo@example.org")
    assert_accessible(page)
    screenshot(page, "eid-sign-up")
    page.get_by_role("button", name="Avanti").click()
    expect(page.get_by_text("Scegli una delle risposte").first).to_be_visible()
    page.get_by_label("Ci vivo").check()
    page.get_by_role("button", name="Avanti").click()
    page.get_by_label("Codice").fill(code_in(latest_message("giulia.colombo@example.org")))
    page.get_by_role("button", name="Conferma").click()
    expect(page.get_by_role("heading", name="Ciao Giulia")).to_be_visible()
    person = YoungPerson.objects.get()
    assert (person.fiscal_code, person.fiscal_code_verified_by) == ("CLMGLI04C61F205N", "eid")

    # The next time, by the other of the two: no question at all.
    page.context.clear_cookies()
    page.goto("/account/login/")
    assert_accessible(page)
    screenshot(page, "sign-in-with-eid")
    page.get_by_role("button", name="Entra con CIE").click()
    choose(page, "Giulia Colombo")
    expect(page.get_by_role("heading", name="Ciao Giulia")).to_be_visible()
    assert EIdentity.objects.filter(user=person.user).count() == 2
    page.goto("/io/accesso/")
    assert_accessible(page)
    screenshot(page, "sign-in-ways")


def test_links_an_account_that_was_there(provider, signed_in, edition, now):
    person = factories.YoungPersonFactory(first_name="Amina", last_name="Hassan", birth_date="2003-05-03")
    page = signed_in(person.user)
    page.goto("/io/accesso/")
    page.get_by_role("button", name="Entra con SPID").click()
    choose(page, "Amina Hassan")
    expect(page.get_by_text("Da ora puoi entrare anche con SPID")).to_be_visible()
    person.refresh_from_db()
    assert person.fiscal_code == "HSSMNA03E43Z336X"
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Entra con SPID").click()
    choose(page, "Amina Hassan")
    expect(page.get_by_role("heading", name="Ciao Amina")).to_be_visible()


def test_a_code_on_another_account_a_low_level_and_going_back(provider, new_page, edition, now):
    factories.YoungPersonFactory(fiscal_code="FRRMRC01L02F20RL", birth_date="2001-07-02")
    page = new_page()
    page.goto("/account/login/")
    page.get_by_role("button", name="Entra con SPID").click()
    choose(page, "Marco Ferrari")
    expect(page.get_by_role("heading", name="Questo account è tuo?")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "eid-conflict")
    page.goto("/account/login/")
    page.tolerated |= {403}
    page.get_by_role("button", name="Entra con SPID").click()
    choose(page, "Moussa Diallo")
    expect(page.get_by_text("livello di sicurezza")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "eid-refused")
    page.goto("/account/login/")
    page.get_by_role("button", name="Entra con CIE").click()
    page.get_by_role("button", name="Non entro").click()
    expect(page.get_by_text("Non hai completato l’accesso")).to_be_visible()


def test_a_mother_signs_by_her_spid(provider, page, edition, operator, now):
    """She never met us: her link, another person's SPID by mistake, her own, and her yes."""
    call_command("load_purposes", verbosity=0)
    minor = factories.YoungPersonFactory(birth_date=now.date().replace(year=now.year - 16, day=1))
    actions.add_representative(
        person=minor, kind="parent", first_name="Teresa", last_name="Brambilla", email="teresa@example.org",
        fiscal_code="BRMTRS61B48F205M", by=operator, now=now,
    )  # fmt: skip
    purpose = Purpose.objects.get(code="enrolment")
    actions.ask_consent(person=minor, purpose=purpose, by=operator, now=now)
    page.goto(re.search(r"\S+/firma/\S+", latest_message("teresa@example.org"))[0])
    expect(page.get_by_text("Può confermare chi è adesso, con SPID o CIE")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "sign-with-eid")
    page.get_by_role("button", name="Entra con SPID").click()
    choose(page, "Giulia Colombo")
    expect(page.get_by_text("una persona diversa")).to_be_visible()
    page.get_by_role("button", name="Entra con CIE").click()
    choose(page, "Teresa Brambilla")
    page.get_by_label("Sono Teresa Brambilla").check()
    assert_accessible(page)
    screenshot(page, "sign-after-eid")
    page.get_by_role("button", name="Acconsento", exact=True).click()
    expect(page.get_by_role("heading", name="Grazie")).to_be_visible()
    assert Consent.objects.get().state == "given"
