"""Changing an internship whose papers are signed: later end, tutor, hours, workplace. Each leaves its trace."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships.actions.allowance import compute_allowances
from internships.actions.links import send_host_link
from internships.actions.locks import locked_by_promoter
from internships.actions.rules import enforce
from internships.actions.safety import check_is_safe
from internships.actions.timetable import set_timetable
from internships.actions.todos import renew_todos
from internships.actions.writing import check_open_months
from internships.enums import AmendmentKind
from internships.models import Amendment, Internship
from internships.notifications import life as told
from internships.planning import hours_in_all, weekly_since
from internships.queries.members import promoter_members
from internships.queries.rules import findings_of
from internships.queries.timetable import plan_of
from internships.rules import Finding, Slot, Span
from internships.timetable import weekly_hours as weekly_total
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
def extend(*, internship, ends_on: date, reason: str, overrides=None, by, now: datetime) -> Amendment:
    """A later last day. By the promoter's staff, while it is under way and before it is over."""
    internship = locked_for_change(internship, by, AT_WORK)
    today = timezone.localdate(now)
    check_year(ends_on, today)
    if ends_on <= internship.ends_on:
        raise ValidationError({"ends_on": _("An extension ends after the last day that stands there now.")})
    if today > internship.ends_on:
        raise NotNow(_("Its last day has passed: it cannot be extended any more."), code="over")
    return amend(
        internship,
        AmendmentKind.EXTENSION,
        {"ends_on": ends_on},
        valid_from=today,
        reason=reason,
        overrides=overrides,
        by=by,
        now=now,
    )


@transaction.atomic
def change_hours(
    *,
    internship,
    weekly_hours: Decimal,
    valid_from: date,
    slots: Iterable[Slot] = (),
    reason: str,
    overrides=None,
    by,
    now: datetime,
) -> Amendment:
    """Other hours a week from a day on, with the weekly timetable that holds then. By the promoter's staff.

    Where a timetable is written and leaves more hours than there are now, the new one is asked for.
    """
    internship = locked_for_change(internship, by, AMENDABLE)
    if weekly_hours == internship.weekly_hours:
        raise ValidationError({"weekly_hours": _("These are the hours that stand there now.")})
    if not internship.starts_on <= valid_from <= internship.ends_on:
        raise ValidationError({"valid_from": _("A day of the internship.")})
    later = internship.amendments.filter(kind=AmendmentKind.HOURS, valid_from__gte=valid_from)
    if later.exists():
        raise ValidationError({"valid_from": _("The hours have changed since: choose a later day.")})
    # The days of closed months are said: what they were planned to be is changed no more.
    closed = internship.months.filter(first__gte=valid_from.replace(day=1))
    check_open_months(internship, closed.values_list("first", flat=True))
    changes = {"weekly_hours": weekly_hours}
    why = {"reason": reason, "overrides": overrides, "by": by, "now": now}
    change = amend(internship, AmendmentKind.HOURS, changes, valid_from=valid_from, **why)
    if slots:
        internship.slots.filter(valid_from__gt=valid_from).delete()
        set_timetable(internship=internship, slots=slots, valid_from=valid_from, by=by, now=now)
    else:
        _check_timetable(internship, valid_from)
    return change


def _check_timetable(internship, since: date) -> None:
    """ValidationError when a timetable that holds from `since` on, or later, has more hours than there are."""
    versions = plan_of(internship).versions
    held = [slots for begins, slots in versions if begins > since]
    held += [slots for begins, slots in versions if begins <= since][-1:]
    most = max((weekly_total(slots) for slots in held), default=Decimal(0))
    if most > internship.weekly_hours:
        said = {"hours": number_format(most.normalize())}
        raise ValidationError(
            _("The weekly timetable has %(hours)s hours: write the one that holds from then on.") % said,
            code="timetable",
        )


@transaction.atomic
def change_host_tutor(*, internship, host_tutor, reason: str, overrides=None, by, now: datetime) -> Amendment:
    """Somebody else follows the intern at the host. By the promoter's staff."""
    internship = locked_for_change(internship, by, AMENDABLE)
    if host_tutor.host_id != internship.unit.host_id:
        raise ValidationError({"host_tutor": _("This tutor belongs to another host.")})
    if host_tutor.pk == internship.host_tutor_id:
        raise ValidationError({"host_tutor": _("This is the tutor already.")})
    before = internship.host_tutor
    changes = {"host_tutor": host_tutor}
    today = timezone.localdate(now)
    why = {"reason": reason, "overrides": overrides, "by": by, "now": now}
    change = amend(internship, AmendmentKind.HOST_TUTOR, changes, valid_from=today, **why)
    if (host_tutor.email or host_tutor.phone) and before.links.filter(revoked_at=None).exists():
        # Whoever confirms the hours from now on gets what the one before had.
        send_host_link(tutor=host_tutor, by=by, now=now)
    return change


