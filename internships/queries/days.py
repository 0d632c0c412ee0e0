"""The register by day and by month: as the intern, the host and the promoter read it. Constant queries each."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef

from internships import rules
from internships.enums import DayState, InternshipState
from internships.models import Internship, RegisterChange, RegisterDay, RegisterMonth, Suspension
from internships.queries.timetable import plan_of, planned_on
from internships.rules import Slot
from internships.timetable import ZERO, Plan
from internships.working_time import Watched, broken_by_days
from migwork.months import add_months
from migwork.prepared import Prepared

# How far back days that nobody has said anything of are asked for on the phone.
ASKED = timedelta(days=45)


@dataclass
class DayRow:
    """A day: what is planned, what is written, and whether it can still be said otherwise."""

    on: date
    planned: Decimal
    slots: list[Slot] = field(default_factory=list)
    day: RegisterDay | None = None
    is_closed: bool = False
    changes: list[RegisterChange] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.day.state if self.day else ""

    @property
    def hours(self) -> Decimal:
        return self.day.hours if self.day else ZERO

    @property
    def is_missing(self) -> bool:
        return self.day is None and self.planned > 0

    @property
    def can_be_said(self) -> bool:
        return not self.is_closed and self.state != DayState.CONFIRMED

    @property
    def choice(self) -> str:
        """Which of the phone's three marks stands there."""
        if self.day is None:
            return ""
        if self.state == DayState.ABSENT:
            return "absent"
        return "planned" if self.hours == self.planned else "hours"


@dataclass
class MyDays:
    """What the intern's phone shows."""

    today: DayRow | None
    earlier: list[DayRow]
    months: list
    # The last change of the register that is on this page.
    seen: int

    @property
    def asked(self) -> list[DayRow]:
        return ([self.today] if self.today else []) + self.earlier

    @property
    def missing(self) -> int:
        return sum(1 for row in self.earlier if row.is_missing)


_days_between = Prepared(
    lambda internship, first, last: RegisterDay.objects.filter(internship=internship, on__gte=first, on__lte=last)
)
_changes_between = Prepared(
    lambda internship, first, last: (
        RegisterChange.objects.told()
        .filter(internship=internship, on__gte=first, on__lte=last)
        .select_related("by", "link__tutor")
    )
)
_last_change = Prepared(
    lambda internship: RegisterChange.objects.filter(internship=internship).order_by("-pk").values_list("pk")[:1]
)
_closed_of = Prepared(
    lambda internship: RegisterMonth.objects.filter(internship=internship).select_related(
        "closed_by", "closed_link__tutor"
    )
)


_on = Prepared(lambda internship, on: RegisterDay.objects.filter(internship=internship, on=on).values_list("pk")[:1])


def day_rows(internship, first: date, last: date, plan: Plan | None = None, closed=None) -> list[DayRow]:
    """The days from `first` to `last` on which hours are planned or written, in order."""
    plan = plan or plan_of(internship)
    planned = plan.between(first, last)
    asked = {"internship": internship.pk, "first": first, "last": last}
    days = {row.on: row for row in _days_between(**asked)}
    closed = set(internship.months.values_list("first", flat=True)) if closed is None else closed
    changes: dict[date, list[RegisterChange]] = {}
    # Where it is known that nothing was ever changed, nothing is asked.
    for change in _changes_between(**asked) if getattr(internship, "has_changes", True) else ():
        changes.setdefault(change.on, []).append(change)
    return [
        DayRow(
            on,
            planned.get(on, ZERO),
            plan.slots_on(on),
            days.get(on),
            on.replace(day=1) in closed,
            changes.get(on, []),
        )
        for on in sorted({*planned, *days})
    ]


def last_change(internship) -> int:
    return next((pk for (pk,) in _last_change(internship=internship.pk)), 0)


def waits_today(internship, today: date) -> bool:
    """Whether hours are planned today of which nothing is said yet."""
    if internship.state != InternshipState.RUNNING or not internship.starts_on <= today <= internship.ends_on:
        return False
    return not _on(internship=internship.pk, on=today) and planned_on(internship, today) > 0


def my_days(internship, today: date) -> MyDays:
    """Today, and the earlier days of which something is still to be said; then the months."""
    last = min(today, internship.ends_on)
    rows = day_rows(internship, max(internship.starts_on, today - ASKED), last)
    here = next((row for row in rows if row.on == today), None)
    if here is None and internship.starts_on <= today <= internship.ends_on:
        here = DayRow(today, ZERO, is_closed=internship.months.filter(first=today.replace(day=1)).exists())
    earlier = [row for row in reversed(rows) if row.on < today and row.can_be_said]
    return MyDays(here, earlier, months_of(internship, today), last_change(internship))


@dataclass
class MonthSum:
    """A month of the register in one line."""

    first: date
    planned: Decimal
    confirmed: Decimal
    waiting: int
    disputed: int
    closed: RegisterMonth | None

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"


