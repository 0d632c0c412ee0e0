"""What a whole month is worth at least."""

from decimal import Decimal

from internships.rules.values import RuleValues


def least_of_month(
    rules: RuleValues, *, has_meals: bool, longest_day: Decimal | None, is_public: bool
) -> tuple[str, Decimal]:
    """Which case of the rules holds, and its amount: the least of those that do."""
    cases = {
        "full": True,
        "with_meals": has_meals,
        "short_day": longest_day is not None and longest_day <= rules["allowance.short_day_hours"],
        "public": is_public,
    }
    amounts = [(case, rules[f"allowance.{case}"]) for case, holds in cases.items() if holds]
    return min(amounts, key=lambda one: one[1])
