"""Signing in: a code for all, a password for staff who want one."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from foundation.communications.models import OutgoingMessage
from tests.strict import StrictClient

LOGIN = "/account/login/"
CODE = "/account/login/code/confirm/"
PASSWORD = "/account/login/password/"


def last_code():
    return re.search(r"\b\d{6}\b", OutgoingMessage.objects.latest("created_at").text)[0]


def signed_in(client):
    """To the page itself, or as a member of staff to the second key."""
    response = client.get(reverse("accounts:profile"))
    return response.status_code == 200 or response["Location"].startswith(reverse("mfa_index"))


def test_by_a_code_to_the_email(client, young_person):
    assert client.post(LOGIN, {"login": " AMINA@example.org"})["Location"] == CODE
    assert client.get(CODE).status_code == 200
    assert client.post(CODE, {"code": last_code()})["Location"] == reverse("portal:home")
    assert signed_in(client)


def test_by_a_code_to_the_phone(client, young_person):
    User.objects.filter(pk=young_person.user_id).update(phone="+393331234567", phone_verified=True)
    client.post(LOGIN, {"login": "333 1234567"})
    assert OutgoingMessage.objects.get().channel == "sms"
    client.post(CODE, {"code": last_code()})
    assert signed_in(client)


def test_a_sign_up_begun_and_left_does_not_shorten_the_session(client, young_person):
    begun = {"first_name": "A", "last_name": "B", "birth_date": "2000-01-01", "contact": "new@example.org"}
    client.post(reverse("account_signup"), {**begun, "tie": "lives"})
    assert client.session.get_expiry_age() == 3600
    client.post(LOGIN, {"login": "amina@example.org"})
    code = re.search(r"\b\d{6}\b", OutgoingMessage.objects.get(to="amina@example.org").text)[0]
    client.post(CODE, {"code": code})
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    assert "accounts_sign_up" not in client.session


@pytest.mark.parametrize("unknown", ["nobody@example.org", "333 765 4321"])
def test_an_unknown_address_gets_the_same_pages_and_a_hint_by_message(client, edition, unknown):
    assert client.post(LOGIN, {"login": unknown})["Location"] == CODE
    assert client.get(CODE).status_code == 200
    assert reverse("account_signup") in OutgoingMessage.objects.get().text
    assert client.post(CODE, {"action": "resend"})["Location"] == CODE
    assert client.post(CODE, {"code": "123456"}).context["form"].errors["code"]


def test_another_code_replaces_the_first(client, young_person):
    client.post(LOGIN, {"login": "amina@example.org"})
    first = last_code()
    client.post(CODE, {"action": "resend"})
    second = OutgoingMessage.objects.exclude(text__contains=first).get()
    assert client.post(CODE, {"code": first}).context["form"].errors["code"]
    client.post(CODE, {"code": re.search(r"\b\d{6}\b", second.text)[0]})
    assert signed_in(client)


def test_a_superuser_made_at_the_console_signs_in(client, edition):
    call_command("createsuperuser", email="Root@Example.org", interactive=False)
    client.post(LOGIN, {"login": "root@example.org"})
    client.post(CODE, {"code": last_code()})
    assert client.get("/admin/")["Location"].startswith(reverse("mfa_index"))


def test_staff_sign_in_with_a_password_they_chose(client, as_user, operator):
    operator.set_unusable_password()
    operator.save()
    page = as_user(operator)
    page.post(reverse("account_set_password"), {"password1": "quattro gatti blu", "password2": "quattro gatti blu"})
    assert client.post(PASSWORD, {"contact": "SARA@example.org", "password": "wrong"}).context["form"].errors
    assert client.post(PASSWORD, {"contact": "SARA@example.org", "password": "quattro gatti blu"}).status_code == 302
    assert signed_in(client)


def test_guessing_passwords_is_slowed_down(client, operator):
    for _attempt in range(5):
        client.post(PASSWORD, {"contact": operator.email, "password": "wrong"})
    operator.set_password("quattro gatti blu")
    operator.save()
    client.post(PASSWORD, {"contact": operator.email, "password": "quattro gatti blu"})
    assert not signed_in(client)


def test_a_closed_account_stays_out(client, young_person):
    User.objects.filter(pk=young_person.user_id).update(is_active=False)
    client.post(LOGIN, {"login": "amina@example.org"})
    assert not re.search(r"\b\d{6}\b", OutgoingMessage.objects.get().text)


def test_signing_out(client, young_person):
    client.force_login(young_person.user, backend="accounts.backends.ByPassword")
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert not signed_in(client)


@pytest.mark.parametrize("name", ["account_change_password", "account_set_password", "account_inactive"])
def test_the_small_pages_open(as_user, operator, name):
    assert as_user(operator).get(reverse(name), follow=True).status_code == 200


@pytest.mark.parametrize("name", ["account_confirm_signup", "account_confirm_login_code", "account_claim"])
def test_who_came_in_by_another_window_goes_on(name, young_person):
    """The code is sent from the second tab too, whose token is that of before the sign-in."""
    browser = StrictClient(enforce_csrf_checks=True)
    assert browser.post(reverse(name), {"code": "123456"}).status_code == 403
    browser.force_login(young_person.user, backend="accounts.backends.ByPassword")
    assert browser.post(reverse(name), {"code": "123456"})["Location"] == "/"
    assert "Hai già fatto l’accesso" in browser.get("/").content.decode()
    # Elsewhere a form without a token stays refused.
    assert browser.post(reverse("accounts:profile"), {}).status_code == 403
