"""What strangers and insiders try on identity, minors and people's data: each door that was once found open."""

import pytest
from django.urls import reverse

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
