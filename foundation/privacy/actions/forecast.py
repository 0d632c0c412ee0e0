"""What the rules of retention would let go by a day: their dry run, counted, without a name. Writes nothing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from foundation.privacy.actions.retention import run_retention
from foundation.privacy.enums import RetentionStep
from foundation.privacy.models import RetentionRule, RetentionRun

# Before somebody is made anonymous.
TELLING = {RetentionStep.WARN, RetentionStep.WARNED}


@dataclass(frozen=True)
class Part:
    """So many people whose term ends in the month that begins with `month` (None: not known yet), or so many rows."""

    step: str
    month: date | None
    count: int
    are_people: bool


@dataclass(frozen=True)
class Ending:
    """One rule: what it would let go, and what its last run did, {step in words: how many}."""

    rule: RetentionRule
    parts: list[Part]
    ran_at: datetime | None
    did: dict[str, int]


def endings(*, on: date, now: datetime) -> list[Ending]:
    """Of each rule in force what a run on the day `on` would find, earliest first: counted, without a name."""
    runs = {run.rule_id: run for run in RetentionRun.objects.order_by("rule_id", "-at").distinct("rule_id")}
    found = []
    for rule in RetentionRule.objects.in_force(on):
        last = runs.get(rule.pk)
        did = {str(RetentionStep(step).label): count for step, count in last.counts.items()} if last else {}
        found.append(Ending(rule, _parts(rule, on, now), last and last.at, did))
    return found


def _parts(rule, on, now) -> list[Part]:
    counts = Counter()
    later = on > timezone.localdate(now)
    for due in run_retention(rule=rule, on=on, dry_run=True, by=None, now=now):
        month = due.due_on.replace(day=1) if due.about and due.due_on else None
        # By a later day they have been told.
        step = RetentionStep.ANONYMISE if later and due.step in TELLING else due.step
        counts[month, step, due.about is not None] += due.count
    rows = sorted(counts.items(), key=lambda row: (row[0][0] or date.max, *row[0][1:]))
    return [Part(str(step.label), month, count, are_people) for (month, step, are_people), count in rows]
