"""Changing an internship whose papers are signed: later end, tutor, hours, workplace. Each leaves its trace."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships import life_notifications as told
from internships.actions.locks import locked_by_promoter
from internships.actions.safety import check_is_safe
from internships.actions.todos import renew_todos
from internships.actions.tutors import promoter_members
from internships.enums import AmendmentKind
from internships.models import Amendment, Internship
from internships.planning import hours_in_all
from internships.rules import Span
from internships.workflow import AMENDABLE, AT_WORK
from migwork.calendar import check_year
from migwork.db import as_validation_error
from migwork.errors import NotNow

# The event that each change leaves behind.
VERBS = {
    AmendmentKind.EXTENSION: "internships.extended",
    AmendmentKind.SUSPENSION: "internships.suspension_agreed",
    AmendmentKind.RETURN: "internships.return_agreed",
    AmendmentKind.HOST_TUTOR: "internships.host_tutor_changed",
    AmendmentKind.PROMOTER_TUTOR: "internships.handed_over",
    AmendmentKind.HOURS: "internships.hours_changed",
    AmendmentKind.SITE: "internships.site_changed",
}


@transaction.atomic
def extend(*, internship, ends_on: date, reason: str, by, now: datetime) -> Amendment:
    """A later last day. By the promoter's staff, while it is under way and before it is over."""
    internship = locked_for_change(internship, by, AT_WORK)
    today = timezone.localdate(now)
    check_year(ends_on, today)
    if ends_on <= internship.ends_on:
        raise ValidationError({"ends_on": _("An extension ends after the last day that stands there now.")})
    if today > internship.ends_on:
        raise NotNow(_("Its last day has passed: it cannot be extended any more."), code="over")
    return amend(
        internship, AmendmentKind.EXTENSION, {"ends_on": ends_on}, valid_from=today, reason=reason, by=by, now=now
    )


@transaction.atomic
def change_hours(*, internship, weekly_hours: Decimal, valid_from: date, reason: str, by, now: datetime) -> Amendment:
    """Other hours a week from a day on. By the promoter's staff."""
    internship = locked_for_change(internship, by, AMENDABLE)
    if weekly_hours == internship.weekly_hours:
        raise ValidationError({"weekly_hours": _("These are the hours that stand there now.")})
    if not internship.starts_on <= valid_from <= internship.ends_on:
        raise ValidationError({"valid_from": _("A day of the internship.")})
    later = internship.amendments.filter(kind=AmendmentKind.HOURS, valid_from__gte=valid_from)
    if later.exists():
        raise ValidationError({"valid_from": _("The hours have changed since: choose a later day.")})
    changes = {"weekly_hours": weekly_hours}
    return amend(internship, AmendmentKind.HOURS, changes, valid_from=valid_from, reason=reason, by=by, now=now)


@transaction.atomic
def change_host_tutor(*, internship, host_tutor, reason: str, by, now: datetime) -> Amendment:
    """Somebody else follows the intern at the host. By the promoter's staff."""
    internship = locked_for_change(internship, by, AMENDABLE)
    if host_tutor.host_id != internship.unit.host_id:
        raise ValidationError({"host_tutor": _("This tutor belongs to another host.")})
    if host_tutor.pk == internship.host_tutor_id:
        raise ValidationError({"host_tutor": _("This is the tutor already.")})
    changes = {"host_tutor": host_tutor}
    today = timezone.localdate(now)
    return amend(internship, AmendmentKind.HOST_TUTOR, changes, valid_from=today, reason=reason, by=by, now=now)


@transaction.atomic
def change_promoter_tutor(*, internship, promoter_tutor, reason: str, by, now: datetime) -> Amendment:
    """A colleague follows the intern from now on. By the promoter's staff."""
    internship = locked_for_change(internship, by, AMENDABLE)
    if not promoter_members(internship.promoter_id).filter(user=promoter_tutor).exists():
        raise ValidationError({"promoter_tutor": _("The tutor must be one of your own colleagues.")})
    if promoter_tutor.pk == internship.promoter_tutor_id:
        raise ValidationError({"promoter_tutor": _("This is the tutor already.")})
    changes = {"promoter_tutor": promoter_tutor}
    today = timezone.localdate(now)
    return amend(internship, AmendmentKind.PROMOTER_TUTOR, changes, valid_from=today, reason=reason, by=by, now=now)


@transaction.atomic
def change_site(*, internship, unit, reason: str, by, now: datetime) -> Amendment:
    """Another workplace of the same host, with its own risk assessment. By the promoter's staff."""
    internship = locked_for_change(internship, by, AMENDABLE)
    if unit.host_id != internship.unit.host_id:
        raise ValidationError({"unit": _("This workplace belongs to another host.")})
    if unit.pk == internship.unit_id:
        raise ValidationError({"unit": _("This is the workplace already.")})
    today = timezone.localdate(now)
    change = amend(internship, AmendmentKind.SITE, {"unit": unit}, valid_from=today, reason=reason, by=by, now=now)
    if internship.state in AT_WORK:
        # Before the start the checklist waits for it anyhow.
        check_is_safe(internship, today)
    return change


def locked_for_change(internship, by, states) -> Internship:
    internship = locked_by_promoter(internship, by)
    if internship.state not in states:
        raise NotNow(_("In this state nothing is changed: look where it stands."), code="state")
    return internship


def amend(internship, kind, changes: dict, *, valid_from: date, reason: str, by, now: datetime) -> Amendment:
    """Write `changes` into the locked internship, with all that follows: hours in all, what is due, who is told."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why.")}, code="reason")
    before = {name: _as_kept(getattr(internship, name)) for name in changes}
    for name, value in changes.items():
        setattr(internship, name, value)
    change = Amendment.objects.create(
        internship=internship,
        kind=kind,
        valid_from=valid_from,
        before=before,
        after={name: _as_kept(value) for name, value in changes.items()},
        reason=reason.strip(),
        at=now,
        by=by,
    )
    internship.hours_amended = hours_now(internship)
    save_changed(internship, [*changes, "hours_amended"])
    renew_todos(internship)
    person = internship.participation.person_id
    record(verb=VERBS[kind], by=by, now=now, on=internship, about=person, fields=sorted(changes))
    told.amended(internship, change, now=now)
    return change


def _as_kept(value):
    """What JSON can say; of a tutor or a workplace the key, so that no name outlives its erasure."""
    return str(getattr(value, "pk", value))


def hours_now(internship) -> Decimal:
    """The hours in all, by what was changed and suspended so far."""
    changed = list(internship.amendments.filter(kind=AmendmentKind.HOURS).order_by("valid_from"))
    weekly = [(row.valid_from, Decimal(row.after["weekly_hours"])) for row in changed]
    first = Decimal(changed[0].before["weekly_hours"]) if changed else internship.weekly_hours
    off = [Span(row.starts_on, row.ends_on) for row in internship.suspensions.all()]
    whole = Span(internship.starts_on, internship.ends_on)
    return hours_in_all(whole, [(internship.starts_on, first), *weekly], off)


def save_changed(internship, fields) -> None:
    try:
        with transaction.atomic():
            internship.save(update_fields=fields)
    except IntegrityError as error:
        raise as_validation_error(error) from error
