"""When a session ends, and when somebody has to prove themselves again."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import reverse


@pytest.mark.parametrize(
    ("who", "idle", "longest"),
    [("operator", timedelta(minutes=30), timedelta(hours=10)), ("young", timedelta(days=30), timedelta(days=90))],
)
def test_idle_and_absolute_end(who, idle, longest, as_user, operator, young_person, now):
    page = reverse("accounts:profile")
    user = operator if who == "operator" else young_person.user
    idler, worker = as_user(user), as_user(user)
    with time_machine.travel(now + idle - timedelta(seconds=1), tick=False):
        assert idler.get(page).status_code == 200
    with time_machine.travel(now + idle - timedelta(seconds=1) + idle, tick=False):
        assert idler.get(page)["Location"].startswith(reverse("account_login"))
        assert idler.get(page)["Location"].startswith(reverse("account_login"))
    # Who never stops ends all the same.
    moment = now
    while moment + idle / 2 < now + longest:
        moment += idle / 2
        with time_machine.travel(moment, tick=False):
            assert worker.get(page).status_code == 200
    with time_machine.travel(now + longest, tick=False):
        assert worker.get(page)["Location"].startswith(reverse("account_login"))


def test_being_there_costs_a_write_once_in_a_while(as_user, operator, now):
    client = as_user(operator)
    page = reverse("accounts:profile")
    first = client.get(page).queries
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        assert client.get(page).queries == first + 1
        assert client.get(page).queries == first


def test_the_sign_in_page_says_why(as_user, operator, now):
    client = as_user(operator)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        page = client.get(reverse("accounts:profile"), follow=True)
    assert "abbiamo chiuso la sessione" in page.content.decode()


@pytest.mark.parametrize("who", ["young", "operator"])
@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_activate_totp", "account_set_password"])
def test_asked_again_before_a_new_way_in(who, name, as_user, operator, young_person, now):
    """Whoever has neither factor nor password signs in again, unless they just did."""
    client = as_user(operator if who == "operator" else young_person.user)
    page = reverse(name)
    assert "Accedi di nuovo" not in client.get(page).content.decode()
    with time_machine.travel(now + timedelta(minutes=5, seconds=1), tick=False):
        asked = client.get(page)
        assert "Accedi di nuovo" in asked.content.decode()
        # Nor by sending the form without having opened the page.
        client.post(page, {"password1": "quattro gatti blu", "password2": "quattro gatti blu"})
        user = operator if who == "operator" else young_person.user
        user.refresh_from_db()
        assert not user.has_usable_password()
        out = client.post(reverse("account_logout"), {"next": f"{reverse('account_login')}?next={page}"})
        assert out["Location"] == f"{reverse('account_login')}?next={page}"


def test_asked_for_the_factor_before_another(as_user, operator, now):
    Authenticator.objects.create(user=operator, type="totp", data={"secret": ""}, created_at=now)
    client = as_user(operator)
    for name in ("mfa_add_webauthn", "account_set_password", "mfa_deactivate_totp"):
        assert client.get(reverse(name))["Location"].startswith(reverse("mfa_reauthenticate"))
