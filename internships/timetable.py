"""What a weekly timetable says of a day: pure, from rows that were read before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from internships.rules import Slot
from migwork.repeats import holiday

ZERO = Decimal(0)
CENT = Decimal("0.01")
WORKING_DAYS = 5


@lru_cache(maxsize=1024)
def hours_of(slot: Slot) -> Decimal:
    minutes = (slot.ends_at.hour - slot.starts_at.hour) * 60 + slot.ends_at.minute - slot.starts_at.minute
    return (Decimal(minutes) / 60).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Plan:
    """When an internship expects its intern: `versions` by the day from which each holds, the latest last.

    Without a timetable the weekly hours lie evenly on Monday to Friday. Nobody is expected on public holidays,
    nor from the first to the last day of `suspended` periods.
    """

    starts_on: date
    ends_on: date
    weekly_hours: Decimal
    # Where they were changed: from which day on how many, the first day first.
    weekly: list[tuple[date, Decimal]] = field(default_factory=list)
    versions: list[tuple[date, list[Slot]]] = field(default_factory=list)
    suspended: list[tuple[date, date]] = field(default_factory=list)

    def slots_on(self, day: date) -> list[Slot]:
        """The hours of this weekday in the timetable that holds on `day`."""
        return [slot for slot in self.version_on(day) if slot.weekday == day.weekday()]

    def version_on(self, day: date) -> list[Slot]:
        """The timetable that holds on `day`; before the first one begins, that one."""
        held = [slots for since, slots in self.versions if since <= day]
        return held[-1] if held else self.versions[0][1] if self.versions else []

    def is_suspended(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.suspended)

    def on(self, day: date) -> Decimal:
        """The hours planned on `day`."""
        if not self.starts_on <= day <= self.ends_on or self.is_suspended(day) or holiday(day):
            return ZERO
        if self.versions:
            return sum((hours_of(slot) for slot in self.slots_on(day)), ZERO)
        if day.weekday() >= WORKING_DAYS:
            return ZERO
        return (self.weekly_on(day) / WORKING_DAYS).quantize(CENT, ROUND_HALF_UP)

    def weekly_on(self, day: date) -> Decimal:
        """How many hours a week the papers say on `day`."""
        held = [hours for since, hours in self.weekly if since <= day]
        return held[-1] if held else self.weekly_hours

    def between(self, first: date, last: date) -> dict[date, Decimal]:
        """The days from `first` to `last` on which hours are planned."""
        first, last = max(first, self.starts_on), min(last, self.ends_on)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return {day: hours for day in days if (hours := self.on(day))}


def versions_of(rows: Iterable) -> list[tuple[date, list[Slot]]]:
    """The timetables of one internship from its rows, the earliest first."""
    found: dict[date, list[Slot]] = {}
    for row in rows:
        found.setdefault(row.valid_from, []).append(Slot(row.weekday, row.starts_at, row.ends_at))
    return [(since, sorted(found[since], key=lambda slot: (slot.weekday, slot.starts_at))) for since in sorted(found)]


def longest_day(slots: Iterable[Slot], weekly: Decimal) -> Decimal:
    """The most hours of a day of the timetable; without one, of the weekly hours spread over Monday to Friday."""
    days: dict = {}
    for slot in slots:
        key = (getattr(slot, "valid_from", None), slot.weekday)
        days[key] = days.get(key, ZERO) + hours_of(slot)
    return max(days.values(), default=(weekly / WORKING_DAYS).quantize(CENT, ROUND_HALF_UP))


def weekly_hours(slots: Iterable[Slot]) -> Decimal:
    return sum((hours_of(slot) for slot in slots), ZERO)
