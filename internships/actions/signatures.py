"""Having the papers of internships signed, and what follows from the answers.

Who signs locks the request first, then the rows here: so whoever calls a request off does that before locking any.
"""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.queries import consent_rows, reach
from foundation.documents import actions as documents
from foundation.documents import pdf
from foundation.documents.enums import ContactSource, SignatureState, SignerRole, SignerState
from foundation.documents.models import Document, SignatureRequest
from foundation.files.actions import store
from foundation.privacy.actions import record
from internships import notifications, queries, wording
from internships.actions.allowance import promise_allowance
from internships.actions.internships import call_papers_off, check_consent, take
from internships.actions.locks import locked
from internships.actions.projects import check_allowance, locked_project
from internships.enums import AgreementState, InternshipState, ProjectState
from internships.kinds import way_of
from internships.models import Agreement, TrainingProject
from internships.permissions import check_can_work_on
from internships.queries.members import promoter_members
from internships.queries.papers import AGREEMENT, PROJECT, TUTOR_TASK
from internships.workflow import AGREEMENT as AGREEMENT_WAY
from internships.workflow import PROJECT as PROJECT_WAY
from migwork.errors import NotNow
from migwork.links import absolute_url

# Papers are in Italian, whatever language their readers chose.
LANGUAGE = settings.LANGUAGE_CODE


# -- the training project ------------------------------------------------------------------


@transaction.atomic
def send_project(*, internship, promoter_signer, by, now: datetime) -> TrainingProject:
    """Make the training project a document and ask all for their signatures. By the promoter's staff.

    It takes the signed framework agreement, and for a minor the consent of whoever represents them. Who has an
    address gets a link at once; the tutors are asked to confirm by a request of its own, which stops nothing.
    """
    check_can_work_on(by, internship)
    project = locked_project(internship)
    internship, person = project.internship, project.internship.participation.person
    PROJECT_WAY.target(project.state, "send")
    if internship.state != InternshipState.AGREED:
        raise NotNow(_("First the host and the young person agree to the internship."), code="state")
    check_consent(person, timezone.localdate(now))
    project.agreement = queries.agreement_for(internship)
    if project.agreement is None and way_of(internship).agreement:
        raise NotNow(
            _("First the framework agreement with this host: it has to hold on the first day."), code="agreement"
        )
    check_allowance(project)
    _check_colleague(promoter_signer, internship.promoter_id)
    representations = _who_represents(person, timezone.localdate(now))
    project.promoter_signer = promoter_signer
    project = _make_paper(project, representations, by, now)
    project.state, project.state_since = PROJECT_WAY.target(project.state, "send"), now
    project.save()
    record(verb="internships.project_send", by=by, now=now, on=project, about=person, fields=["state"])
    signers = [
        _promoter(promoter_signer),
        _host(project.signer),
        _intern(person),
        *[_representative(row.representative) for row in representations],
        *_school(internship),
    ]
    take(internship, "send_for_signature", by=by, now=now)
    request = documents.ask(
        kind=PROJECT, document=project.document, about=person, on=project, signers=signers, by=by, now=now
    )
    tutors = documents.ask(
        kind=TUTOR_TASK,
        document=project.document,
        about=person,
        on=project,
        signers=_tutors(internship, besides=promoter_signer),
        by=by,
        now=now,
    )
    _send_links(request, person, now)
    _send_links(tutors, person, now)
    notifications.colleagues_asked([request, tutors], besides=by, now=now)
    return project


def _who_represents(person, today) -> list:
    """Who signs for a minor, as many as the consent to internships takes. NotNow where there are not so many."""
    live = queries.representatives_of(person, today)
    if person.is_of_age_on(today):
        return []
    needed = next((row.need.how_many for row in consent_rows(person, today) if row.purpose.code == "internship"), 1)
    if len(live) < max(needed, 1):
        raise NotNow(_("Somebody who signs for this minor is missing: the operator names them."), code="nobody")
    return live[: max(needed, 1)]


