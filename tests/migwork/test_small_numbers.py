"""Nobody is what is left of a sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migwork.small_numbers import LEAST, hide_small


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([1, 2, 0], [None, None, None]),
        ([20, 8, 0], [20, 8, 0]),
        ([20, 8, 2], [20, None, None]),
        ([20, 3, 2], [20, None, None]),
        ([20, 3, 0], [20, None, None]),
        ([10, 1, 1, 0], [10, None, None, None]),
        ([0, 0], [0, 0]),
    ],
)
def test_no_hidden_number_can_be_worked_out(numbers, shown):
    assert hide_small(numbers) == shown


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5))
def test_the_rest_is_spread_over_two_parts_or_more_in_more_ways_than_one(numbers):
    shown = hide_small(numbers)
    assert all(people in (None, number) for number, people in zip(numbers, shown, strict=True))
    assert not any(0 < people < LEAST for people in shown if people is not None)
    if None in shown:
        assert shown.count(None) >= 2
        assert sum(numbers) > sum(people or 0 for people in shown)
