"""The rules of the field, enforced: what they forbid is refused, what they warn of needs a reason."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships.models import Amendment, OperatingUnit, RuleOverride
from internships.queries.rules import ANEW, findings_of, overridden_of, still_asked
from internships.rules import Finding, Level

# "x" would be no reason to who reads it.
SHORTEST_REASON = 10


@transaction.atomic
def enforce(
    *,
    internship,
    overrides: Mapping[str, str] | None = None,
    change: Amendment | None = None,
    stood: Iterable[Finding] = (),
    by,
    now: datetime,
) -> list[Finding]:
    """Judge `internship`, saved a moment ago in this transaction, by the rules of its first day.

    Part of an action that has checked who may. ValidationError with a sentence for each error, and for each warning
    that has no reason: `overrides` are reasons by the code of the finding. A reason holds for the value that it was
    written for: when an extension goes further, it is asked for again. After a `change` only what it brings is
    judged, beside what `stood` before it: nobody changes a tutor less well because the host has got into trouble.
    """
    # Two who take the last place of a workplace at once stand in a row here.
    OperatingUnit.objects.select_for_update(no_key=True).get(pk=internship.unit_id)
    anew = ANEW.get(change.kind, frozenset()) if change else frozenset()
    findings = still_asked(findings_of(internship), stood=stood, anew=anew)
    broken = [f for f in findings if f.level == Level.ERROR]
    if broken:
        raise ValidationError([_refusal(f) for f in broken])
    reasons = {code: text.strip() for code, text in (overrides or {}).items()}
    known = {row for row in overridden_of(internship) if row[0] not in anew}
    warnings = [f for f in findings if f.level == Level.WARNING and (f.code, f.value) not in known]
    silent = [f for f in warnings if len(reasons.get(f.code, "")) < SHORTEST_REASON]
    if silent:
        raise ValidationError(
            [
                ValidationError(_("%(rule)s Write why you go on all the same.") % {"rule": f.sentence}, code=f.code)
                for f in silent
            ]
        )
    for finding in warnings:
        _override(internship, finding, reasons[finding.code], change, by, now)
    return findings


def _refusal(finding: Finding) -> ValidationError:
    return ValidationError(
        "%(rule)s (%(source)s)", code=finding.code, params={"rule": finding.sentence, "source": finding.source}
    )


def _override(internship, finding, reason, change, by, now):
    override = RuleOverride.objects.create(
        internship=internship,
        amendment=change,
        code=finding.code,
        value=finding.value,
        sentence=finding.sentence[:500],
        source=finding.source,
        reason=reason,
        at=now,
        by=by,
    )
    record(
        verb="internships.rule_overridden",
        by=by,
        now=now,
        on=internship,
        about=internship.participation.person_id,
        fields=[finding.code],
    )
    return override