def _make_paper(project, representations, by, now) -> TrainingProject:
    project.template = queries.current_template(way_of(project.internship).paper)
    person = project.internship.participation.person
    with override(LANGUAGE):
        words = wording.written(
            project.template.body,
            queries.words_of_project(project, representations),
            queries.conditions_of_project(project, representations),
        )
        title = f"{way_of(project.internship).paper.label}: {person.full_name}"
    names = [project.promoter_signer.name, project.signer.name, person.full_name]
    names += [row.representative.full_name for row in representations]
    names += [signer.name for signer in _school(project.internship)]
    project.document = make_paper(PROJECT, title, words, names, about=person, by=by, now=now)
    return project


def make_paper(kind: str, title: str, words, signing: list[str], *, about, by, now: datetime) -> Document:
    """A paper of these words, with who signs it, as a tagged PDF for the archive. NotNow where no PDF can be made."""
    try:
        return documents.make_document(
            kind=kind,
            title=title[:200],
            language=LANGUAGE,
            template="internships/documents/paper.html",
            context={"words": words, "signing": signing, "check": absolute_url("documents:check")},
            by=by,
            now=now,
            about=about,
            archive=True,
        )
    except pdf.Unavailable as error:
        raise NotNow(str(error), code="pdf") from error


def _check_colleague(user, organisation_id):
    if not promoter_members(organisation_id).filter(user=user).exists():
        raise ValidationError({"promoter_signer": _("Who signs must be one of your own colleagues.")})


def _promoter(user, role=SignerRole.PROMOTER) -> documents.SignerData:
    # Their organisation invited them, and they enter with two factors.
    return documents.SignerData(
        role=role,
        name=user.name or user.email or "",
        user=user,
        language=user.language,
        email=user.email or "",
        phone=user.phone or "",
        identity_checked=True,
    )


def _host(signer) -> documents.SignerData:
    return documents.SignerData(
        role=SignerRole.HOST,
        name=signer.name,
        party=signer.pk,
        email=signer.email,
        phone=signer.phone,
        contact_from=ContactSource.SIGNER if signer.identity_checked_at else ContactSource.STAFF,
        identity_checked=signer.identity_checked_at is not None,
        fiscal_code=signer.fiscal_code,
    )


def _intern(person) -> documents.SignerData:
    """The young person, at their own addresses, or at the one that is safe; known where staff saw their paper."""
    email, phone = person.email, person.phone
    if person.safe_contact:
        channel, address = reach(person) or ("", "")
        email, phone = (address if channel == "email" else ""), (address if channel == "sms" else "")
    return documents.SignerData(
        role=SignerRole.PERSON,
        name=person.full_name,
        party=person.pk,
        user=person.user,
        language=person.language,
        email=email,
        phone=phone,
        contact_from=ContactSource.SIGNER,
        identity_checked=bool(person.fiscal_code_verified_by) or person.papers.live().exclude(checked_at=None).exists(),
        fiscal_code=person.fiscal_code,
    )


def _representative(representative) -> documents.SignerData:
    return documents.SignerData(
        role=SignerRole.REPRESENTATIVE,
        name=representative.full_name,
        party=representative.pk,
        language=representative.language,
        email=representative.email,
        phone=representative.phone,
        contact_from=representative.contact_from,
        identity_checked=representative.identity_checked_at is not None,
        fiscal_code=representative.fiscal_code,
    )


def _school(internship) -> list[documents.SignerData]:
    """The school whose course it is a part of, where its kind wants that; nobody where none is named.

    Its e-mail was given by the promoter: the link shows the paper, a code is enough once staff have seen who signs.
    """
    if not way_of(internship).school or not internship.school:
        return []
    return [
        documents.SignerData(
            role=SignerRole.SCHOOL,
            name=internship.school_tutor or internship.school,
            party=internship.pk,
            email=internship.school_email,
        )
    ]


