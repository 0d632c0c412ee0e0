"""How many hours an internship has in all, and which day is its last. Pure: dates and numbers, no database."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from internships.rules import Span, suspended_days


def days_of(span: Span) -> int:
    return (span.last - span.first).days + 1


def weekly_since(
    starts_on: date, weekly_hours: Decimal, changed: Iterable[tuple[date, Decimal, Decimal]]
) -> list[tuple[date, Decimal]]:
    """From which day on how many hours a week. `changed`: the day of each change, the hours before and after it."""
    changed = sorted(changed)
    first = changed[0][1] if changed else weekly_hours
    return [(starts_on, first), *[(since, after) for since, _before, after in changed]]


def hours_in_all(whole: Span, weekly: Iterable[tuple[date, Decimal]], off: Iterable[Span]) -> Decimal:
    """The hours of `whole` without the days `off`, each week with the hours that were in force on it.

    `weekly` says from which day on how many hours a week; the first holds from the beginning, whatever its day.
    """
    stretches, off = sorted(weekly, key=lambda stretch: stretch[0]), list(off)
    total = Decimal(0)
    for place, (since, hours) in enumerate(stretches):
        first = whole.first if place == 0 else max(since, whole.first)
        until = stretches[place + 1][0] - timedelta(days=1) if place + 1 < len(stretches) else whole.last
        stretch = Span(first, min(until, whole.last))
        if stretch.first <= stretch.last:
            total += hours * (days_of(stretch) - suspended_days(stretch, off)) / 7
    return total.quantize(Decimal("0.1"))


def pushed(ends_on: date, off: Iterable[Span]) -> date:
    """Where a last day that was planned without the days `off` stands with them."""
    for span in sorted(off, key=lambda one: one.first):
        if span.first <= ends_on:
            ends_on += timedelta(days=days_of(span))
    return ends_on


def last_day_after(ends_on: date, *, before: Span | None, after: Span | None) -> date:
    """Where the last day moves when a suspension comes (`before` None), goes (`after` None) or changes.

    Suspended days are no part of the duration: as many as there are, as many are added at the end.
    """
    moved = (days_of(after) if after else 0) - (days_of(before) if before else 0)
    return ends_on + timedelta(days=moved)
