"""Watching a minor's working time (L. 977/1967): the weekly timetable, and the hours that were really worked. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.rules import Facts, Finding, Level, RuleValues, Slot, check, words
from migwork.months import add_months

OF_TIMETABLE = frozenset(f"minors_{name}" for name in ("day", "night", "break", "rest_days", "rest_hours", "sunday"))
WEEK = 7


@dataclass(frozen=True)
class Watched:
    """A day, or the Monday of a week, with what is over the limit, and where the limit stands."""

    on: date
    sentence: str
    source: str


def broken_by_timetable(slots: Iterable[Slot], internship, values: RuleValues) -> list[Finding]:
    """What a minor's weekly timetable breaks."""
    facts = Facts(
        kind=internship.kind,
        starts_on=internship.starts_on,
        birth_date=internship.participation.person.birth_date,
        timetable=tuple(slots),
        ateco=internship.unit.host.ateco,
    )
    return [one for one in check(facts, values) if one.code in OF_TIMETABLE and one.level != Level.PASS]


def broken_by_days(days: Mapping[date, Decimal], birth_date: date, values: RuleValues) -> list[Watched]:
    """What the hours of these days break, as long as the intern was a minor. Whole weeks, Monday to Sunday."""
    grown = add_months(birth_date, 12 * values.whole("minors.until"))
    young = {on: hours for on, hours in sorted(days.items()) if hours and on < grown}
    found = [
        Watched(
            on,
            _("%(hours)s on %(day)s: a minor works %(most)s at most.")
            % {"hours": words.hours(hours), "day": date_format(on, "l j F"), "most": words.hours(values["minors.day"])},
            values.rule("minors.day").source,
        )
        for on, hours in young.items()
        if hours > values["minors.day"]
    ]
    weeks: dict[date, list[Decimal]] = defaultdict(list)
    for on, hours in young.items():
        weeks[on - timedelta(days=on.weekday())].append(hours)
    for monday, worked in weeks.items():
        found += _of_week(monday, worked, values)
    return sorted(found, key=lambda one: one.on)


def _of_week(monday, worked, values) -> list[Watched]:
    day, found = date_format(monday, "j F"), []
    if (hours := sum(worked)) > values["minors.week"]:
        said = {"hours": words.hours(hours), "day": day, "most": words.hours(values["minors.week"])}
        sentence = _("%(hours)s in the week of %(day)s: a minor works %(most)s at most.")
        found.append(Watched(monday, sentence % said, values.rule("minors.week").source))
    if WEEK - len(worked) < values.whole("minors.rest_days"):
        said = {"day": day, "least": words.days(values.whole("minors.rest_days"))}
        sentence = _("Too little rest in the week of %(day)s: a minor has %(least)s free.")
        found.append(Watched(monday, sentence % said, values.rule("minors.rest_days").source))
    return found
