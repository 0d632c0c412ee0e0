"""Proposing an internship, and its steps."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from accounts.queries import consent_gap
from foundation.documents import actions as documents
from foundation.privacy.actions import record
from intake import actions as intake_actions
from intake.enums import ActionState, ReferralPurpose, ReferralState
from intake.models import Referral
from intake.workflow import OPEN_STATES as OPEN_PARTICIPATIONS
from internships import notifications, queries
from internships.actions.locks import locked_by_promoter, locked_participation
from internships.actions.register import hours_attended
from internships.actions.rules import enforce
from internships.actions.safety import check_is_safe
from internships.actions.todos import renew_todos
from internships.enums import InternshipKind, InternshipState, RemoteMode
from internships.models import Internship, TrainingProject
from internships.permissions import check_can_open, check_can_work_on
from internships.queries.members import promoter_members
from internships.workflow import BY_DAYS, BY_PAPERS, INTERNSHIP, NEED_A_REASON, OPEN_STATES
from migwork.calendar import check_year
from migwork.db import as_validation_error
from migwork.errors import NotNow
from programme.enums import MacroActionKind


@transaction.atomic
def open_internship(
    *,
    referral,
    unit,
    host_tutor,
    promoter_tutor,
    title: str,
    starts_on: date,
    ends_on: date,
    weekly_hours: Decimal,
    kind: str = InternshipKind.EXTRACURRICULAR,
    eqf_level: int | None = None,
    remote_mode: str = RemoteMode.ON_SITE,
    worked_there_until: date | None = None,
    school: str = "",
    school_tutor: str = "",
    school_email: str = "",
    overrides: Mapping[str, str] | None = None,
    by,
    now: datetime,
) -> Internship:
    """Propose an internship to a person whom the partner has accepted. By the partner's staff.

    It serves the referral's action of the plan, and counts in the edition's macro-action for training. The rules of
    its first day hold; `overrides` are the reasons for going past their warnings, by the code of the finding.
    """
    participation = locked_participation(referral.participation_id)
    intake_actions.check_not_merged(participation)
    check_not_limited(participation.person)
    referral = Referral.objects.select_related("plan_action").get(pk=referral.pk)
    check_can_open(by, referral)
    if (referral.purpose, referral.state) != (ReferralPurpose.INTERNSHIP, ReferralState.ACCEPTED):
        raise NotNow(_("First accept the person for an internship."), code="referral")
    if participation.state not in OPEN_PARTICIPATIONS:
        raise NotNow(_("This person's way with us is closed."), code="closed")
    if referral.internships.filter(state__in=OPEN_STATES).exists():
        raise NotNow(_("There is an internship for this person already: go on with that one."), code="twice")
    for day in (starts_on, ends_on):
        check_year(day, timezone.localdate(now))
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("The last day must be after the first.")})
    if host_tutor.host_id != unit.host_id:
        raise ValidationError({"host_tutor": _("This tutor belongs to another host.")})
    if not promoter_members(referral.organisation_id).filter(user=promoter_tutor).exists():
        raise ValidationError({"promoter_tutor": _("The tutor must be one of your own colleagues.")})
    internship = Internship.objects.create(
        participation=participation,
        promoter_id=referral.organisation_id,
        macro_action=_macro_action(participation, referral.organisation_id),
        referral=referral,
        plan_action=referral.plan_action,
        unit=unit,
        host_tutor=host_tutor,
        promoter_tutor=promoter_tutor,
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        weekly_hours=weekly_hours,
        kind=kind,
        eqf_level=eqf_level,
        remote_mode=remote_mode,
        worked_there_until=worked_there_until,
        school=school.strip(),
        school_tutor=school_tutor.strip(),
        school_email=school_email.strip(),
        state_since=now,
        created_at=now,
        created_by=by,
    )
    record(verb="internships.proposed", by=by, now=now, on=internship, about=participation.person_id)
    enforce(internship=internship, overrides=overrides, by=by, now=now)
    return internship


def _macro_action(participation, organisation_id):
    """The edition's macro-action for training: the one this partner takes part in, else the first."""
    training = participation.edition.macro_actions.filter(kind=MacroActionKind.TRAINING)
    return training.filter(partnerships__organisation=organisation_id).first() or training.first()


