"""What the pages of the agenda and of booking read, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import F, Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from intake import repeats
from intake.enums import AppointmentKind, AppointmentState
from intake.models import Appointment, Availability, Mediation, Slot
from intake.queries.desk import OPERATOR_S_NAME
from migwork.calendar import bounds_of
from migwork.words import day_in_words
from programme.models import Organisation

# How many days with free hours a page shows, and how many hours it reads to find them.
DAYS_SHOWN = 5
HOURS_READ = 300
# How far the desk looks ahead, and with how few free hours it is told.
WITHIN = timedelta(days=14)
FEW = 5


# --- booking ---------------------------------------------------------------------------


class FreeHours(NamedTuple):
    """Some days with their free hours; from which day on there are more (or None); whether others have hours too."""

    days: list[tuple[date, list[Slot]]]
    more_from: date | None
    only_with: object


def free_hours(participation, kind, now, *, since=None, everybody=False) -> FreeHours:
    """What this person can book for such a talk: first the hours of who follows them, if there are any."""
    rows = (
        Slot.objects.for_way(participation, now).for_kind(kind).select_related("operator").order_by("starts_at", "pk")
    )
    if since is not None:
        rows = rows.filter(starts_at__gte=bounds_of(since)[0])
    found, only_with = [], None
    if participation.operator_id and not everybody:
        found = list(rows.filter(operator=participation.operator_id)[:HOURS_READ])
        only_with = found[0].operator if found else None
    found = found or list(rows[:HOURS_READ])
    by_day = [(day, list(group)) for day, group in groupby(found, key=_day_of)]
    more_from = by_day[DAYS_SHOWN][0] if len(by_day) > DAYS_SHOWN else None
    return FreeHours(by_day[:DAYS_SHOWN], more_from, only_with)


def free_hour(participation, kind, pk, now) -> Slot | None:
    """One of them, if it is still to be had."""
    return Slot.objects.for_way(participation, now).for_kind(kind).select_related("operator").filter(pk=pk).first()


def own_talk(participation, slot) -> Appointment | None:
    """What this person has booked already at the hour with the key `slot`."""
    return participation.appointments.filter(state=AppointmentState.BOOKED, slot=slot).first()


def talks_to_come(participation, now) -> dict:
    """{kind: the appointment to come}: of each kind there is one at most that the person booked."""
    rows = participation.appointments.filter(state=AppointmentState.BOOKED, ends_at__gt=now)
    return {row.kind: row for row in rows.select_related("operator").order_by("-starts_at")}


def _day_of(row):
    return timezone.localdate(row.starts_at)


# --- the desk ----------------------------------------------------------------------------


def office_of(user) -> Organisation | None:
    """Where an operator works; None for an administrator, who reads all and offers nothing."""
    offices = user.organisations_as(Role.OPERATOR)
    return Organisation.objects.get(pk=offices[0]) if offices else None


@dataclass
class Line:
    """One line of the agenda: an appointment, or an hour that is still free."""

    starts_at: datetime
    ends_at: datetime
    appointment: Appointment | None = None
    slot: Slot | None = None

    @property
    def mediation(self):
        """What was seen to for its language, if that is not the desk's."""
        return getattr(self.appointment, "mediation", None)

    @property
    def places(self) -> int:
        return self.slot.places - self.slot.taken


@dataclass
class Day:
    """A day of the agenda."""

    day: date
    holiday: str
    lines: list[Line] = field(default_factory=list)


def days_of(user, first: date, last: date, *, everybody=False) -> list[Day]:
    """Appointments and free hours of an operator, or of their whole desk, day by day."""
    start, end = bounds_of(first)[0], bounds_of(last)[1]
    talks = Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end).exclude(
        state=AppointmentState.CANCELLED
    )
    slots = Slot.objects.with_places().filter(starts_at__gte=start, starts_at__lt=end)
    if not everybody:
        talks, slots = talks.filter(operator=user), slots.filter(operator=user)
    elif not user.is_superuser:
        offices = user.organisations_as(Role.OPERATOR)
        talks, slots = talks.filter(organisation__in=offices), slots.filter(organisation__in=offices)
    talks = talks.select_related("participation__person", "operator", "mediation__language").only(
        *("participation__person__first_name", "participation__person__last_name"),
        *OPERATOR_S_NAME,
        *("kind", "mode", "place", "state", "starts_at", "ends_at"),
        *("mediation__state", "mediation__mediator", "mediation__language__name"),
    )
    lines = [Line(row.starts_at, row.ends_at, appointment=row) for row in talks[:500]]
    lines += [Line(row.starts_at, row.ends_at, slot=row) for row in slots.select_related("operator")[:500]]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = {day: Day(day, repeats.holiday(day)) for day in days}
    for line in sorted(lines, key=lambda line: (line.starts_at, line.slot is not None)):
        found[_day_of(line)].lines.append(line)
    return list(found.values())


def talks_in_other_languages(user, now) -> list[Appointment]:
    """The talks to come of the user's desks in another language than its own, by their hour; one query."""
    rows = Appointment.objects.filter(mediation__isnull=False, state=AppointmentState.BOOKED, starts_at__gt=now)
    if not user.is_superuser:
        rows = rows.filter(organisation__in=user.organisations_as(Role.OPERATOR))
    return list(
        rows.select_related("participation__person", "operator", "mediation__language").order_by("starts_at", "pk")[
            :200
        ]
    )


def without_mediator(user, now) -> int:
    """For how many of them a mediator is still to be found."""
    rows = Mediation.objects.missing().filter(appointment__starts_at__gt=now)
    if not user.is_superuser:
        rows = rows.filter(appointment__organisation__in=user.organisations_as(Role.OPERATOR))
    return rows.count()


def running_out(user, now) -> list[str]:
    """A sentence for each kind of talk for which the desk offers few hours in the next days, or none."""
    rows = Slot.objects.bookable().filter(starts_at__gt=now, starts_at__lt=now + WITHIN)
    if not user.is_superuser:
        rows = rows.filter(organisation__in=user.organisations_as(Role.OPERATOR))
    sums = rows.order_by().values("kind").annotate(n=Sum(F("places") - F("taken")), last=Max("starts_at"))
    free = {row["kind"]: row for row in sums}
    said = []
    for kind, label in AppointmentKind.choices:
        fitting = [free[name] for name in ("", kind) if name in free]
        number = sum(row["n"] for row in fitting)
        if number == 0:
            said.append(_("%(kind)s: no free hours in the next 14 days.") % {"kind": label})
        elif number < FEW:
            last = max(timezone.localdate(row["last"]) for row in fitting)
            said.append(
                _("%(kind)s: free hours left in the next 14 days: %(number)s, the last on %(day)s.")
                % {"kind": label, "number": number, "day": day_in_words(last, "l j F")}
            )
    return said


def hours_offered(user, now) -> list[Availability]:
    """The hours that an operator offers, and those of their desk; each with its `words`."""
    rows = Availability.objects.visible_to(user).running(timezone.localdate(now))
    found = list(rows.select_related("operator", "organisation").order_by("operator__name", "first_day", "opens_at"))
    for row in found:
        row.words = repeats.in_words(row.rule)
    return sorted(found, key=lambda row: (row.operator_id != user.pk, row.operator_id is not None))


def booked_in(availability, now) -> int:
    """How many people have booked in these hours and are still to come."""
    return Appointment.objects.filter(
        slot__availability=availability, state=AppointmentState.BOOKED, starts_at__gt=now
    ).count()
