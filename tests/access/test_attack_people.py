"""What strangers and insiders try on identity, minors and people's data: each door that was once found open."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import actions
from tests import factories
from tests.strict import StrictClient


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "account_set_password"])
def test_pages_of_new_keys_send_visitors_to_the_sign_in(edition, name):
    for answer in (StrictClient().get(reverse(name)), StrictClient().post(reverse(name), {})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_nul_in_a_search_finds_nobody(as_user, edition, privacy_officer, operator, participation):
    pages = [(privacy_officer, reverse("accounts:privacy-request-find"))]
    pages += [(operator, reverse("intake:same-as", args=[participation.pk]))]
    for user, page in pages:
        assert as_user(user).post(page, {"q": "bian\x00chi\x00 \N{GRINNING FACE}"}).status_code == 200


# -- a dangerous home ---------------------------------------------------------------------


@pytest.mark.parametrize("address", ["casa@example.org", "sicura@example.org"])
def test_the_address_of_a_dangerous_home_takes_no_record_over(edition, now, address):
    """A father who reads the family's mail knows his daughter's name and birth date: they open nothing of hers."""
    daughter = factories.YoungPersonFactory(
        first_name="Amina",
        last_name="Bianchi",
        birth_date=date(2006, 5, 5),
        user=None,
        email="casa@example.org",
        safe_contact=True,
        safe_channel="email",
        safe_address="sicura@example.org",
        sort_key="bianchi amina",
    )
    user, _created = actions.sign_up(
        first_name="Amina",
        last_name="Bianchi",
        birth_date=date(2006, 5, 5),
        tie="lives",
        channel="email",
        address=address,
        language="it",
        now=now,
    )
    assert (user.person == daughter) is (address == "sicura@example.org")
