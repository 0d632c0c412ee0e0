"""The second key of members of staff: setting it up, using it, keeping the last one."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from foundation.communications.models import OutgoingMessage
from tests import factories
from tests.strict import StrictClient

LOGIN, CODE = reverse("account_login"), reverse("account_confirm_login_code")
KEYS, APP = reverse("mfa_index"), reverse("mfa_activate_totp")
CODES, AGAIN = reverse("mfa_view_recovery_codes"), reverse("mfa_reauthenticate")
WORK = reverse("accounts:profile")


def shown_by_the_app(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def with_code(client, user):
    """Signs in by the code that came by mail; what follows it."""
    earlier = list(OutgoingMessage.objects.values_list("pk", flat=True))
    client.post(LOGIN, {"login": user.email})
    mail = OutgoingMessage.objects.exclude(pk__in=earlier).get(to=user.email)
    return client.post(CODE, {"code": re.search(r"\b\d{6}\b", mail.text)[0]})


@pytest.fixture
def app(operator, now):
    """The operator with an app and recovery codes, in a browser that set them up: (client, secret)."""
    client = StrictClient()
    with_code(client, operator)
    assert client.get(WORK)["Location"].startswith(KEYS)
    secret = client.get(APP).context["form"].secret
    assert client.post(APP, {"code": "000000"}).status_code == 200
    answer = client.post(APP, {"code": shown_by_the_app(secret)})
    assert answer["Location"] == CODES
    return client, secret


def test_the_key_stays_when_the_page_is_loaded_again(operator, now):
    """On a phone the page is gone after a look into the app; and somebody has it open twice."""
    client = StrictClient()
    with_code(client, operator)
    secret = client.get(APP).context["form"].secret
    assert client.get(APP).context["form"].secret == secret
    assert client.post(APP, {"code": "000000"}).context["form"].secret == secret
    assert client.get(APP).context["form"].secret == secret
    assert client.post(APP, {"code": shown_by_the_app(secret)})["Location"] == CODES
    # Sent once more from the other window: it is set up already.
    assert client.post(APP, {"code": shown_by_the_app(secret)})["Location"] == KEYS
    # And whoever goes back is not asked to take it off.
    assert client.get(APP)["Location"] == KEYS
    assert Authenticator.objects.filter(user=operator, type="totp").count() == 1


def test_an_app_opens_the_work(app):
    client, _secret = app
    assert client.get(WORK).status_code == 200


def test_the_secret_is_ciphertext(app, operator):
    _client, secret = app
    kept = Authenticator.objects.get(user=operator, type="totp").data["secret"]
    assert secret not in kept


def test_its_owner_is_told(app, operator):
    told = OutgoingMessage.objects.get(to=operator.email, key__startswith="accounts:factor_changed")
    assert "app che genera codici" in told.text


def test_the_next_sign_in_asks_for_it(app, operator):
    _client, secret = app
    client = StrictClient()
    assert with_code(client, operator)["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(WORK)["Location"].startswith(LOGIN)
    assert client.post(reverse("mfa_authenticate"), {"code": "123456"}).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": shown_by_the_app(secret)})
    assert client.get(WORK).status_code == 200


def test_a_session_that_showed_nothing_is_asked(app, operator):
    client = Client()
    client.force_login(operator, backend="accounts.backends.ByPassword")
    assert client.get(WORK, follow=True).request["PATH_INFO"] == AGAIN
    # It cannot set up a factor of its own beside the one that is there.
    assert client.get(reverse("mfa_add_webauthn"), follow=True).request["PATH_INFO"] == AGAIN


def test_recovery_codes_and_the_last_factor(app, operator):
    client, _secret = app
    assert "4 cifre" not in client.get(CODES).content.decode()
    page = client.post(CODES, {"action": "show"})
    codes = page.context["shown"]
    assert len(codes) == 10
    # They are shown once.
    assert client.post(CODES, {"action": "show"})["Location"] == CODES
    other = StrictClient()
    with_code(other, operator)
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert other.get(WORK).status_code == 200
    third = StrictClient()
    with_code(third, operator)
    assert third.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert third.get(WORK)["Location"].startswith(LOGIN)
    # The only key of a member of staff stays.
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=operator, type="totp").exists()


def test_the_last_passkey_stays_too(operator, as_user, now):
    key = Authenticator.objects.create(
        user=operator, type="webauthn", data={"name": "telefono", "credential": {}}, created_at=now
    )
    client = as_user(operator)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": now.timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(operator.pk)
    session.save()
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_new_codes_put_the_old_out_of_use(app, operator):
    client, _secret = app
    old = client.post(CODES, {"action": "show"}).context["shown"]
    new = client.post(CODES, {"action": "new"}).context["shown"]
    assert set(old).isdisjoint(new)
    other = StrictClient()
    with_code(other, operator)
    assert other.post(reverse("mfa_authenticate"), {"code": old[0]}).status_code == 200
    assert other.post(reverse("mfa_authenticate"), {"code": new[0]}).status_code == 302


def test_a_code_of_the_app_opens_one_door(app, operator, now):
    """It is good for a minute and a half; whoever read it over a shoulder comes too late all the same."""
    _client, secret = app
    code = format_hotp_value(hotp_value(secret, int(now.timestamp()) // 30 + 1))
    for later, opens in ((0, True), (20, False), (45, False)):
        with time_machine.travel(now + timedelta(seconds=later), tick=False):
            client = Client()
            client.force_login(operator, backend="accounts.backends.ByPassword")
            client.post(AGAIN, {"code": code})
            assert (client.get(WORK).status_code == 200) is opens, later


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "reserve"])
def test_twenty_with_one_code_at_once(kind, settings):
    """One comes in, whoever it is."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "1000/m/ip", "reauthenticate": ""}
    user = factories.member(Role.OPERATOR, factories.OrganisationFactory(), email="sara@example.org")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    reserve = RecoveryCodes.activate(user)
    code = shown_by_the_app(secret) if kind == "app" else reserve.generate_codes()[3]
    browsers = [Client() for _number in range(20)]
    for browser in browsers:
        browser.force_login(user, backend="accounts.backends.ByPassword")
    start, came_in, errors = threading.Barrier(20), [], []

    def come(browser):
        try:
            start.wait(timeout=30)
            if browser.post(AGAIN, {"code": code}).status_code == 302:
                came_in.append(browser)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert len(came_in) == 1
    assert came_in[0].get(WORK).status_code == 200
