"""Addresses that a list finds once are the same as those found row by row."""

from uuid import UUID

import pytest
from django.urls import reverse

from migwork.links import KEY, NUMBER, SLUG, link_to


@pytest.mark.parametrize(
    ("name", "holder", "key"),
    [
        ("intake:person-file", KEY, UUID("0b7bd1d2-5b0e-4c39-9a35-8d1f6f0f3a11")),
        ("pathways:session-attendance", NUMBER, 42),
        ("pathways:activity-detail", SLUG, "attivita-3"),
    ],
)
def test_the_address_of_a_row(name, holder, key):
    assert link_to(name, holder)(key) == reverse(name, args=[key])
