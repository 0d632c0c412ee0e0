"""What the checks know of an internship: plain values, no rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """Days, the first and the last included; without a last one: until further notice."""

    first: date
    last: date | None = None

    def meets(self, other: "Span") -> bool:
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of work in each week: `weekday` 0 is Monday. An end not after the start is on the next day."""

    weekday: int
    starts_at: time
    ends_at: time


@dataclass(frozen=True, kw_only=True)
class Facts:
    """An internship as proposed or as it shall become. What is not known yet is None, and is not checked."""

    kind: str
    starts_on: date | None = None
    ends_on: date | None = None
    # Where a longer one ended before: the days after it are an extension.
    extended_from: date | None = None
    suspensions: tuple[Span, ...] = ()
    weekly_hours: Decimal | None = None
    timetable: tuple[Slot, ...] = ()
    eqf_level: int | None = None
    # Where somebody studies: "" when it is still to be written.
    school: str | None = None
    # What the training project promises a month, and what the least amount depends on.
    allowance: Decimal | None = None
    has_meals: bool = False
    longest_day: Decimal | None = None
    on_income_support: bool = False

    birth_date: date | None = None
    duration_class: str = ""
    quota_exempt: bool = False
    worked_there_until: date | None = None
    # Other internships outside school of the same person with the same host, whenever they were.
    others_with_host: int = 0

    is_public: bool = False
    is_seasonal: bool = False
    ateco: str = ""
    agreement_hours: Decimal | None = None
    insolvent_from: date | None = None
    promoter_is_host: bool = False

    headcount: int | None = None
    permanent_staff: int = 0
    dismissals_on: date | None = None
    short_time: Span | None = None
    # How many others that count are there at once, at most; and who ended there lately, of whom so many were hired.
    others_at_unit: int = 0
    ended_at_unit: int = 0
    hired_at_unit: int = 0

    others_of_host_tutor: int | None = None
    others_of_promoter_tutor: int | None = None

    @property
    def span(self) -> Span | None:
        return Span(self.starts_on, self.ends_on) if self.starts_on and self.ends_on else None

    @property
    def suspended_days(self) -> int:
        return suspended_days(self.span, self.suspensions) if self.span else 0

    @property
    def net_end(self) -> date:
        """The last day as if no day had been suspended: what the limits of duration are about."""
        return self.ends_on - timedelta(days=self.suspended_days)

    def age_on(self, day: date) -> int:
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def suspended_days(within: Span, suspensions: Iterable[Span]) -> int:
    """How many days of `within` are suspended, each counted once; a suspension without an end goes to the last."""
    days, reached = 0, within.first - timedelta(days=1)
    for span in sorted(suspensions, key=lambda one: one.first):
        first = max(span.first, reached + timedelta(days=1))
        last = min(span.last or within.last, within.last)
        if first <= last:
            days += (last - first).days + 1
            reached = last
    return days


def most_at_once(spans: Iterable[Span], within: Span) -> int:
    """On the fullest day of `within`, how many of `spans` hold."""
    met = [span for span in spans if span.meets(within)]
    days = {max(span.first, within.first) for span in met}
    return max((sum(span.meets(Span(day, day)) for span in met) for day in days), default=0)
