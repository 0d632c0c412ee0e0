"""The training project, written in turns: promoter, host by a link, young person; then ready to be signed."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships import notifications, parts
from internships.actions.locks import locked
from internships.actions.signers import add_signer
from internships.enums import InternshipState, ProjectState
from internships.models import HostSigner, TrainingProject
from internships.permissions import check_can_work_on
from internships.queries.rules import findings_of
from internships.rules import Level
from internships.workflow import PROJECT
from migwork.errors import NotNow

# The states of an internship in which its training project can be written.
WRITTEN_IN = (InternshipState.PROPOSED, InternshipState.AGREED)


def locked_project(internship) -> TrainingProject:
    """Its training project, locked after the participation and the internship. NotNow while there is none."""
    internship = locked(internship)
    project = TrainingProject.objects.select_for_update().filter(internship=internship).first()
    if project is None:
        raise NotNow(_("The training project has not been begun yet."), code="none")
    project.internship = internship
    return project


def _written(internship) -> TrainingProject:
    """As locked_project; NotNow once nothing is written any more: it was called off, or is signed."""
    project = locked_project(internship)
    if project.internship.state not in WRITTEN_IN:
        raise NotNow(_("The training project is written before it is signed."), code="state")
    return project


@transaction.atomic
def write_promoter(
    *, internship, objectives, competences="", insurance_accident, insurance_liability, by, now: datetime
):
    """Begin the training project, or write the promoter's part anew, also while others write. By its staff."""
    check_can_work_on(by, internship)
    internship = locked(internship)
    if internship.state not in WRITTEN_IN:
        raise NotNow(_("The training project is written before it is signed."), code="state")
    project = TrainingProject.objects.select_for_update().filter(internship=internship).first()
    if project is None:
        project = TrainingProject(
            internship=internship, state=ProjectState.PROMOTER, state_since=now, created_at=now, created_by=by
        )
    _check_open(project)
    project.objectives, project.competences = objectives.strip(), competences.strip()
    project.insurance_accident, project.insurance_liability = insurance_accident, insurance_liability
    project.save()
    record(
        verb="internships.project_written", by=by, now=now, on=project, about=_person(internship), fields=["promoter"]
    )
    return project


@transaction.atomic
def ask_host(*, internship, by, now: datetime) -> TrainingProject:
    """Send the host its page, by a new link: the one before opens nothing any more. By the promoter's staff."""
    check_can_work_on(by, internship)
    project = _written(internship)
    _check_done(project, ProjectState.PROMOTER)
    project.host_key, project.host_asked_at = uuid.uuid4(), now
    _move(project, "ask_host", by, now, "host_key", "host_asked_at")
    notifications.host_asked(project, now=now)
    return project


@transaction.atomic
def write_host(
    *,
    project,
    activities,
    timetable,
    safety,
    allowance=None,
    meals="",
    signer=None,
    new_signer=None,
    is_done: bool,
    now: datetime,
) -> TrainingProject:
    """The host's part. By whoever holds the host's link; `is_done` hands on to the young person.

    `signer` is one of those who sign for the host; `new_signer` (name, position, email, phone) names another.
    """
    project = _of_link(project, now)
    host = project.internship.unit.host
    if signer is not None and not HostSigner.objects.filter(pk=signer.pk, host=host, ended_at=None).exists():
        raise ValidationError({"signer": _("This person does not sign for this host.")})
    if new_signer:
        signer = add_signer(host=host, **new_signer, by=None, now=now)
    project.activities, project.timetable, project.safety = activities.strip(), timetable, safety
    project.allowance, project.meals, project.signer = allowance, meals, signer or project.signer
    person = _person(project.internship)
    record(verb="internships.project_written", by=None, now=now, on=project, about=person, fields=["host"])
    if is_done:
        _check_done(project, ProjectState.HOST)
        check_allowance(project)
        project.host_filled_at = now
        project.state = PROJECT.target(project.state, "ask_intern")
        project.state_since = now
    project.save()
    if is_done:
        _record_turn(project, "ask_intern", None, now)
        if ProjectState.INTERN in parts.turns_of(project.internship):
            notifications.intern_asked(project, now=now)
        # Who filled it in on paper or by telephone, or need write nothing, goes straight on.
        if not parts.missing(project, ProjectState.INTERN):
            _move(project, "finish", None, now)
    return project