@transaction.atomic
def change_promoter_tutor(*, internship, promoter_tutor, reason: str, overrides=None, by, now: datetime) -> Amendment:
    """A colleague follows the intern from now on. By the promoter's staff."""
    internship = locked_for_change(internship, by, AMENDABLE)
    if not promoter_members(internship.promoter_id).filter(user=promoter_tutor).exists():
        raise ValidationError({"promoter_tutor": _("The tutor must be one of your own colleagues.")})
    if promoter_tutor.pk == internship.promoter_tutor_id:
        raise ValidationError({"promoter_tutor": _("This is the tutor already.")})
    changes = {"promoter_tutor": promoter_tutor}
    today = timezone.localdate(now)
    return amend(
        internship,
        AmendmentKind.PROMOTER_TUTOR,
        changes,
        valid_from=today,
        reason=reason,
        overrides=overrides,
        by=by,
        now=now,
    )


@transaction.atomic
def change_site(*, internship, unit, reason: str, overrides=None, by, now: datetime) -> Amendment:
    """Another workplace of the same host, with its own risk assessment. By the promoter's staff."""
    internship = locked_for_change(internship, by, AMENDABLE)
    if unit.host_id != internship.unit.host_id:
        raise ValidationError({"unit": _("This workplace belongs to another host.")})
    if unit.pk == internship.unit_id:
        raise ValidationError({"unit": _("This is the workplace already.")})
    today = timezone.localdate(now)
    change = amend(
        internship,
        AmendmentKind.SITE,
        {"unit": unit},
        valid_from=today,
        reason=reason,
        overrides=overrides,
        by=by,
        now=now,
    )
    if internship.state in AT_WORK:
        # Before the start the checklist waits for it anyhow.
        check_is_safe(internship, today)
    return change


def locked_for_change(internship, by, states) -> Internship:
    internship = locked_by_promoter(internship, by)
    if internship.state not in states:
        raise NotNow(_("In this state nothing is changed: look where it stands."), code="state")
    return internship


def amend(
    internship, kind, changes: dict, *, valid_from: date, reason: str, overrides=None, stood=None, by, now: datetime
) -> Amendment:
    """Write `changes` into the locked internship, with all that follows: hours in all, what is due, who is told.

    The rules judge it anew, as a proposal; `overrides` are the reasons for going past their warnings, by the code of
    the finding. `stood` is what they said before, where the caller had to ask them before it wrote.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why.")}, code="reason")
    if stood is None:
        stood = what_stands(internship, kind)
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
    enforce(internship=internship, overrides=overrides, change=change, stood=stood, by=by, now=now)
    renew_todos(internship)
    person = internship.participation.person_id
    record(verb=VERBS[kind], by=by, now=now, on=internship, about=person, fields=sorted(changes))
    if "ends_on" in changes:
        # A pause may reach back into months that are closed: what they owe follows.
        for month in internship.months.all():
            compute_allowances(internships=[internship], first=month.first, now=now)
    told.amended(internship, change, now=now)
    return change


def what_stands(internship, kind) -> list[Finding]:
    """What the rules say before a change: that is not judged again. An extension answers for all of its time."""
    return [] if kind == AmendmentKind.EXTENSION else findings_of(internship)


def _as_kept(value):
    """What JSON can say; of a tutor or a workplace the key, so that no name outlives its erasure."""
    return str(getattr(value, "pk", value))


def hours_now(internship) -> Decimal:
    """The hours in all, by what was changed and suspended so far."""
    changed = [
        (row.valid_from, Decimal(row.before["weekly_hours"]), Decimal(row.after["weekly_hours"]))
        for row in internship.amendments.filter(kind=AmendmentKind.HOURS)
    ]
    weekly = weekly_since(internship.starts_on, internship.weekly_hours, changed)
    off = [Span(row.starts_on, row.ends_on) for row in internship.suspensions.all()]
    whole = Span(internship.starts_on, internship.ends_on)
    return hours_in_all(whole, weekly, off)


def save_changed(internship, fields) -> None:
    try:
        with transaction.atomic():
            internship.save(update_fields=fields)
    except IntegrityError as error:
        raise as_validation_error(error) from error
