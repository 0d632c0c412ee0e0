"""Hours that repeat: which days a rule names, and which moments they are by the clock on the wall."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from migwork.errors import NotNow
from migwork.words import day_in_words

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Milan's own feast, Saint Ambrose on 7 December, comes with its province.
COUNTRY, PROVINCE = "IT", "MI"
MONDAY = date(2024, 1, 1)


def weekly(weekdays: Iterable[str], interval: int) -> str:
    """The rule (RFC 5545) of these weekdays, every `interval` weeks."""
    chosen = set(weekdays)
    return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(day for day in WEEKDAYS if day in chosen)}"


def days_of(rule: str, first: date, last: date, since: date | None = None) -> list[date]:
    """The days that `rule` names from `first` to `last`; of these only those from `since` on.

    NotNow for what is no rule, or one that goes by hours: a rule names days.
    """
    try:
        every = rrulestr(rule, dtstart=datetime.combine(first, time()), ignoretz=True)
        start = datetime.combine(max(first, since or first), time())
        found = [moment.date() for moment in every.between(start, datetime.combine(last, time()), inc=True)]
    except (ValueError, TypeError, AttributeError) as error:
        raise NotNow(_("This is not a rule of days that repeat."), code="rule") from error
    if len(found) != len(set(found)):
        raise NotNow(_("This is not a rule of days that repeat."), code="rule")
    return found


def parts_of(rule: str) -> dict:
    """{"BYDAY": "MO,WE", …}: the parts of a rule."""
    return dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)


def in_words(rule: str) -> str:
    """Monday and Wednesday, every second week. A rule that was not made by `weekly` stands as it is."""
    parts = parts_of(rule)
    if parts.get("FREQ") != "WEEKLY" or not parts.get("BYDAY"):
        return rule
    named = [day for day in parts["BYDAY"].split(",") if day in WEEKDAYS]
    days = ", ".join(day_in_words(MONDAY + timedelta(days=WEEKDAYS.index(day)), "l") for day in named)
    every = int(parts.get("INTERVAL", 1))
    if every == 1:
        return _("%(days)s, every week") % {"days": days}
    if every == 2:
        return _("%(days)s, every second week") % {"days": days}
    return _("%(days)s, every %(number)s weeks") % {"days": days, "number": formats.localize(every)}


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> dict[date, str]:
    # Loads a table of countries: only processes that work out hours pay for it.
    from holidays import country_holidays

    return dict(country_holidays(COUNTRY, subdiv=PROVINCE, years=year, language="it_IT"))


def holiday(day: date) -> str:
    """The name of the public holiday on this day in Milan, or nothing."""
    return _holidays_of(day.year).get(day, "")


def moments(day: date, opens: time, closes: time, minutes: int) -> list[tuple[datetime, datetime]]:
    """The talks of `minutes` that fit between two hours of a local day: each from when until when.

    Counted on the clock on the wall, so that ten o'clock stays ten o'clock when the clocks change.
    """
    length = timedelta(minutes=minutes)
    start, end = datetime.combine(day, opens), datetime.combine(day, closes)
    found = []
    while start + length <= end:
        found.append((timezone.make_aware(start), timezone.make_aware(start + length)))
        start += length
    return found
