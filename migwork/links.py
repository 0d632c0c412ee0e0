"""Addresses of the rows of a list: found once for the page, not once for every row."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

# What stands in the address until the key is known: one of each kind, not to be found elsewhere in an address.
KEY, NUMBER, SLUG = UUID(int=0), 9876543210, "x-0-x"


def link_to(name: str, holder=KEY) -> Callable[[object], str]:
    """How to write the address of `name` for a key of the kind of `holder`: KEY, NUMBER or SLUG."""
    before, after = reverse(name, args=[holder]).split(str(holder))
    return lambda key: f"{before}{key}{after}"