@transaction.atomic
def write_intern(*, internship, wishes: str, needs: str, by, now: datetime) -> TrainingProject:
    """The young person's own words, and that they read their duties: then it is ready. By the young person."""
    if internship.participation.person.user_id != by.pk:
        raise PermissionDenied
    project = _written(internship)
    PROJECT.target(project.state, "finish")
    if project.state != ProjectState.INTERN:
        raise NotNow(_("It is not your turn yet."), code="turn")
    project.wishes, project.needs, project.duties_read_at = wishes.strip(), needs.strip(), now
    _check_done(project, ProjectState.INTERN)
    project.save()
    person = _person(internship)
    record(verb="internships.project_written", by=by, now=now, on=project, about=person, fields=["intern"])
    return _move(project, "finish", by, now)


@transaction.atomic
def write_for_intern(*, internship, wishes: str, needs: str, by, now: datetime) -> TrainingProject:
    """What the young person said, written by the promoter's tutor beside them: for who has no account."""
    check_can_work_on(by, internship)
    project = _written(internship)
    _check_open(project)
    project.wishes, project.needs, project.duties_read_at = wishes.strip(), needs.strip(), now
    _check_done(project, ProjectState.INTERN)
    project.save()
    person = _person(internship)
    record(verb="internships.project_written", by=by, now=now, on=project, about=person, fields=["intern"])
    return _move(project, "finish", by, now) if project.state == ProjectState.INTERN else project


@transaction.atomic
def finish(*, internship, by, now: datetime) -> TrainingProject:
    """Nothing is missing and nobody has to write again: it is ready to be signed. By the promoter's staff."""
    check_can_work_on(by, internship)
    project = _written(internship)
    if project.state != ProjectState.PROMOTER or parts.all_missing(project):
        raise NotNow(_("Something is still missing: hand it on to whose turn it is."), code="missing")
    check_allowance(project)
    return _move(project, "finish", by, now)


@transaction.atomic
def give_back(*, internship, by, now: datetime) -> TrainingProject:
    """The promoter takes its turn again, to mend something. By the promoter's staff."""
    check_can_work_on(by, internship)
    return _move(_written(internship), "give_back", by, now)


@transaction.atomic
def ask_for_change(*, internship, note: str, by, now: datetime) -> TrainingProject:
    """Something has to be changed first: the promoter reads what. By the young person, in their turn."""
    if internship.participation.person.user_id != by.pk:
        raise PermissionDenied
    project = _written(internship)
    if project.state != ProjectState.INTERN:
        raise NotNow(_("It is not your turn yet."), code="turn")
    return _note(project, note, "intern", by, now)


@transaction.atomic
def ask_for_change_by_link(*, project, note: str, now: datetime) -> TrainingProject:
    """The same by the host, with its link."""
    return _note(_of_link(project, now), note, "host", None, now)


def _note(project, note, whose, by, now):
    if not note.strip():
        raise ValidationError({"note": _("Write what should change, a few words are enough.")})
    project.note, project.note_by = note.strip(), whose
    project = _move(project, "give_back", by, now, "note", "note_by")
    notifications.change_asked(project, now=now)
    return project


def _of_link(project, now):
    """The project of which somebody holds the host's link, locked, while it is the host's turn."""
    key = project.host_key
    project = _written(project.internship)
    if project.state != ProjectState.HOST or project.host_key != key:
        raise NotNow(_("This page is closed: the promoter has taken it on."), code="link")
    return project


def _check_open(project):
    if project.state not in parts.OPEN:
        raise NotNow(_("It is being signed: take it back first."), code="signing")


def _check_done(project, turn):
    if lacking := parts.missing(project, turn):
        raise ValidationError({name: _("This is still missing.") for name in lacking})


def check_allowance(project) -> None:
    """ValidationError when less is promised than the rules ask for; the internship keeps the project it is given."""
    project.internship.project = project
    findings = findings_of(project.internship)
    for finding in findings:
        if finding.code == "allowance" and finding.level == Level.ERROR:
            raise ValidationError({"allowance": f"{finding.sentence} ({finding.source})"})


def _move(project, verb, by, now, *also) -> TrainingProject:
    project.state = PROJECT.target(project.state, verb)
    project.state_since = now
    if project.state != ProjectState.PROMOTER:
        project.note, project.note_by = "", ""
    project.save(update_fields=["state", "state_since", "note", "note_by", *also])
    _record_turn(project, verb, by, now)
    return project


def _record_turn(project, verb, by, now):
    about = _person(project.internship)
    record(verb=f"internships.project_{verb}", by=by, now=now, on=project, about=about, fields=["state"])


def _person(internship):
    return internship.participation.person_id