def _tutors(internship, *, besides) -> list:
    """Both tutors; not the promoter's where they sign for it."""
    tutor = internship.host_tutor
    found = [
        documents.SignerData(role=SignerRole.TUTOR, name=tutor.name, email=tutor.email, phone=tutor.phone),
    ]
    if internship.promoter_tutor_id != besides.pk:
        found.append(_promoter(internship.promoter_tutor, SignerRole.TUTOR))
    return found


def _send_links(request, person, now):
    """To all who have an address and no account of the promoter's; nothing home where that is dangerous."""
    for signer in request.signers.order_by("role", "name", "pk"):
        at_home = signer.role == SignerRole.REPRESENTATIVE and person is not None and person.safe_contact
        by_account = signer.user_id is not None and signer.role != SignerRole.PERSON
        channel = documents.channel_of(signer)
        if channel and not at_home and not by_account:
            documents.send_link(signer=signer, channel=channel, by=None, now=now)


@transaction.atomic
def take_project_back(*, internship, by, now: datetime) -> None:
    """Nobody need sign: there is something to mend. What was signed counts for nothing. By the promoter's staff."""
    check_can_work_on(by, internship)
    project = TrainingProject.objects.filter(internship=internship).first()
    request = project and queries.open_request(project)
    if not request:
        raise NotNow(_("It is not being signed."), code="state")
    documents.cancel(request=request, by=by, now=now)


@transaction.atomic
def sign_outside(*, internship, upload, signed_on: date, by, now: datetime) -> TrainingProject:
    """The training project was signed by all outside of the portal: keep its scan. By the promoter's staff.

    What was being signed here is called off.
    """
    check_can_work_on(by, internship)
    _check_signed_on(signed_on, now)
    call_papers_off(internship=internship, by=by, now=now)
    internship = locked(internship)
    person = internship.participation.person
    check_consent(person, timezone.localdate(now))
    if internship.state != InternshipState.AGREED:
        raise NotNow(_("First the host and the young person agree to the internship."), code="state")
    project = TrainingProject.objects.select_for_update().filter(internship=internship).first()
    if project is None:
        project = TrainingProject(internship=internship, state_since=now, created_at=now, created_by=by)
    project.state, project.state_since = PROJECT_WAY.target(project.state, "sign_outside"), now
    project.agreement, project.signed_on, project.document = queries.agreement_for(internship), signed_on, None
    project.scan = store(upload=upload, kind="training-project", about=person, by=by, now=now)
    try:
        project.save()
        record(verb="internships.project_sign_outside", by=by, now=now, on=project, about=person, fields=["state"])
        take(internship, "sign", by=by, now=now)
    except BaseException:
        # The row goes with the transaction; the storage knows of none.
        project.scan.file.storage.delete(project.scan.file.name)
        raise
    return project


def _check_signed_on(signed_on, now):
    if signed_on > timezone.localdate(now):
        raise ValidationError({"signed_on": _("This day is still to come.")})


# -- the framework agreement ---------------------------------------------------------------


def ask_for_agreement(agreement, by, now: datetime) -> SignatureRequest:
    """Make a locked agreement a document and ask both parties. For actions.agreements, which asked for the right."""
    with override(LANGUAGE):
        words = wording.written(agreement.template.body, queries.words_of_agreement(agreement), {})
        title = _("Internship agreement: %(promoter)s and %(host)s") % {
            "promoter": agreement.promoter.short_name,
            "host": agreement.host.name,
        }
    names = [agreement.promoter_signer.name, agreement.signer.name]
    agreement.document = make_paper(AGREEMENT, title, words, names, about=None, by=by, now=now)
    agreement.save(update_fields=["document"])
    request = documents.ask(
        kind=AGREEMENT,
        document=agreement.document,
        about=agreement.pk,
        on=agreement,
        signers=[_promoter(agreement.promoter_signer), _host(agreement.signer)],
        by=by,
        now=now,
    )
    _send_links(request, None, now)
    notifications.colleagues_asked([request], besides=by, now=now)
    return request


