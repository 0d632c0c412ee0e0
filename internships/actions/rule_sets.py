"""The rule sets: loaded from the file, changed by administrators with their history."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import check, is_administrator
from foundation.privacy.actions import record
from internships.enums import InternshipKind
from internships.models import Rule, RuleChange, RuleSet


@transaction.atomic
def load_rule_sets(*, rule_sets: Iterable[dict], now: datetime) -> int:
    """Add the sets, and the rules of theirs, that are missing; what an administrator changed stays. How many."""
    new = 0
    for one in rule_sets:
        fields = {name: one.get(name) for name in ("name", "region", "source", "valid_from", "valid_to")}
        rule_set, created = RuleSet.objects.get_or_create(code=one["code"], defaults=fields)
        known = set(rule_set.rules.values_list("code", flat=True))
        missing = [
            Rule(
                rule_set=rule_set,
                code=row["code"],
                name=row["name"],
                value=row.get("value"),
                unit=row.get("unit", ""),
                source=row["source"],
                is_sure=row.get("sure", True),
                kinds=row.get("kinds", []),
            )
            for row in one["rules"]
            if row["code"] not in known
        ]
        Rule.objects.bulk_create(missing)
        if created or missing:
            record(verb="internships.rule_set_added", by=None, now=now, on=rule_set)
        new += len(missing)
    return new


@transaction.atomic
def change_rule_set(*, rule_set: RuleSet, rules: Iterable[Rule] = (), by, now: datetime) -> RuleSet:
    """Save a set and those of its rules that were edited, and keep what each was before. By administrators."""
    check(is_administrator(by))
    fields = []
    for row in (rule_set, *rules):
        before = type(row).objects.select_for_update().get(pk=row.pk)
        for field in row._meta.concrete_fields:
            was, becomes = getattr(before, field.attname), getattr(row, field.attname)
            if was == becomes:
                continue
            fields.append(field.name)
            RuleChange.objects.create(
                rule_set=rule_set,
                what=f"{row} · {field.verbose_name}"[:200],
                before=_shown(was),
                after=_shown(becomes),
                at=now,
                by=by,
            )
        row.save()
    if fields:
        record(verb="internships.rule_set_changed", by=by, now=now, on=rule_set, fields=set(fields))
    return rule_set


def _shown(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(InternshipKind(kind).label) for kind in value)[:500]
    return "" if value is None else str(value)[:500]


@transaction.atomic
def draft_from(*, rule_set: RuleSet, by, now: datetime) -> RuleSet:
    """A copy of a set to be changed when the law does. By administrators.

    Nobody is judged by it while it is a draft.
    """
    check(is_administrator(by))
    rules = list(rule_set.rules.all())
    copies = RuleSet.objects.filter(code__startswith=f"{rule_set.code[:30]}-").count()
    draft = RuleSet.objects.create(
        code=f"{rule_set.code[:30]}-{copies + 1}",
        name=_("Copy of %(name)s") % {"name": rule_set.name[:120]},
        region=rule_set.region,
        source=rule_set.source,
        valid_from=rule_set.valid_from,
        valid_to=rule_set.valid_to,
        is_draft=True,
    )
    for rule in rules:
        rule.pk, rule.rule_set = None, draft
    Rule.objects.bulk_create(rules)
    record(verb="internships.rule_set_added", by=by, now=now, on=draft)
    return draft
