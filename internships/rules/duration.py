"""How long an internship may last. Months are counted from day to day: from 31 January, one ends on 28 February."""

from datetime import date, timedelta

from internships.enums import DurationClass
from internships.rules.values import RuleValues
from migwork.months import add_months


def last_of(starts_on: date, months: int) -> date:
    """The last day of `months` whole months from `starts_on`: of one from 15 March, 14 April.

    When the last month has no such day, its last day: of one from 31 January, 28 (29) February.
    """
    same_day = add_months(starts_on, months)
    return same_day if same_day.day < starts_on.day else same_day - timedelta(days=1)


def longest_rule(duration_class: str, eqf_level: int | None, rules: RuleValues) -> str:
    """Which rule says how long an internship outside school may last; without a level, the careful one."""
    if duration_class == DurationClass.DISABLED:
        return "duration.max_disabled"
    if duration_class == DurationClass.DISADVANTAGED:
        return "duration.max_disadvantaged"
    high = eqf_level is not None and eqf_level >= rules["eqf.high"]
    return "duration.max_high" if high else "duration.max_low"


def latest_end(starts_on: date, months: int, suspended: int) -> date:
    """The last day that `months` allow when `suspended` days don't count."""
    return last_of(starts_on, months) + timedelta(days=suspended)
