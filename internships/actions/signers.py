"""Who signs for a host, and that staff saw who they are."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import PaperType
from foundation.documents import actions as documents
from foundation.documents.enums import ContactSource, SignatureState, SignerRole, SignerState
from foundation.documents.models import SignatureRequest
from foundation.privacy.actions import record
from internships.models import HostSigner, TrainingProject
from internships.permissions import check_can_keep_hosts, check_can_work_on
from internships.queries import owner_of
from migwork.errors import NotNow


@transaction.atomic
def add_signer(
    *,
    host,
    name: str,
    position: str,
    email: str = "",
    phone: str = "",
    fiscal_code: str = "",
    by,
    now: datetime,
) -> HostSigner:
    """Name who signs for a host. By any partner's staff; or by the host itself on its page (`by` None)."""
    if by is not None:
        check_can_keep_hosts(by)
    signer = HostSigner.objects.create(
        host=host,
        name=name,
        position=position,
        email=email,
        phone=phone,
        fiscal_code=fiscal_code,
        entered_at=now,
        entered_by=by,
    )
    record(verb="internships.host_signer_added", by=by, now=now, on=signer)
    return signer


@transaction.atomic
def check_signer(
    *, signer, paper: PaperType, email: str, phone: str, fiscal_code: str = "", by, now: datetime
) -> HostSigner:
    """Note that staff saw who signs for a host, and by which addresses they want to be reached. By any partner's staff.

    From now on a link with a code is enough for them, also for what waits for them already.
    """
    check_can_keep_hosts(by)
    signer = HostSigner.objects.select_for_update().get(pk=signer.pk)
    signer.identity_checked_at, signer.identity_checked_by, signer.identity_paper = now, by, PaperType(paper)
    signer.email, signer.phone, signer.fiscal_code = email, phone, fiscal_code or signer.fiscal_code
    signer.save()
    record(verb="internships.host_signer_checked", by=by, now=now, on=signer)
    _tell_what_waits(signer.pk, email, phone, signer.fiscal_code, by, now)
    return signer


@transaction.atomic
def check_school(*, signer, paper: PaperType, email: str, phone: str, fiscal_code: str = "", by, now: datetime) -> None:
    """Note that the promoter's staff saw who signs for the school of an internship, and where they are reached."""
    project = owner_of(signer.request)
    if signer.role != SignerRole.SCHOOL or not isinstance(project, TrainingProject):
        raise NotNow(_("Of this signature there is nothing to check here."), code="role")
    internship = project.internship
    check_can_work_on(by, internship)
    about = internship.participation.person_id
    seen = {"paper": PaperType(paper)}
    record(verb="internships.school_signer_checked", by=by, now=now, on=internship, about=about, values=seen)
    _tell_what_waits(signer.party, email, phone, fiscal_code, by, now)


@transaction.atomic
def check_intern(*, signer, by, now: datetime) -> None:
    """Note that the promoter's staff saw the young person who is asked to sign, and their paper."""
    project = owner_of(signer.request)
    if signer.role != SignerRole.PERSON or not isinstance(project, TrainingProject):
        raise NotNow(_("Of this signature there is nothing to check here."), code="role")
    check_can_work_on(by, project.internship)
    person = project.internship.participation.person
    _tell_what_waits(signer.party, person.email, person.phone, person.fiscal_code, by, now)


def _tell_what_waits(party, email, phone, fiscal_code, by, now):
    """What waits for this signature knows who they are; whose link went to another address gets a new one."""
    moved = documents.know_signer(
        party=party,
        email=email,
        phone=phone,
        fiscal_code=fiscal_code,
        contact_from=ContactSource.SIGNER,
        by=by,
        now=now,
    )
    for signer in moved:
        if channel := documents.channel_of(signer):
            documents.send_link(signer=signer, channel=channel, by=None, now=now)


@transaction.atomic
def end_signer(*, signer, by, now: datetime) -> HostSigner:
    """Somebody signs for this host no more: what waited for them is called off. By any partner's staff."""
    check_can_keep_hosts(by)
    waiting = SignatureRequest.objects.filter(
        state=SignatureState.OPEN, signers__party=signer.pk, signers__state=SignerState.WAITING
    )
    # Before any row of ours, as whoever signs locks them: the request first.
    for request in waiting.order_by("pk"):
        documents.cancel(request=request, by=by, now=now)
    signer = HostSigner.objects.select_for_update().get(pk=signer.pk)
    if signer.ended_at:
        raise NotNow(_("They sign for this host no more already."), code="ended")
    signer.ended_at = now
    signer.save(update_fields=["ended_at"])
    record(verb="internships.host_signer_ended", by=by, now=now, on=signer)
    return signer
