"""Safety: what must be there before an internship starts."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.files.actions import store, throw_away
from foundation.privacy.actions import record
from internships import rules
from internships.actions.locks import locked_by_promoter
from internships.enums import EvidenceKind
from internships.models import OperatingUnit, SafetyEvidence
from internships.permissions import check_can_keep_hosts
from internships.safety import Item, checklist, missing
from internships.workflow import OPEN_STATES
from migwork.errors import NotNow


def evidence_of(internship) -> dict[str, SafetyEvidence]:
    """What is there for this internship and its workplace, by kind. Two queries."""
    rows = [*internship.evidence.all(), *internship.unit.evidence.all()]
    return {row.kind: row for row in rows}


def safety_list(internship, today: date) -> list[Item]:
    """What the rule set of its first day asks for, with what is there. A minor is who is one on the first day."""
    return checklist(
        rules.values(internship.starts_on),
        minor=not internship.participation.person.is_of_age_on(internship.starts_on),
        there=evidence_of(internship),
        today=today,
        of=internship.kind,
    )


def missing_evidence(internship, today: date) -> list[Item]:
    """What must still be written down before it may start."""
    return missing(safety_list(internship, today))


def check_is_safe(internship, today: date) -> None:
    """NotNow while something of the checklist is missing: nobody goes to work without it."""
    gaps = missing_evidence(internship, today)
    if gaps:
        names = ", ".join(str(item.label).lower() for item in gaps)
        raise NotNow(_("It cannot start before this is there: %(what)s.") % {"what": names}, code="safety")


@transaction.atomic
def record_evidence(
    *, internship, kind: str, on: date, reference: str, until: date | None = None, file=None, by, now: datetime
) -> SafetyEvidence:
    """Note that the intern's training or fitness is there, or write it anew. By the promoter's staff.

    Of fitness no paper is kept: it is one about health.
    """
    internship = locked_by_promoter(internship, by)
    if internship.state not in OPEN_STATES:
        raise NotNow(_("This internship is over."), code="over")
    if kind not in EvidenceKind.values or kind == EvidenceKind.RISK_ASSESSMENT:
        raise ValidationError({"kind": _("Choose one of the list.")})
    if file and kind == EvidenceKind.FITNESS:
        raise ValidationError({"file": _("A certificate about health is not kept here.")}, code="health")
    person = internship.participation.person_id
    row = _write(kind, {"internship": internship}, on, until, reference, file, person, by, now)
    record(verb="internships.evidence_recorded", by=by, now=now, on=internship, about=person, fields=[kind])
    return row


@transaction.atomic
def record_assessment(
    *, unit, on: date, reference: str, until: date | None = None, file=None, by, now: datetime
) -> SafetyEvidence:
    """Note the risk assessment of a workplace, or write it anew: it holds for all who work there.

    By any partner's staff: hosts are common.
    """
    check_can_keep_hosts(by)
    unit = OperatingUnit.objects.select_for_update().get(pk=unit.pk)
    row = _write(EvidenceKind.RISK_ASSESSMENT, {"unit": unit}, on, until, reference, file, None, by, now)
    record(verb="internships.assessment_recorded", by=by, now=now, on=unit.host)
    return row


def _write(kind, holder, on, until, reference, file, about, by, now) -> SafetyEvidence:
    today = timezone.localdate(now)
    if on > today:
        raise ValidationError({"on": _("This day has not come yet.")})
    if until is not None and until < today:
        raise ValidationError({"until": _("It is not valid any more: a new one is needed.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Say what it is, and from whom.")})
    row = SafetyEvidence.objects.select_for_update(of=("self",)).filter(kind=kind, **holder).first()
    row = row or SafetyEvidence(kind=kind, **holder)
    old = row.file
    row.on, row.until, row.reference = on, until, reference.strip()
    row.recorded_at, row.recorded_by = now, by
    if file:
        row.file = store(upload=file, kind="internship-safety", about=about, by=by, now=now)
    row.save()
    if file and old:
        throw_away(old)
    return row
