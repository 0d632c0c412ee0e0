"""The rule set of a day: from the database, where administrators keep it; else the one that is shipped."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from django.db import connection

from internships.models import Rule as StoredRule
from internships.models import RuleSet
from internships.rules.values import Rule, RuleValues

FILE = Path(__file__).resolve().parents[1] / "rule-sets.toml"


def values(day: date) -> RuleValues:
    """What holds for an internship whose first day is `day`: the set that began last by then, else the first of all.

    In one query that asks whether the set is still the one that was read before; its seventy rules are read when they
    have changed. Whether the set still holds on that day is a check of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AS_IT_IS, [day])
        found = cursor.fetchone()
    if found is not None:
        return _read(*found)
    by_day = sorted(shipped().values(), key=lambda one: one.valid_from)
    return next((one for one in reversed(by_day) if one.valid_from <= day), by_day[0])


# The set of a day that has rules: its key, and what changes with any of its columns or those of its rules.
_AS_IT_IS = """
SELECT s.id, hashtextextended(s::text, 0), sum(hashtextextended(r::text, 0))::text
FROM internships_ruleset s JOIN internships_rule r ON r.rule_set_id = s.id
WHERE s.id = COALESCE(
    (SELECT id FROM internships_ruleset WHERE NOT is_draft AND valid_from <= %s ORDER BY valid_from DESC LIMIT 1),
    (SELECT id FROM internships_ruleset WHERE NOT is_draft ORDER BY valid_from LIMIT 1)
)
GROUP BY s.id
"""


@lru_cache(maxsize=20)
def _read(pk, _of_the_set, _of_its_rules) -> RuleValues:
    return values_of(RuleSet.objects.get(pk=pk))


def values_of(rule_set: RuleSet) -> RuleValues:
    """`rule_set` as the checks read it; a rule that a newer version of the portal asks for comes from the file."""
    return _of(rule_set, rule_set.rules.all())


def _of(rule_set, rows) -> RuleValues:
    rules = {row.code: _as_rule(row) for row in rows}
    return RuleValues(
        code=rule_set.code,
        name=rule_set.name,
        valid_from=rule_set.valid_from,
        valid_to=rule_set.valid_to,
        rules={**_newest_shipped(), **rules},
    )


def _as_rule(row: StoredRule) -> Rule:
    return Rule(row.code, row.value, row.unit, row.name, row.source, row.is_sure, row.is_active, frozenset(row.kinds))


@cache
def _newest_shipped() -> dict[str, Rule]:
    return max(shipped().values(), key=lambda one: one.valid_from).rules


@cache
def file_content() -> list[dict]:
    """The sets of the file, as it says them."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)["rule_set"]


@cache
def shipped() -> dict[str, RuleValues]:
    """The sets of the file, by code."""
    return {
        one["code"]: RuleValues(
            code=one["code"],
            name=one["name"],
            valid_from=one["valid_from"],
            valid_to=one.get("valid_to"),
            rules={
                row["code"]: Rule(
                    code=row["code"],
                    value=None if "value" not in row else Decimal(row["value"]),
                    unit=row.get("unit", ""),
                    name=row["name"],
                    source=row["source"],
                    is_sure=row.get("sure", True),
                    kinds=frozenset(row.get("kinds", ())),
                )
                for row in one["rules"]
            },
        )
        for one in file_content()
    }
