"""Every write on hosts and internships. Keyword-only, with the actor `by` and the clock `now`."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions import check_not_limited
from accounts.enums import Role
from accounts.models import Membership
from accounts.queries import consent_gap
from foundation.privacy.actions import record
from intake import actions as intake_actions
from intake.enums import ActionState, ReferralPurpose, ReferralState
from intake.models import Participation, Referral
from intake.workflow import OPEN_STATES as OPEN_PARTICIPATIONS
from internships import notifications, vat
from internships.enums import InternshipState
from internships.models import Host, HostTutor, Internship, OperatingUnit, RegisterDay
from internships.permissions import check_can_keep_hosts, check_can_open, check_can_work_on
from internships.workflow import INTERNSHIP, NEED_A_REASON, OPEN_STATES
from migwork.calendar import check_year
from migwork.db import as_validation_error
from migwork.errors import NotNow
from migwork.text import sort_key
from programme.enums import MacroActionKind

PROMOTER_ROLES = (Role.PARTNER_STAFF, Role.PARTNER_ADMIN)


# --- hosts ----------------------------------------------------------------------


@transaction.atomic
def save_host(
    *,
    name: str,
    vat_number: str,
    sector: str = "",
    address: str,
    municipality: str,
    headcount: int,
    tutor_name: str,
    tutor_email: str = "",
    tutor_phone: str = "",
    by,
    now: datetime,
) -> Host:
    """Enter a host with its first workplace and its first tutor. By any partner's staff: hosts are common."""
    check_can_keep_hosts(by)
    vat_number = vat.cleaned(vat_number)
    if not vat.is_valid(vat_number):
        raise ValidationError({"vat_number": _("This VAT number is not right: eleven digits, the last checks them.")})
    if known := Host.objects.filter(vat_number=vat_number).first():
        raise NotNow(_("%(host)s is already here: search for it.") % {"host": known.name}, code="known")
    host = Host.objects.create(
        name=name.strip(), vat_number=vat_number, sector=sector.strip(), sort_key=sort_key(name), created_at=now
    )
    OperatingUnit.objects.create(host=host, address=address, municipality=municipality, headcount=headcount)
    _new_tutor(host, tutor_name, tutor_email, tutor_phone)
    record(verb="internships.host_entered", by=by, now=now, on=host)
    return host


@transaction.atomic
def add_unit(*, host, address: str, municipality: str, headcount: int, by, now: datetime) -> OperatingUnit:
    """Another workplace of a host. By any partner's staff."""
    check_can_keep_hosts(by)
    unit = OperatingUnit.objects.create(host=host, address=address, municipality=municipality, headcount=headcount)
    record(verb="internships.unit_added", by=by, now=now, on=host)
    return unit


@transaction.atomic
def add_tutor(*, host, name: str, email: str = "", phone: str = "", by, now: datetime) -> HostTutor:
    """Another tutor at a host. By any partner's staff."""
    check_can_keep_hosts(by)
    tutor = _new_tutor(host, name, email, phone)
    record(verb="internships.host_tutor_added", by=by, now=now, on=host)
    return tutor


def _new_tutor(host, name, email, phone) -> HostTutor:
    try:
        with transaction.atomic():
            return HostTutor.objects.create(host=host, name=name.strip(), email=email.strip(), phone=phone.strip())
    except IntegrityError as error:
        raise as_validation_error(error) from error


# --- internships ----------------------------------------------------------------


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
    by,
    now: datetime,
) -> Internship:
    """Propose an internship to a person whom the partner has accepted. By the partner's staff.

    It serves the referral's action of the plan, and counts in the edition's macro-action for training.
    """
    participation = _locked_participation(referral.participation_id)
    intake_actions.check_not_merged(participation)
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
        state_since=now,
        created_at=now,
        created_by=by,
    )
    record(verb="internships.proposed", by=by, now=now, on=internship, about=participation.person_id)
    return internship


def promoter_members(organisation_id):
    """The memberships of those who may follow an intern for this partner."""
    return Membership.objects.filter(
        organisation=organisation_id, is_active=True, user__is_active=True, role__in=PROMOTER_ROLES
    )


def what_tutor_holds(*, user, organisation) -> list[tuple[str, int]]:
    """The internships that `user` follows for this partner. For accounts.hooks.member_holds."""
    interns = _followed(user, organisation).count()
    return [(ngettext("Internship followed", "Internships followed", interns), interns)] if interns else []


def _followed(user, organisation):
    return Internship.objects.filter(promoter_tutor=user, promoter=organisation, state__in=OPEN_STATES)


