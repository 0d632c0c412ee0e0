from datetime import date

import pytest

from reporting.forecast import outlook

PROJECT = {"starts_on": date(2025, 10, 1), "ends_on": date(2026, 10, 31)}


@pytest.mark.parametrize(
    ("count", "recent", "on", "state"),
    [
        (800, 10, date(2026, 5, 5), "reached"),
        (470, 190, date(2026, 5, 5), "on_track"),
        (300, 60, date(2026, 5, 5), "late"),
        (5, 5, date(2025, 10, 10), "early"),
        (700, 10, date(2026, 10, 31), "missed"),
        (700, 10, date(2027, 3, 1), "missed"),
    ],
)
def test_the_state_says_where_the_pace_leads(count, recent, on, state):
    assert outlook(value=800, count=count, recent=recent, on=on, **PROJECT)["state"] == state


def test_expected_forecast_and_need_are_plain_arithmetic():
    found = outlook(value=140, count=61, recent=26, on=date(2026, 4, 30), **PROJECT)
    # 212 of 396 days have passed, 184 are left: 140 × 212/396; 61 + 26/91 × 184; 79 over 6.05 months.
    assert found == {"state": "late", "expected": 75, "forecast": 114, "needed": 14, "pace": 8.7}


def test_before_the_first_day_nothing_is_expected():
    found = outlook(value=140, count=0, recent=0, on=date(2025, 9, 1), **PROJECT)
    assert (found["expected"], found["forecast"], found["state"]) == (0, 0, "early")


def test_the_ordinary_service_has_no_end_to_forecast():
    found = outlook(value=10, count=3, recent=3, starts_on=date(2025, 1, 1), ends_on=None, on=date(2026, 5, 5))
    assert found["state"] == "open"
