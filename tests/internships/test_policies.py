"""What is due, read from state and dates."""

from datetime import date

import pytest
from django.utils import translation

from internships.enums import InternshipState as S
from internships.models import Internship
from internships.policies import due
from internships.vat import cleaned, is_valid

FIRST, LAST = date(2026, 5, 5), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("state", "last_day", "today", "words", "late"),
    [
        (S.PROPOSED, None, date(2026, 5, 4), "Agree", False),
        (S.PROPOSED, None, FIRST, "Agree", True),
        (S.AGREED, None, date(2026, 5, 4), "Write the training project", False),
        (S.IN_SIGNATURE, None, FIRST, "signatures before", True),
        (S.SIGNED, None, date(2026, 5, 4), "starts on", False),
        (S.SIGNED, None, FIRST, "Start it", False),
        (S.SIGNED, None, date(2026, 5, 6), "Start it", True),
        (S.RUNNING, None, date(2026, 5, 12), "Until", False),
        (S.RUNNING, None, date(2026, 5, 13), "Fill in", True),
        (S.RUNNING, date(2026, 5, 12), date(2026, 5, 13), "Until", False),
        (S.RUNNING, LAST, LAST, "complete", False),
        (S.RUNNING, LAST, date(2026, 6, 2), "complete", True),
        (S.SUSPENDED, None, FIRST, "Resume", False),
        (S.SUSPENDED, None, date(2026, 6, 2), "Resume", True),
    ],
)
def test_what_is_due(state, last_day, today, words, late):
    with translation.override("en"):
        found = due(Internship(state=state, starts_on=FIRST, ends_on=LAST), last_day, today)
    assert words in found.sentence
    assert found.late is late


@pytest.mark.parametrize("state", [S.COMPLETED, S.ENDED_EARLY, S.CANCELLED])
def test_nothing_is_due_when_all_is_over(state):
    assert due(Internship(state=state, starts_on=FIRST, ends_on=LAST), None, LAST) is None


def test_vat_numbers():
    # Of the City of Milan and of ENEL: published numbers.
    assert is_valid("01199250158")
    assert is_valid("00811720580")
    assert not is_valid("01199250159")
    assert not is_valid("0119925015")
    assert cleaned(" it 0119 925.0158") == "01199250158"
