"""Who may take part, as the edition's data say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.eligibility import age_on, reasons_against
from programme.enums import Tie
from programme.models import Edition

TODAY = date(2026, 5, 5)


def codes(birth_date, tie=Tie.LIVES, on=TODAY, **changes):
    rules = {"min_age": 16, "max_age": 34, "territory": "Lombardia", "ties": ["lives", "studies", "works"], **changes}
    return [reason.code for reason in reasons_against(Edition(**rules), birth_date=birth_date, tie=tie, on=on)]


@pytest.mark.parametrize(
    ("birth_date", "on", "expected"),
    [
        (date(2010, 5, 5), TODAY, []),
        (date(2010, 5, 6), TODAY, ["too_young"]),
        (date(1991, 5, 6), TODAY, []),
        (date(1991, 5, 5), TODAY, ["too_old"]),
        # Born on 29 February: sixteen on 1 March.
        (date(2008, 2, 29), date(2024, 2, 29), []),
        (date(2008, 2, 29), date(2025, 2, 28), []),
        (date(1992, 2, 29), date(2027, 2, 28), []),
        (date(1992, 2, 29), date(2027, 3, 1), ["too_old"]),
    ],
)
def test_both_ages_are_in(birth_date, on, expected):
    assert codes(birth_date, on=on) == expected


def test_the_next_edition_may_say_otherwise():
    born = date(2011, 1, 1)
    assert codes(born) == ["too_young"]
    assert codes(born, min_age=14) == []
    assert codes(date(2000, 1, 1), tie=Tie.WORKS, ties=["lives"]) == ["tie"]
    assert codes(date(2000, 1, 1), tie=Tie.NONE, ties=["lives", "none"]) == ["tie"]


def test_the_ties_are_said_in_words():
    def sentence(ties):
        edition = Edition(min_age=16, max_age=34, territory="Lombardia", ties=ties)
        (reason,) = reasons_against(edition, birth_date=date(2000, 1, 1), tie=Tie.NONE, on=TODAY)
        return reason.sentence

    assert sentence(["works", "lives", "studies"]) == "È per chi vive, studia o lavora in Lombardia."
    assert sentence(["lives", "works"]) == "È per chi vive o lavora in Lombardia."
    assert sentence(["lives"]) == "È per chi vive in Lombardia."


def test_every_reason_is_said_at_once():
    assert codes(date(1950, 1, 1), tie=Tie.NONE) == ["too_old", "tie"]


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 120))
def test_a_birthday_makes_one_year_older(birth_date, years):
    day, month = (1, 3) if (birth_date.day, birth_date.month) == (29, 2) else (birth_date.day, birth_date.month)
    birthday = date(birth_date.year + years, month, day)
    before = birthday.fromordinal(birthday.toordinal() - 1)
    assert age_on(birth_date, birthday) == years
    if years:
        assert age_on(birth_date, before) == years - 1