def kept(internship, today: date, rows) -> tuple[Plan, list[MonthSum]]:
    """The timetable, and the months that have begun. `rows`: its days, as `register` read them."""
    plan = plan_of(internship)
    return plan, months_of(internship, today, plan, rows=rows)


def closed_of(internship) -> dict[date, RegisterMonth]:
    """The closed months, with who closed them."""
    return {row.first: row for row in _closed_of(internship=internship.pk)}


def months_of(internship, today: date, plan: Plan | None = None, closed=None, rows=None) -> list[MonthSum]:
    """The months of an internship that have begun, the latest first."""
    plan = plan or plan_of(internship)
    rows = list(internship.days.values_list("on", "hours", "state")) if rows is None else rows
    closed = closed_of(internship) if closed is None else closed
    sums = []
    for first in firsts_of(internship, today):
        following = add_months(first, 1)
        mine = [(hours, state) for on, hours, state in rows if first <= on < following]
        sums.append(
            MonthSum(
                first,
                sum(plan.between(first, following - timedelta(days=1)).values(), ZERO),
                sum((hours for hours, state in mine if state == DayState.CONFIRMED), ZERO),
                sum(1 for _hours, state in mine if state == DayState.PROPOSED),
                sum(1 for _hours, state in mine if state == DayState.DISPUTED),
                closed.get(first),
            )
        )
    return sums


def firsts_of(internship, today: date) -> list[date]:
    """The first days of the months that have begun, the latest first."""
    first, firsts = internship.starts_on.replace(day=1), []
    while first <= min(today, internship.ends_on):
        firsts.append(first)
        first = add_months(first, 1)
    return firsts[::-1]


@dataclass
class Month:
    """A month of one internship, day by day."""

    internship: Internship
    first: date
    rows: list[DayRow]
    closed: RegisterMonth | None
    # All months that have begun, the latest first.
    months: list[date]

    @cached_property
    def seen(self) -> int:
        """The last change of the register, for phones that write it. One query."""
        return last_change(self.internship)

    @property
    def planned(self) -> Decimal:
        return sum((row.planned for row in self.rows), ZERO)

    def hours_in(self, state) -> Decimal:
        return sum((row.hours for row in self.rows if row.state == state), ZERO)

    @property
    def confirmed(self) -> Decimal:
        return self.hours_in(DayState.CONFIRMED)

    @property
    def waiting(self) -> list[DayRow]:
        return [row for row in self.rows if row.state == DayState.PROPOSED]

    @property
    def confirmed_rows(self) -> list[DayRow]:
        return [row for row in self.rows if row.state == DayState.CONFIRMED]

    @property
    def confirmed_keys(self) -> set[str]:
        return {row.on.isoformat() for row in self.confirmed_rows}

    @property
    def open_rows(self) -> list[DayRow]:
        return [row for row in self.rows if row.state != DayState.CONFIRMED]

    @property
    def disputed(self) -> list[DayRow]:
        return [row for row in self.rows if row.state == DayState.DISPUTED]

    def missing(self, today: date) -> list[DayRow]:
        return [row for row in self.rows if row.is_missing and row.on <= today]


def month_of(internship, first: date, today: date) -> Month:
    """A month with all its days, what was changed in them, and whether it is closed; and the months beside it."""
    last = add_months(first, 1) - timedelta(days=1)
    plan, closed = plan_of(internship), closed_of(internship)
    rows = day_rows(internship, first, last, plan, closed)
    months = firsts_of(internship, today)
    return Month(internship, first, rows, closed.get(first), months)


def watched(internship, month: Month) -> list[Watched]:
    """What a minor's hours of this month break; of weeks that reach over its ends, with the days beyond."""
    birth, begins = internship.participation.person.birth_date, internship.starts_on
    values = rules.values(begins)
    if add_months(birth, 12 * values.whole("minors.until")) <= month.first:
        return []
    first, last = month.first, add_months(month.first, 1) - timedelta(days=1)
    around = (first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday()))
    days = internship.days.filter(on__range=around).exclude(state=DayState.ABSENT).values_list("on", "hours")
    return broken_by_days(dict(days), birth, values)


def for_register(pk) -> Internship | None:
    """One internship as the pages of its register name it: whose it is. Who may see it, permissions.can_see says."""
    internship = _for_register.first(pk=pk)
    if internship is not None and not internship.has_pauses:
        internship.pauses_read = []
    return internship


_for_register = Prepared(
    lambda pk: (
        Internship.objects.filter(pk=pk)
        .select_related("participation__person")
        .annotate(
            has_changes=Exists(RegisterChange.objects.told().filter(internship=OuterRef("pk"))),
            has_pauses=Exists(Suspension.objects.filter(internship=OuterRef("pk"))),
        )
    )
)


def first_of(text: str, internship) -> date | None:
    """The first day of the month named "2026-05", if the internship has days in it."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    begins = internship.starts_on.replace(day=1)
    return first if begins <= first <= internship.ends_on and len(text) == 7 else None
