"""Addresses: whole ones for messages and papers, and those of a list's rows, found once for the page."""

from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import get_urlconf, reverse

# What stands in the address until the key is known: one of each kind, not to be found elsewhere in an address.
KEY, NUMBER, SLUG = UUID(int=0), 9876543210, "x-0-x"


def link_to(name: str, holder=KEY) -> Callable[[object], str]:
    """How to write the address of `name` for a key of the kind of `holder`: KEY, NUMBER or SLUG."""
    before, after = _around(name, holder, get_urlconf())
    return lambda key: f"{before}{key}{after}"


@cache
def _around(name, holder, urlconf):
    """What stands before and after the key: looked up once per process."""
    before, after = reverse(name, args=[holder]).split(str(holder))
    return before, after


def absolute_url(name: str, *args) -> str:
    """The whole address of a page, as it stands in a message, on paper or in a QR code: "https://…"."""
    return settings.SITE_URL + reverse(name, args=args)
