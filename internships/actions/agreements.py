"""Framework agreements between promoters and hosts: prepared, signed here or outside, ended."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import check, is_partner_of
from foundation.documents import actions as documents
from foundation.files.actions import store
from foundation.privacy.actions import record
from internships import queries
from internships.actions.signatures import ask_for_agreement
from internships.enums import AgreementScope, ProjectState
from internships.kinds import AGREEMENTS
from internships.models import Agreement, HostSigner, TrainingProject
from internships.permissions import check_can_work_on_agreement
from internships.queries.members import promoter_members
from internships.workflow import AGREEMENT as WAY
from migwork.calendar import check_year
from migwork.db import as_validation_error
from migwork.errors import NotNow


@transaction.atomic
def draft_agreement(
    *,
    promoter,
    host,
    signer,
    valid_from: date,
    valid_to: date,
    scope: str = AgreementScope.WORK,
    by,
    now: datetime,
) -> Agreement:
    """Prepare an agreement with a host for internships of one scope. By the promoter's staff."""
    check(is_partner_of(by, promoter.pk))
    for day in (valid_from, valid_to):
        check_year(day, timezone.localdate(now))
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day must be after the first.")})
    if not HostSigner.objects.filter(pk=signer.pk, host=host, ended_at=None).exists():
        raise ValidationError({"signer": _("This person does not sign for this host.")})
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(
                promoter=promoter,
                host=host,
                signer=signer,
                valid_from=valid_from,
                valid_to=valid_to,
                scope=AgreementScope(scope),
                state_since=now,
                created_at=now,
                created_by=by,
            )
    except IntegrityError as error:
        raise as_validation_error(error) from error
    record(verb="internships.agreement_draft", by=by, now=now, on=agreement)
    return agreement


@transaction.atomic
def send_agreement(*, agreement, promoter_signer, by, now: datetime) -> Agreement:
    """Make it a document and ask both parties for their signatures. By the promoter's staff."""
    agreement = _locked(agreement, by)
    agreement.state = WAY.target(agreement.state, "send")
    if not promoter_members(agreement.promoter_id).filter(user=promoter_signer).exists():
        raise ValidationError({"promoter_signer": _("Who signs must be one of your own colleagues.")})
    if agreement.signer.ended_at:
        raise NotNow(_("Who was to sign for the host does so no more: prepare another agreement."), code="signer")
    agreement.promoter_signer = promoter_signer
    agreement.template = queries.current_template(AGREEMENTS[agreement.scope])
    agreement.state_since = now
    agreement.save()
    record(verb="internships.agreement_send", by=by, now=now, on=agreement, fields=["state"])
    ask_for_agreement(agreement, by, now)
    return agreement


@transaction.atomic
def take_agreement_back(*, agreement, by, now: datetime) -> None:
    """Nobody need sign: there is something to mend. By the promoter's staff."""
    check_can_work_on_agreement(by, agreement)
    request = queries.open_request(agreement)
    if request is None:
        raise NotNow(_("It is not being signed."), code="state")
    documents.cancel(request=request, by=by, now=now)


@transaction.atomic
def sign_agreement_outside(*, agreement, upload, signed_on: date, by, now: datetime) -> Agreement:
    """It was signed by both outside of the portal: keep its scan. By the promoter's staff."""
    agreement = _locked(agreement, by)
    if signed_on > timezone.localdate(now):
        raise ValidationError({"signed_on": _("This day is still to come.")})
    agreement.state, agreement.state_since = WAY.target(agreement.state, "sign_outside"), now
    agreement.signed_on, agreement.document = signed_on, None
    agreement.scan = store(upload=upload, kind="agreement", about=None, by=by, now=now)
    try:
        agreement.save()
        record(verb="internships.agreement_sign_outside", by=by, now=now, on=agreement, fields=["state"])
    except BaseException:
        # The row goes with the transaction; the storage knows of none.
        agreement.scan.file.storage.delete(agreement.scan.file.name)
        raise
    return agreement


@transaction.atomic
def end_agreement(*, agreement, reason: str, by, now: datetime) -> Agreement:
    """It holds no more from today on; internships under way go on. By the promoter's staff.

    Projects that name it and are being signed are called off: they need another agreement.
    """
    check_can_work_on_agreement(by, agreement)
    # Before any row of ours, as whoever signs locks them: the request first.
    for project in TrainingProject.objects.filter(agreement=agreement, state=ProjectState.IN_SIGNATURE).order_by("pk"):
        if request := queries.open_request(project):
            documents.cancel(request=request, by=by, now=now)
    agreement = _locked(agreement, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why.")})
    agreement.state, agreement.state_since = WAY.target(agreement.state, "end"), now
    agreement.reason = reason.strip()
    agreement.save(update_fields=["state", "state_since", "reason"])
    record(verb="internships.agreement_end", by=by, now=now, on=agreement, fields=["state", "reason"])
    return agreement


def _locked(agreement, by) -> Agreement:
    check_can_work_on_agreement(by, agreement)
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("promoter", "host", "signer")
    return rows.get(pk=agreement.pk)
