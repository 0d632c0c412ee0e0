"""The weekly timetables, read for one internship or for many."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from internships.enums import AmendmentKind
from internships.models import Amendment, Suspension, TimetableSlot
from internships.planning import weekly_since
from internships.timetable import Plan, versions_of
from migwork.prepared import Prepared


def plans_of(internships: Iterable) -> dict:
    """The plan of each of these internships, by its key. In a constant number of queries."""
    internships = list(internships)
    slots = defaultdict(list)
    for slot in TimetableSlot.objects.filter(internship__in=internships):
        slots[slot.internship_id].append(slot)
    off = defaultdict(list)
    for row in internships:
        off[row.pk] += getattr(row, "pauses_read", [])
    # Not again those whose pauses another part of the page has read.
    if unread := [row for row in internships if not hasattr(row, "pauses_read")]:
        for pause in Suspension.objects.filter(internship__in=unread):
            off[pause.internship_id].append((pause.starts_on, pause.ends_on))
    weekly = weekly_of(internships)
    return {row.pk: _plan(row, slots[row.pk], off[row.pk], weekly) for row in internships}


def _plan(internship, slots, off, weekly) -> Plan:
    return Plan(
        internship.starts_on,
        internship.last_on,
        internship.weekly_hours,
        weekly=weekly.get(internship.pk, []),
        versions=versions_of(slots),
        suspended=list(off),
    )


def weekly_of(internships: Iterable) -> dict:
    """Of those whose hours a week were changed: from which day on how many. No query where nothing was amended."""
    amended = {row.pk: row for row in internships if row.hours_amended is not None}
    changed = defaultdict(list)
    rows = Amendment.objects.filter(internship__in=amended, kind=AmendmentKind.HOURS) if amended else ()
    for row in rows:
        hours = (Decimal(said["weekly_hours"]) for said in (row.before, row.after))
        changed[row.internship_id].append((row.valid_from, *hours))
    return {pk: weekly_since(amended[pk].starts_on, amended[pk].weekly_hours, found) for pk, found in changed.items()}


# Of one internship they are read on every page of a register.
_slots_of = Prepared(lambda internship: TimetableSlot.objects.filter(internship=internship))
_pauses_of = Prepared(
    lambda internship: Suspension.objects.filter(internship=internship).values_list("starts_on", "ends_on")
)


def plan_of(internship) -> Plan:
    """The plan of one internship."""
    # Not again where another part of the page has read them.
    off = internship.pauses_read if hasattr(internship, "pauses_read") else _pauses_of(internship=internship.pk)
    return _plan(internship, _slots_of(internship=internship.pk), off, weekly_of([internship]))


def planned_on(internship, day: date) -> Decimal:
    """The hours that the weekly timetable foresees on `day`; none on suspended days and public holidays."""
    return plan_of(internship).on(day)
