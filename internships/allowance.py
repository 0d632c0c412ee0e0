"""What an intern is paid for a month, by the rule set: pure, from numbers that were read before."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from internships.enums import AbsentMonth, PartMonth
from internships.rules import RuleValues, least_of_month

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Month:
    """What is known of an internship's month.

    `planned` hours lie in the part of the month that counts: inside the dates, not suspended. `planned_whole` are
    those of the month as if it counted from its first day to its last. `longest_day` is the most hours of a day.
    """

    kind: str
    is_public: bool
    planned: Decimal
    planned_whole: Decimal
    attended: Decimal
    longest_day: Decimal
    has_meals: bool = False
    on_income_support: bool = False
    # More than the rules ask for, by the training project.
    agreed: Decimal | None = None
    absent_month: str = ""
    part_month: str = ""


@dataclass(frozen=True)
class Step:
    """One line of the sum: `code` says which, `values` what it says."""

    code: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Sum:
    """The amount with how it came about; `amount` is None while the promoter has something to decide (`asks`)."""

    amount: Decimal | None
    steps: tuple[Step, ...]
    asks: str = ""


def compute(month: Month, rules: RuleValues) -> Sum:
    """The allowance of a month in every case of the rules."""
    if not rules.is_for("allowance.full", month.kind):
        return Sum(ZERO, (Step("unpaid_kind"),))
    if not month.planned:
        return Sum(ZERO, (Step("suspended"),))
    if month.on_income_support and month.agreed is None:
        return Sum(ZERO, (Step("income_support"),))
    full, steps = _full(month, rules)
    floor = min(full, rules["allowance.floor"])
    if month.planned < month.planned_whole:
        if not month.part_month:
            return Sum(None, tuple(steps), asks="part_month")
        if month.part_month != PartMonth.WHOLE:
            full = _cents(full * month.planned / month.planned_whole)
            steps.append(Step("part", _hours(month.planned, month.planned_whole) | {"amount": str(full)}))
        if month.part_month == PartMonth.SHARE:
            floor = ZERO
    return _by_attendance(month, rules, full, floor, steps)


def _full(month, rules) -> tuple[Decimal, list[Step]]:
    """The whole month's amount: the least of those that hold, or what was agreed where that is more."""
    code, full = least_of_month(
        rules, has_meals=month.has_meals, longest_day=month.longest_day, is_public=month.is_public
    )
    if month.agreed is not None and month.agreed > full:
        code, full = "agreed", month.agreed
    return full, [Step(code, {"amount": str(_cents(full))})]


def _by_attendance(month, rules, full, floor, steps) -> Sum:
    if not month.attended:
        if not month.absent_month:
            return Sum(None, tuple(steps), asks="absent_month")
        amount = floor if month.absent_month == AbsentMonth.FLOOR else ZERO
        return Sum(_cents(amount), (*steps, Step("absent", {"amount": str(_cents(amount))})))
    said, amount = _hours(month.attended, month.planned), full
    if month.attended / month.planned >= rules.share("allowance.whole_from"):
        steps.append(Step("whole", said))
    else:
        amount = _cents(full * month.attended / month.planned)
        steps.append(Step("share", said | {"amount": str(amount)}))
    if amount < floor:
        amount = floor
        steps.append(Step("floor", {"amount": str(_cents(floor))}))
    return Sum(_cents(amount), tuple(steps))


def _hours(some: Decimal, all_: Decimal) -> dict:
    return {"hours": str(some), "planned": str(all_), "percent": str(int(some * 100 / all_))}


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
