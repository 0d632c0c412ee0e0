"""From "Mondays and Wednesdays, 14 to 18, from 3 March to 30 April" to the sessions."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def sessions(*, first: date, last: date, weekdays, start: time, end: time, place: str = "") -> list[tuple]:
    """(start, end, place) of each session: on each of `weekdays` (0 = Monday) from `first` to `last`.

    The times are those on the wall, also across a change to or from summer time.
    """
    zone = timezone.get_default_timezone()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        (
            datetime.combine(day, start).replace(tzinfo=zone),
            datetime.combine(day, end).replace(tzinfo=zone),
            place,
        )
        for day in days
        if day.weekday() in weekdays
    ]
