from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.money import parse_amount
from reporting.templatetags.money import money


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234", "1234.00"),
        ("€ 1 234,5", "1234.50"),
        ("12", "12.00"),
        ("356.545,00 €", "356545.00"),
    ],
)
def test_amounts_as_people_type_them(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1.23.4", "12,345,6", "-5", "1.2345", "1e5", "12,", "٣", "0.001", "9" * 40, "1" + ".000" * 12]
)
def test_what_could_mean_two_things_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011 (the text typed is all it says)
        parse_amount(typed)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_what_the_portal_writes_it_can_read(amount):
    assert parse_amount(money(amount)) == amount
