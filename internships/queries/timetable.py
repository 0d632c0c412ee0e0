"""The weekly timetables, read for one internship or for many."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from internships.models import Suspension, TimetableSlot
from internships.timetable import Plan, versions_of


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
    return {
        row.pk: Plan(row.starts_on, row.last_on, row.weekly_hours, versions_of(slots[row.pk]), off[row.pk])
        for row in internships
    }


def plan_of(internship) -> Plan:
    return plans_of([internship])[internship.pk]


def planned_on(internship, day: date) -> Decimal:
    """The hours that the weekly timetable foresees on `day`; none on suspended days and public holidays."""
    return plan_of(internship).on(day)
