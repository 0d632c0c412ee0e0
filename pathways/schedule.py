"""From "Mondays and Wednesdays, 14 to 18, from 3 March to 30 April" to the sessions, and to those of other dates."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from migwork import repeats

A_WEEK = 7


class Meeting(NamedTuple):
    """A session as it is planned: from when until when (aware), where, held by whom."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    room: object = None
    trainers: tuple = ()

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def holiday(self) -> str:
        """The name of the public holiday on which it would fall, or nothing."""
        return repeats.holiday(self.day)

    @property
    def key(self) -> str:
        """By which it is ticked in a list: its beginning on the wall."""
        return f"{timezone.localtime(self.starts_at):%Y-%m-%dT%H:%M}"


def meeting(day: date, start: time, end: time, **rest) -> Meeting:
    """On `day` between two hours of the clock on the wall."""
    zone = timezone.get_default_timezone()
    return Meeting(*(datetime.combine(day, moment, tzinfo=zone) for moment in (start, end)), **rest)


def meetings(*, first: date, last: date, weekdays: Iterable[str], every: int = 1, start: time, end: time, **rest):
    """Those on each of `weekdays` ("MO" …) of every, or every second, … week from `first` to `last`; as a list.

    The times are those on the wall, also across a change to or from summer time.
    """
    days = repeats.days_of(repeats.weekly(weekdays, every), first, last)
    return [meeting(day, start, end, **rest) for day in days]


def moved(plan: Iterable[Meeting], first: date) -> list[Meeting]:
    """The same weekdays and hours, by so many whole weeks later that nothing lies before `first`."""
    plan = list(plan)
    if not plan:
        return []
    days = (first - min(each.day for each in plan)).days
    shift = timedelta(days=-(-days // A_WEEK) * A_WEEK)
    return [_later(each, shift) for each in plan]


def _later(each: Meeting, shift: timedelta) -> Meeting:
    """By the clock on the wall: three in the afternoon stays three in the afternoon."""
    start, end = (timezone.make_aware(timezone.make_naive(moment) + shift) for moment in each[:2])
    return each._replace(starts_at=start, ends_at=end)


def hours(plan: Iterable[Meeting]) -> Decimal:
    """How long they last together, to the tenth of an hour."""
    seconds = sum((each.ends_at - each.starts_at).total_seconds() for each in plan)
    return (Decimal(seconds) / 3600).quantize(Decimal("0.1"))
