"""Retention: who is warned, who is made anonymous, what simply goes, by rules that are data."""

import tomllib
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.privacy import hooks
from foundation.privacy.actions.erasing import anonymise
from foundation.privacy.actions.recording import record
from foundation.privacy.enums import RetentionStart, RetentionStep
from foundation.privacy.models import Access, RetentionRule, RetentionRun, Warned
from migwork.calendar import start_of
from migwork.errors import NotNow
from migwork.months import add_months

# The rule of the openings of files, which this room holds itself.
OPENINGS = "openings"


@dataclass(frozen=True)
class Due:
    """What a rule asks on a day: of a person (`about`), or of `count` rows of the model `label`."""

    step: RetentionStep
    due_on: date | None = None
    about: UUID | None = None
    label: str = ""
    count: int = 1
    why: str = ""


@transaction.atomic
def load_rules(*, text: str, now: datetime) -> int:
    """Enter the rules of a TOML file that are not there yet; how many. What an installation changed stays."""
    added = 0
    for code, values in tomllib.loads(text).items():
        rule, new = RetentionRule.objects.get_or_create(code=code, defaults=values)
        if new:
            record(verb="privacy.retention_rule_entered", by=None, now=now, on=rule)
            added += 1
    return added


def run_retention(*, rule: RetentionRule, on: date, dry_run: bool, by, now: datetime) -> list[Due]:
    """Do what `rule` asks on the day `on`; a dry run only lists it and writes nothing.

    People are warned first, once for each day on which their term ends, and made anonymous once that day has come and
    the rule's days of warning have passed. Each in a transaction of their own: what one room
    refuses (an internship under way) holds up nobody else.
    """
    if rule.starts == RetentionStart.WRITTEN:
        done = _let_rows_go(rule, on, dry_run, now)
    else:
        found = [due for dues in hooks.retention_due.call(rule=rule, on=on) for due in dues]
        told = _told(rule)
        done = [_treat(rule, told, *due, on, dry_run, by, now) for due in sorted(found, key=_earliest)]
    if not dry_run:
        counts = {}
        for due in done:
            counts[due.step] = counts.get(due.step, 0) + due.count
        run = RetentionRun.objects.create(rule=rule, at=now, dry_run=False, counts=counts)
        record(verb="privacy.retention_run", by=by, now=now, on=run)
    return done


def _earliest(due):
    about, due_on = due
    return (due_on or date.max, str(about))


def _told(rule) -> dict:
    """When whom was told of which day: {(about, due_on): at}. Read once, however many there are."""
    if not rule.warning_days:
        return {}
    warnings = Warned.objects.filter(rule=rule).values_list("about", "due_on", "at")
    return {(about, due_on): at for about, due_on, at in warnings}


def _treat(rule, told, about, due_on, on, dry_run, by, now) -> Due:
    step = _next_step(rule, told.get((about, due_on)), due_on, on)
    if not dry_run and step in (RetentionStep.WARN, RetentionStep.ANONYMISE):
        try:
            with transaction.atomic():
                _do(step, rule, about, due_on, on, by, now)
        except NotNow as refusal:
            return Due(RetentionStep.HELD, due_on, about, why=refusal.message)
    return Due(step, due_on, about)


def _next_step(rule, warned_at, due_on, on) -> RetentionStep:
    if due_on is None:
        return RetentionStep.UNKNOWN
    if rule.warning_days:
        if warned_at is None:
            return RetentionStep.WARN
        if timezone.localdate(warned_at) + timedelta(days=rule.warning_days) > on:
            return RetentionStep.WARNED
    return RetentionStep.ANONYMISE if due_on <= on else RetentionStep.WARNED


def _do(step, rule, about, due_on, on, by, now):
    if step == RetentionStep.ANONYMISE:
        anonymise(about=about, by=by, now=now)
        return
    _warned, new = Warned.objects.get_or_create(about=about, rule=rule, due_on=due_on, defaults={"at": now})
    if new:
        ends = max(due_on, on + timedelta(days=rule.warning_days))
        hooks.retention_warn.call(about=about, rule=rule, due_on=ends, now=now)


def _let_rows_go(rule, on, dry_run, now) -> list[Due]:
    before = start_of(add_months(on, -rule.months))
    counts = {}
    with nullcontext() if dry_run else transaction.atomic():
        if rule.code == OPENINGS:
            old = Access.objects.filter(at__lt=before)
            counts[Access._meta.label] = old.count() if dry_run else old.delete()[0]
        for found in hooks.retention_rows.call(rule=rule, before=before, dry_run=dry_run):
            counts |= found
    return [Due(RetentionStep.DELETE, on, label=label, count=count) for label, count in counts.items() if count]
