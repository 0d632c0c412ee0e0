"""How many interns a workplace may have at once, and why."""

import math
from dataclasses import dataclass
from decimal import Decimal

from internships.rules.values import RuleValues

STEPS = 4


@dataclass(frozen=True, slots=True)
class Quota:
    """`base` places by the number of employees, `bonus` more for those who were hired; `rule` says which of them."""

    base: int
    bonus: int
    rule: str
    # In per cent; None when nobody ended, or when the workplace is too small for a bonus.
    hired_share: Decimal | None

    @property
    def places(self) -> int:
        return self.base + self.bonus


def quota(*, headcount: int, permanent_staff: int, ended: int, hired: int, rules: RuleValues) -> Quota:
    """By `headcount` of the workplace; with a bonus when it hired `hired` of its `ended` interns of late."""
    if headcount <= rules["quota.small_staff"]:
        base, rule = rules.whole("quota.small_places"), "quota.small_places"
    elif headcount <= rules["quota.middle_staff"]:
        base, rule = rules.whole("quota.middle_places"), "quota.middle_places"
    else:
        base, rule = math.ceil(headcount * rules.share("quota.share")), "quota.share"
    if permanent_staff <= rules["bonus.staff_above"] or not ended:
        return Quota(base, 0, rule, None)
    share = Decimal(hired * 100) / ended
    reached = [step for step in range(1, STEPS + 1) if share >= rules[f"bonus.share_{step}"]]
    return Quota(base, max(reached, default=0), rule, share)