@transaction.atomic
def move(*, internship, verb: str, reason: str = "", by, now: datetime) -> Internship:
    """Take one step of the workflow. By the promoter's staff; some steps need a reason.

    The plan's action follows: under way, done with its hours, or to do again after an early
    end. The young person is told when it is agreed, when it starts and when it is completed.
    """
    check_can_work_on(by, internship)
    if verb in BY_PAPERS:
        raise NotNow(_("This follows from the papers: ask for the signatures there."), code="papers")
    if verb in BY_DAYS:
        raise NotNow(_("Say why, and from which day to which."), code="days")
    if verb == "cancel":
        call_papers_off(internship=internship, by=by, now=now)
    internship = locked_by_promoter(internship, by)
    return take_step(internship, verb, reason=reason, by=by, now=now)


def take_step(internship, verb: str, *, reason: str = "", by, now: datetime) -> Internship:
    """The step itself, of a locked internship. `by` None: its day has come."""
    INTERNSHIP.target(internship.state, verb)
    today = timezone.localdate(now)
    _check_days(internship, verb, today)
    if verb == "start":
        check_consent(internship.participation.person, today)
        check_is_safe(internship, today)
    if verb in NEED_A_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why.")}, code="reason")
    return take(internship, verb, by=by, now=now, reason=reason)


def call_papers_off(*, internship, by, now: datetime) -> None:
    """Whoever was asked to sign its training project need not any more. Before any row of ours is locked."""
    project = TrainingProject.objects.filter(internship=internship).first()
    if project and (request := queries.open_request(project)):
        documents.cancel(request=request, by=by, now=now)


def take(internship, verb: str, *, by, now: datetime, reason: str = "") -> Internship:
    """One step of an internship that is locked; whoever calls has asked for the right."""
    was = internship.state
    internship.state = INTERNSHIP.target(was, verb)
    internship.state_since = now
    internship.reason = reason.strip() if verb in NEED_A_REASON else ""
    _save_state(internship)
    _carry_to_plan(internship, by, now)
    renew_todos(internship)
    record(
        verb=f"internships.{EVENTS[verb]}",
        by=by,
        now=now,
        on=internship,
        about=internship.participation.person_id,
        fields=["state", "reason"] if internship.reason else ["state"],
    )
    if was != InternshipState.PROPOSED or internship.state != InternshipState.CANCELLED:
        # Of an idea that came to nothing they had not heard.
        notifications.tell(internship, now=now)
    return internship


# The event that each step leaves behind.
EVENTS = {
    "agree": "agreed",
    "send_for_signature": "sent_for_signature",
    "sign": "signed",
    "take_papers_back": "papers_taken_back",
    "start": "started",
    "suspend": "suspended",
    "resume": "resumed",
    "complete": "completed",
    "end_early": "ended_early",
    "cancel": "cancelled",
}


def check_consent(person, today):
    """A minor's training project is not signed, and does not start, before whoever represents them has consented."""
    if gap := consent_gap(person, "internship", today):
        raise NotNow(gap[0], code="consent")


def _check_days(internship, verb, today):
    if verb == "start" and today < internship.starts_on:
        day = date_format(internship.starts_on, "j F")
        raise NotNow(_("It cannot start before its first day, %(day)s.") % {"day": day}, code="early")
    if verb == "complete" and today < internship.ends_on:
        day = date_format(internship.ends_on, "j F")
        raise NotNow(_("Its last day is %(day)s: until then it can only be ended early.") % {"day": day}, code="early")


def _save_state(internship):
    try:
        with transaction.atomic():
            internship.save(update_fields=["state", "state_since", "reason"])
    except IntegrityError as error:
        raise as_validation_error(error) from error


def _carry_to_plan(internship, by, now):
    """The action of the plan that the internship serves follows its state."""
    action = internship.plan_action
    if action is None:
        return
    if internship.state == InternshipState.RUNNING and action.state == ActionState.TO_DO:
        intake_actions.start_action(action=action, by=by, now=now)
    elif internship.state == InternshipState.COMPLETED and action.state in (ActionState.TO_DO, ActionState.DOING):
        intake_actions.finish_action(action=action, hours=hours_attended(internship), by=by, now=now)
    elif internship.state == InternshipState.ENDED_EARLY and action.state == ActionState.DOING:
        intake_actions.resume_action(action=action, by=by, now=now)