# -- what follows --------------------------------------------------------------------------


def take_answer(*, request, now) -> None:
    """All have answered, or need not any more (documents.hooks.request_closed)."""
    paper = queries.owner_of(request)
    if isinstance(paper, TrainingProject):
        _answer_project(paper, request, now)
    elif isinstance(paper, Agreement):
        _answer_agreement(paper, request, now)


def _answer_project(project, request, now):
    if request.kind.code == TUTOR_TASK:
        # A tutor who does not take it on: all that was to be signed has to be mended first.
        asked = queries.open_request(project) if request.state == SignatureState.REFUSED else None
        if asked:
            documents.cancel(request=asked, by=None, now=now)
        return
    project = locked_project(project.internship)
    if project.state != ProjectState.IN_SIGNATURE:
        return
    signed = request.state == SignatureState.SIGNED
    project.state = PROJECT_WAY.target(project.state, "sign" if signed else "take_back")
    project.state_since = now
    project.signed_on = timezone.localdate(now) if signed else None
    project.save(update_fields=["state", "state_since", "signed_on"])
    person = project.internship.participation.person_id
    verb = "internships.project_sign" if signed else "internships.project_take_back"
    record(verb=verb, by=None, now=now, on=project, about=person, fields=["state"])
    take(project.internship, "sign" if signed else "take_papers_back", by=None, now=now)
    if signed:
        promise_allowance(project, now=now)
    if not signed:
        _call_tutors_off(project, now)
    notifications.project_answered(project, request, now=now)


def _call_tutors_off(project, now):
    waiting = SignatureRequest.objects.filter(
        kind__code=TUTOR_TASK,
        on_type=project._meta.label_lower,
        on_id=str(project.pk),
        state=SignatureState.OPEN,
    )
    for request in waiting:
        documents.cancel(request=request, by=None, now=now)


def _answer_agreement(agreement, request, now):
    agreement = (
        Agreement.objects.select_for_update(of=("self",)).select_related("host", "promoter").get(pk=agreement.pk)
    )
    if agreement.state != AgreementState.IN_SIGNATURE:
        return
    signed = request.state == SignatureState.SIGNED
    agreement.state = AGREEMENT_WAY.target(agreement.state, "sign" if signed else "take_back")
    agreement.state_since = now
    agreement.signed_on = timezone.localdate(now) if signed else None
    agreement.save(update_fields=["state", "state_since", "signed_on"])
    verb = "internships.agreement_sign" if signed else "internships.agreement_take_back"
    record(verb=verb, by=None, now=now, on=agreement, fields=["state"])
    notifications.agreement_answered(agreement, request, now=now)


# -- on paper --------------------------------------------------------------------------------


@transaction.atomic
def take_paper(*, request, signers: list, upload, by, now: datetime) -> None:
    """Put in one scan that these signers signed by hand. By the promoter's staff, who compared it."""
    request = SignatureRequest.objects.select_for_update().get(pk=request.pk)
    chosen = {signer.pk for signer in signers}
    waiting = request.signers.filter(pk__in=chosen, state=SignerState.WAITING).order_by("pk")
    if not chosen or len(waiting) != len(chosen):
        raise NotNow(_("Somebody of these has answered meanwhile: look again."), code="answered")
    for signer in waiting:
        documents.sign_on_paper(signer=signer, upload=upload, by=by, now=now)


@transaction.atomic
def send_again(*, signer, by, now: datetime) -> None:
    """Send a signer their link once more. By who may handle the request; nothing home where that is dangerous."""
    if signer.role == SignerRole.REPRESENTATIVE:
        project = queries.owner_of(signer.request)
        if project.internship.participation.person.safe_contact:
            raise NotNow(_("Only a safe contact: nothing is sent home."), code="safe_contact")
    documents.send_again(signer=signer, by=by, now=now)
