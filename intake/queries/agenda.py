"""What the pages of the agenda and of booking read, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from intake.enums import AppointmentKind, AppointmentState
from intake.models import Appointment, Availability, Slot
from intake.queries.desk import desks_of, of_whom
from migwork import repeats
from migwork.calendar import bounds_of
from migwork.prepared import Prepared
from migwork.words import day_in_words
from programme.models import Organisation

# How many days with free hours a page shows, and how many hours it reads to find them.
DAYS_SHOWN = 5
HOURS_READ = 300
# How far the desk looks ahead, and with how few free hours it is told.
WITHIN = timedelta(days=14)
FEW = 5
# How many talks, and how many free hours, an agenda shows: more than a desk has in a week.
MOST_LINES = 500


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
    """One line of the agenda: a talk, or an hour with places that are still free."""

    starts_at: datetime
    ends_at: datetime
    talk: Appointment | None = None
    places: int = 0
    # Whose hour it is, where somebody's; else it is the desk's.
    offered_by: str | None = None
    # From when until when, by the clock on the wall.
    hours: str = ""

    @property
    def mediation(self):
        """What was seen to for its language, if that is not the desk's."""
        return getattr(self.talk, "mediation", None)


@dataclass
class Day:
    """A day of the agenda."""

    day: date
    holiday: str
    lines: list[Line] = field(default_factory=list)


def days_of(user, first: date, last: date, *, everybody=False) -> list[Day]:
    """Appointments and free hours of an operator, or of their whole desk, day by day."""
    asked = {"start": bounds_of(first)[0], "end": bounds_of(last)[1]}
    asked |= desks_of(user) if everybody else {"operator": user.pk}
    lines = [Line(talk.starts_at, talk.ends_at, talk) for talk in _talks(**asked)]
    lines += [Line(starts_at, ends_at, None, *free) for starts_at, ends_at, *free in _hours(**asked)]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = {day: Day(day, repeats.holiday(day)) for day in days}
    here = timezone.get_current_timezone()
    for line in sorted(lines, key=lambda line: (line.starts_at, line.talk is None)):
        start, end = line.starts_at.astimezone(here), line.ends_at.astimezone(here)
        line.hours = f"{start:%H:%M}–{end:%H:%M}"
        found[start.date()].lines.append(line)
    return list(found.values())


def _talks_between(start, end, **whose):
    rows = of_whom(Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end), **whose)
    shown = ("kind", "mode", "state", "starts_at", "ends_at")
    names = ("participation__person__first_name", "participation__person__last_name")
    mediation = ("mediation__state", "mediation__mediator", "mediation__language__name")
    rows = rows.exclude(state=AppointmentState.CANCELLED).order_by("starts_at", "pk")
    # One's own agenda does not say whose it is.
    rows = rows if "operator" in whose else rows.select_related("operator")
    operator = () if "operator" in whose else ("operator__name",)
    return rows.select_related("participation__person", "mediation__language").only(
        *shown, *names, *mediation, *operator
    )[:MOST_LINES]


def _free_between(start, end, **whose):
    rows = of_whom(Slot.objects.with_places().filter(starts_at__gte=start, starts_at__lt=end), **whose)
    rows = rows.order_by("starts_at", "pk").annotate(free=F("places") - F("taken"))
    return rows.values_list("starts_at", "ends_at", "free", "operator__name")[:MOST_LINES]


_talks, _hours = Prepared(_talks_between), Prepared(_free_between)


def talks_in_other_languages(user, now) -> list[Appointment]:
    """The talks to come of the user's desks in another language than its own, by their hour; one query."""
    rows = Appointment.objects.filter(mediation__isnull=False, state=AppointmentState.BOOKED, starts_at__gt=now)
    rows = of_whom(rows, **desks_of(user)).select_related("participation__person", "operator", "mediation__language")
    return list(rows.order_by("starts_at", "pk")[:200])


def running_out(user, now) -> list[str]:
    """A sentence for each kind of talk for which the desk offers few hours in the next days, or none."""
    # When they end is not asked: PostgreSQL takes a span of unknown length for a short one and reads it whole.
    free = [row for row in _next_hours(now=now, **desks_of(user)) if row[1] < now + WITHIN]
    said = []
    for kind, label in AppointmentKind.choices:
        fitting = [(starts_at, places) for offered_for, starts_at, places in free if offered_for in ("", kind)]
        number = sum(places for _starts_at, places in fitting)
        if number == 0:
            said.append(_("%(kind)s: no free hours in the next 14 days.") % {"kind": label})
        elif number < FEW:
            last = timezone.localdate(max(starts_at for starts_at, _places in fitting))
            said.append(
                _("%(kind)s: free hours left in the next 14 days: %(number)s, the last on %(day)s.")
                % {"kind": label, "number": number, "day": day_in_words(last, "l j F")}
            )
    return said


def _bookable_after(now, **desks):
    """Of the hours for any talk and of those for each kind the next ones: as many as tell that they are not few."""
    rows = of_whom(Slot.objects.bookable().filter(starts_at__gt=now), **desks).order_by("starts_at")
    rows = rows.annotate(free=F("places") - F("taken")).values_list("kind", "starts_at", "free")
    for_any, *each = [rows.filter(kind=kind)[:FEW] for kind in ("", *AppointmentKind.values)]
    return for_any.union(*each, all=True)


_next_hours = Prepared(_bookable_after, plan_once=True)


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
