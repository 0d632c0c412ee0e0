"""Where a target is heading: plain arithmetic over days, the same on the screen and in the report."""

from datetime import date
from math import ceil

RECENT_DAYS = 91
MONTH = 30.4375
# Before this many days a pace says nothing.
TOO_EARLY = 14


def outlook(*, value: int, count: int, recent: int, starts_on: date, ends_on: date | None, on: date) -> dict:
    """What was to be expected by `on`, where the last three months' pace leads, and what pace is needed.

    Expected: the target spread evenly over the edition's days. Forecast: today's count plus the pace of
    the last 91 days (or of all days, where fewer have passed) for the days that are left. Needed: what is
    missing, over the months that are left, at least one.
    `state`: reached, on_track (the forecast reaches the target), late, early (too soon to say) or missed.
    """
    if ends_on is None:
        return {"state": "open", "expected": None, "forecast": None, "needed": None, "pace": None}
    days = (ends_on - starts_on).days + 1
    passed = min(max((on - starts_on).days + 1, 0), days)
    left = days - passed
    pace = recent / min(passed, RECENT_DAYS) if passed else 0
    forecast = count + round(pace * left)
    if count >= value:
        state = "reached"
    elif left == 0:
        state = "missed"
    elif passed < TOO_EARLY:
        state = "early"
    else:
        state = "on_track" if forecast >= value else "late"
    return {
        "state": state,
        "expected": round(value * passed / days),
        "forecast": forecast,
        "needed": ceil((value - count) / max(left / MONTH, 1)) if left and count < value else 0,
        "pace": round(pace * MONTH, 1),
    }
