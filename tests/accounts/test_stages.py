"""What stands between the first proof and being signed in: a second factor for staff, nothing more for young people."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from tests import factories

LOGIN = "/account/login/"
CODE = "/account/login/code/confirm/"
SIGN_UP = "/account/signup/"
SIGN_UP_CODE = "/account/signup/code/"
PASSWORD = "/account/login/password/"
PERSON = {"first_name": "Sara", "last_name": "Conti", "birth_date": "2000-05-05", "tie": "lives"}


def last_code(to):
    message = OutgoingMessage.objects.filter(to=to).latest("created_at")
    return re.search(r"\b\d{6}\b", message.text)[0]


def by_code(client, user):
    client.post(LOGIN, {"login": user.email})
    return client.post(CODE, {"code": last_code(user.email)})


def by_sign_up(client, user):
    """The sign-up's code opens the account that is there: a way in, too."""
    client.post(SIGN_UP, {**PERSON, "contact": user.email})
    return client.post(SIGN_UP_CODE, {"code": last_code(user.email)})


def by_password(client, user):
    user.set_password("quattro gatti blu")
    user.save()
    return client.post(PASSWORD, {"contact": user.email, "password": "quattro gatti blu"})


ways_in = pytest.mark.parametrize("way_in", [by_code, by_sign_up, by_password])


def with_passkey(user):
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": {}}
    )


@ways_in
def test_a_passkey_is_no_lock_for_young_people(client, young_person, way_in):
    with_passkey(young_person.user)
    assert way_in(client, young_person.user)["Location"] == reverse("portal:home")
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_who_lost_the_phone_takes_its_passkey_off(client, young_person):
    passkey = with_passkey(young_person.user)
    by_code(client, young_person.user)
    page = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert client.get(page).status_code == 200
    assert client.post(page)["Location"].startswith(reverse("mfa_index")[:-1])
    assert not Authenticator.objects.filter(user=young_person.user).exists()


def test_hours_later_the_passkey_is_asked_for_again(client, young_person, now):
    """A telephone left on a table must not change the keys to the house."""
    passkey = with_passkey(young_person.user)
    by_code(client, young_person.user)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = client.get(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert answer["Location"].startswith("/account/2fa/webauthn/reauthenticate/") or answer["Location"].startswith(
        "/account/reauthenticate/"
    )


@ways_in
def test_staff_are_asked_for_theirs_at_every_door(client, operator, way_in):
    TOTP.activate(operator, "A" * 32)
    assert way_in(client, operator)["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_young_person_who_becomes_staff_is_asked_too(client, young_person, city):
    with_passkey(young_person.user)
    factories.MembershipFactory(user=young_person.user, organisation=city)
    assert by_code(client, young_person.user)["Location"].startswith(reverse("mfa_authenticate"))


def test_the_offer_of_a_passkey_goes_away(client, edition):
    client.post(SIGN_UP, {**PERSON, "contact": "new@example.org"})
    client.post(SIGN_UP_CODE, {"code": last_code("new@example.org")})
    home = reverse("portal:home")
    assert client.get(home).context["offer_passkey"]
    assert client.get(home).context["offer_passkey"]
    assert client.post(reverse("account_passkey_later"))["Location"] == home
    assert not client.get(home).context["offer_passkey"]


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", '{"response": {"userHandle": "AAAA"}}', "\x00", "x" * 5000]
)
def test_nonsense_is_no_passkey(client, young_person, credential):
    with_passkey(young_person.user)
    client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = client.post("/account/2fa/webauthn/login/?next=/io/", {"credential": credential})
    assert answer.status_code in (302, 400)
    assert client.get(reverse("accounts:profile")).status_code == 302