@transaction.atomic
def pass_on_internships(*, user, organisation, to, by, now: datetime) -> None:
    """The internships that `user` follows pass to `to`. For accounts.hooks.member_leaves, which checked who may."""
    interns = list(_followed(user, organisation).select_for_update(of=("self",)).select_related("participation"))
    if interns and not promoter_members(organisation.pk).filter(user=to).exists():
        raise NotNow(_("Internships pass to staff of the partner: choose one."), code="to")
    for internship in interns:
        internship.promoter_tutor = to
        internship.save(update_fields=["promoter_tutor"])
        record(
            verb="internships.handed_over",
            by=by,
            now=now,
            on=internship,
            about=internship.participation.person_id,
            fields=["promoter_tutor"],
        )


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
    participation = _locked_participation(internship.participation_id)
    internship = _locked(internship)
    check_can_work_on(by, internship)
    target = INTERNSHIP.target(internship.state, verb)
    _check_days(internship, verb, timezone.localdate(now))
    _check_consent(internship.participation.person, verb, timezone.localdate(now))
    if verb in NEED_A_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why.")}, code="reason")
    internship.state = target
    internship.state_since = now
    internship.reason = reason.strip() if verb in NEED_A_REASON else ""
    _save_state(internship)
    _carry_to_plan(internship, by, now)
    record(
        verb=f"internships.{EVENTS[verb]}",
        by=by,
        now=now,
        on=internship,
        about=participation.person_id,
        fields=["state", "reason"] if internship.reason else ["state"],
    )
    notifications.tell(internship, now=now)
    return internship


# The event that each step leaves behind.
EVENTS = {
    "agree": "agreed",
    "send_for_signature": "sent_for_signature",
    "sign": "signed",
    "start": "started",
    "suspend": "suspended",
    "resume": "resumed",
    "complete": "completed",
    "end_early": "ended_early",
    "cancel": "cancelled",
}


def _check_consent(person, verb, today):
    """A minor's training project is not signed, and does not start, before whoever represents them has consented."""
    gap = consent_gap(person, "internship", today) if verb in ("sign", "start") else []
    if gap:
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


# --- the register ---------------------------------------------------------------


def hours_attended(internship) -> Decimal:
    return internship.days.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)


@transaction.atomic
def record_day(*, internship, on: date, hours: Decimal, by, now: datetime) -> RegisterDay:
    """Put one day into the register of a running internship. By the promoter's staff. A day stands there once."""
    internship = _open_register(internship, by)
    _check_day(internship, on, hours, now)
    if internship.days.filter(on=on).exists():
        raise NotNow(_("This day is already in the register."), code="twice")
    day = RegisterDay.objects.create(internship=internship, on=on, hours=hours, recorded_by=by, recorded_at=now)
    _register_changed(internship, "internships.days_recorded", by, now)
    return day


@transaction.atomic
def record_days(*, internship, hours: dict[date, Decimal | None], by, now: datetime) -> int:
    """Make these days of the register so: add, correct, or (None) take out; how many changed. By the promoter."""
    internship = _open_register(internship, by)
    there = {day.on: day for day in internship.days.filter(on__in=hours)}
    changed = [on for on in hours if hours[on] != (there[on].hours if on in there else None)]
    for on in sorted(changed):
        if hours[on] is None:
            there[on].delete()
            continue
        _check_day(internship, on, hours[on], now)
        RegisterDay.objects.update_or_create(
            internship=internship, on=on, defaults={"hours": hours[on], "recorded_by": by, "recorded_at": now}
        )
    if changed:
        corrected = any(on in there for on in changed)
        verb = "internships.days_corrected" if corrected else "internships.days_recorded"
        _register_changed(internship, verb, by, now)
    return len(changed)


def _open_register(internship, by) -> Internship:
    _locked_participation(internship.participation_id)
    internship = _locked(internship)
    check_can_work_on(by, internship)
    if internship.state != InternshipState.RUNNING:
        raise NotNow(_("Days are recorded while the internship is running."), code="not_running")
    return internship


def _check_day(internship, on, hours, now):
    name = date_format(on, "l j F")
    if not internship.starts_on <= on <= internship.ends_on:
        raise ValidationError(_("%(day)s: outside the internship's dates.") % {"day": name}, code="outside")
    if on > timezone.localdate(now):
        raise ValidationError(_("%(day)s: this day has not come yet.") % {"day": name}, code="future")
    if not 0 < hours <= 24:
        raise ValidationError(_("%(day)s: between a few minutes and 24 hours.") % {"day": name}, code="hours")


def _register_changed(internship, verb, by, now):
    """The plan shows the hours, the trail that the register changed."""
    if internship.plan_action is not None:
        hours = hours_attended(internship)
        intake_actions.set_action_hours(action=internship.plan_action, hours_done=hours, by=by, now=now)
    record(verb=verb, by=by, now=now, on=internship, about=internship.participation.person_id, fields=["days"])


# --- locks ------------------------------------------------------------------------


def _locked_participation(pk) -> Participation:
    # First of all locks, as in intake: whoever changes this person's way waits here.
    return Participation.with_merged.select_for_update(of=("self",)).select_related("edition").get(pk=pk)


def _locked(internship) -> Internship:
    internship = (
        Internship.objects.select_for_update(of=("self",))
        .select_related("participation__person", "plan_action__goal__plan", "unit__host")
        .get(pk=internship.pk)
    )
    check_not_limited(internship.participation.person)
    return internship
