"""Addresses of the rows of a list: found once for the page, not once for every row."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

_HOLDER = UUID(int=0)


def link_to(name: str, holder=_HOLDER) -> Callable[[object], str]:
    """How to write the address of `name` for a key. `holder` stands for keys that are no UUID: a slug, a number."""
    before, after = reverse(name, args=[holder]).split(str(holder))
    return lambda key: f"{before}{key}{after}"
