"""Files beside a step of the plan."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.files.actions import store, throw_away
from foundation.privacy.actions import record
from intake.actions.participation import check_open, locked
from intake.enums import ActionState
from intake.models import PlanAction, StepEvidence
from intake.permissions import check_can_add_evidence, check_can_remove_evidence, is_own
from migwork.errors import NotNow

KIND = "step-evidence"
MOST = 10
# Steps of one's own are made and dropped at will: whoever means harm fills no disk with their files.
MOST_A_DAY = 30


@transaction.atomic
def add_evidence(*, action, upload, by, now) -> StepEvidence:
    """Put a file beside a step, also after it is done. By the young person or an operator."""
    participation = locked(action.goal.plan.participation)
    action = PlanAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    check_can_add_evidence(by, participation)
    check_open(participation)
    if action.state == ActionState.DROPPED:
        raise NotNow(_("This step is no longer part of the plan."), code="over")
    if action.evidence.filter(file__isnull=False).count() >= MOST:
        raise NotNow(_("There are %(most)s files already. Take one away first.") % {"most": MOST}, code="many")
    lately = StepEvidence.objects.filter(added_by=by, added_at__gt=now - timedelta(days=1))
    if is_own(by, participation) and lately.count() >= MOST_A_DAY:
        raise NotNow(_("You have added a lot of files today. Go on tomorrow."), code="often")
    stored = store(upload=upload, kind=KIND, about=participation.person, by=by, now=now)
    evidence = StepEvidence.objects.create(action=action, file=stored, added_by=by, added_at=now)
    record(verb="intake.evidence_added", by=by, now=now, on=action, about=participation.person)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence, by, now) -> None:
    """Take a file away again, for good. By who added it; twice: the first counts."""
    participation = locked(evidence.action.goal.plan.participation)
    rows = StepEvidence.objects.select_for_update(of=("self",)).select_related("file")
    if (evidence := rows.filter(pk=evidence.pk).first()) is None:
        return
    check_can_remove_evidence(by, evidence)
    stored, action = evidence.file, evidence.action_id
    evidence.delete()
    if stored is not None:
        throw_away(stored)
    record(
        verb="intake.evidence_removed",
        by=by,
        now=now,
        on=PlanAction.objects.get(pk=action),
        about=participation.person,
    )
