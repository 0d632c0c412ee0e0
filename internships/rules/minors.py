"""The working time of minors (L. 977/1967): a week's timetable against the rules."""

from collections.abc import Iterable
from datetime import time

from internships.rules.facts import Slot
from internships.rules.values import RuleValues

DAY = 24 * 60
WEEK = 7 * DAY
SUNDAY = 6


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def stretches(timetable: Iterable[Slot]) -> list[tuple[int, int]]:
    """The week's work as minutes from Monday's midnight, in order; those that touch are one."""
    joined = []
    for slot in sorted(timetable, key=lambda one: (one.weekday, one.starts_at)):
        start = slot.weekday * DAY + _minute(slot.starts_at)
        length = (_minute(slot.ends_at) - _minute(slot.starts_at)) % DAY or DAY
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], start + length))
        else:
            joined.append((start, start + length))
    return joined


def minutes_by_day(timetable: Iterable[Slot]) -> dict[int, int]:
    """How many minutes of work each weekday has that has any; a stretch past midnight is of both days."""
    days = {}
    for start, end in stretches(timetable):
        while start < end:
            until = min(end, (start // DAY + 1) * DAY)
            day = start // DAY % 7
            days[day] = days.get(day, 0) + until - start
            start = until
    return days


def works_at_night(timetable: Iterable[Slot], rules: RuleValues) -> bool:
    """Whether any night is broken: neither from the first hour to the first, nor from one later to one later, is free.

    The night is so many hours on end that hold these: the evening's and the morning's work must leave them free.
    """
    work = stretches(timetable)
    night, begins, ends = (rules.whole(f"minors.{name}") for name in ("night", "night_from", "night_to"))
    work += [(start + WEEK, end + WEEK) for start, end in work]
    for day in range(7):
        cores = [(day * DAY + (begins + later) * 60, (day + 1) * DAY + (ends + later) * 60) for later in (0, 1)]
        if not any(_gap_around(core, work) >= night * 60 for core in cores):
            return True
    return False


def _gap_around(core: tuple[int, int], work: list[tuple[int, int]]) -> int:
    """How many minutes on end are free around `core`; none when there is work within it."""
    first, last = core
    if any(start < last and end > first for start, end in work):
        return 0
    before = max((end for _start, end in work if end <= first), default=first - DAY)
    # The evening before the week's Monday is that of its Sunday: the same week goes round.
    before = max(before, max((end - WEEK for _start, end in work if end - WEEK <= first), default=before))
    after = min((start for start, _end in work if start >= last), default=last + DAY)
    return after - before


def longest_without_break(timetable: Iterable[Slot], rules: RuleValues) -> int:
    """The most minutes on end: a pause shorter than the rule's is none."""
    pause, longest, reached = rules.whole("minors.break"), 0, None
    begun = 0
    for start, end in stretches(timetable):
        if reached is None or start - reached >= pause:
            begun = start
            longest = max(longest, end - begun)
        else:
            longest = max(longest, end - begun)
        reached = end
    return longest


def longest_rest(timetable: Iterable[Slot]) -> int:
    """The most minutes on end of a week without work; the week goes round."""
    work = stretches(timetable)
    if not work:
        return WEEK
    following = [*work[1:], (work[0][0] + WEEK, 0)]
    return max(after[0] - now[1] for now, after in zip(work, following, strict=True))
