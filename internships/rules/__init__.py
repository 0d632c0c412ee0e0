"""The rules of the field. `values(day)` gives the numbers that hold on a day: none of them stands in code.

    values = rules.values(internship.starts_on)
    findings = rules.check(facts, values)

All but `values` and `values_of` are pure: no database, no clock.
"""

from internships.rules.allowance import least_of_month
from internships.rules.checks import check
from internships.rules.duration import last_of, latest_end
from internships.rules.facts import Facts, Slot, Span, most_at_once, suspended_days
from internships.rules.findings import Finding, Level
from internships.rules.quota import Quota, quota
from internships.rules.stored import shipped, values, values_of
from internships.rules.suspensions import check_suspension
from internships.rules.values import Rule, RuleValues

__all__ = [
    "Facts",
    "Finding",
    "Level",
    "Quota",
    "Rule",
    "RuleValues",
    "Slot",
    "Span",
    "check",
    "check_suspension",
    "last_of",
    "latest_end",
    "least_of_month",
    "most_at_once",
    "quota",
    "shipped",
    "suspended_days",
    "values",
    "values_of",
]
