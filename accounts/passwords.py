"""Whether a password is known from a breach, asked of a range service: five letters of its hash leave, no more.

Where the service is silent for a second, or broken, the password passes: nobody stays outside for others' trouble.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha1

import requests
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

SECONDS = 1
# Answers hold about a thousand lines of forty signs; whatever is longer is no answer.
MOST_BYTES = 500_000
# A service that drips keeps its thread, not the page: the wait for the whole answer ends after a second.
_askers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="password-range")


def is_breached(password: str) -> bool:
    """Whether the range service of the settings knows `password`. False where none is set or it does not answer."""
    if not settings.PASSWORD_RANGE_URL:
        return False
    digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    try:
        return digest[5:] in _askers.submit(_endings_after, digest[:5]).result(timeout=SECONDS)
    except (TimeoutError, requests.RequestException, ValueError) as trouble:
        log.warning("the range service of passwords did not answer: %s", type(trouble).__name__)
        return False


def _endings_after(beginning: str) -> set[str]:
    """What follows `beginning` in the hashes of breached passwords."""
    url = f"{settings.PASSWORD_RANGE_URL.rstrip('/')}/{beginning}"
    # Padded, so that the length of the answer does not tell the five letters to who listens on the way.
    headers = {"Add-Padding": "true", "User-Agent": "MiG-Work"}
    with requests.get(url, headers=headers, timeout=SECONDS, stream=True, allow_redirects=False) as response:
        if response.status_code != 200:
            raise ValueError(f"status {response.status_code}")
        text = response.raw.read(MOST_BYTES, decode_content=True).decode("ascii")
    rows = (line.partition(":") for line in text.splitlines())
    # Padding has the count 0.
    return {ending.strip().upper() for ending, _colon, count in rows if count.strip() not in ("", "0")}


class Breached:
    """Among AUTH_PASSWORD_VALIDATORS: refuses what is known from a breach."""

    def validate(self, password, user=None):
        if is_breached(password):
            raise ValidationError(
                _("This password was stolen somewhere and is on lists that thieves try. Choose another one."),
                code="password_breached",
            )

    def get_help_text(self):
        return _("Not one that was stolen somewhere.")
