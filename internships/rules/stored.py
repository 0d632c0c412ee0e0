"""The rule set of a day: from the database, where administrators keep it; else the one that is shipped."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from internships.models import Rule as StoredRule
from internships.models import RuleSet
from internships.rules.values import Rule, RuleValues
from migwork.prepared import Prepared

FILE = Path(__file__).resolve().parents[1] / "rule-sets.toml"


def values(day: date) -> RuleValues:
    """What holds for an internship whose first day is `day`: the set that began last by then, else the first of all.

    In one query. Whether the set still holds on that day is a check of its own.
    """
    rows = StoredRule.objects.filter(rule_set=_set_of(day)).select_related("rule_set")
    if rows := list(rows):
        return _of(rows[0].rule_set, rows)
    by_day = sorted(shipped().values(), key=lambda one: one.valid_from)
    return next((one for one in reversed(by_day) if one.valid_from <= day), by_day[0])


def _set_of(day):
    begun = RuleSet.objects.filter(is_draft=False, valid_from__lte=day).order_by("-valid_from").values("pk")[:1]
    first = RuleSet.objects.filter(is_draft=False).order_by("valid_from").values("pk")[:1]
    return Coalesce(Subquery(begun), Subquery(first))


def value(day: date, code: str) -> Decimal:
    """One number of the rules that hold for an internship whose first day is `day`: where all are too many to read."""
    for (number,) in _value(day=day, code=code):
        return number
    return values(day)[code]


_value = Prepared(
    lambda day, code: StoredRule.objects.filter(
        rule_set=Coalesce(
            Subquery(
                RuleSet.objects.filter(is_draft=False, valid_from__lte=day).order_by("-valid_from").values("pk")[:1]
            ),
            Subquery(RuleSet.objects.filter(is_draft=False).order_by("valid_from").values("pk")[:1]),
        ),
        code=code,
    ).values_list("value")
)


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
