"""The operators' weeks: hours that they offer in this one and the next, each day some of them taken."""

from datetime import datetime, time, timedelta
from itertools import cycle

from intake.enums import AppointmentKind, AppointmentState, ParticipationState
from intake.models import Appointment, Availability, Slot
from portal.bench.copying import copy

WEEKS, DAYS = 2, 5
OPENS, CLOSES, MINUTES = time(9), time(13), 30
HOURS, TAKEN = 8, 3


def fill_agendas(*, people, lead, now, zone, uuid):
    """`people`: the rows of bench.data.Filler; `lead`: who offers the hours; `uuid`: makes the next key."""
    monday = now.astimezone(zone).date()
    monday -= timedelta(days=monday.weekday())
    days = [monday + timedelta(days=7 * week + day) for week in range(WEEKS) for day in range(DAYS)]
    talking = {}
    for row in people:
        if row[3] == ParticipationState.IN_PROGRESS:
            talking.setdefault(row[5], []).append(row[2])
    offered = [(uuid(), operator) for operator in talking]
    copy(
        Availability,
        ["id", "organisation", "operator", "rule", "opens_at", "closes_at", "minutes", "first_day", "last_day",
         "published_at", "published_by"],
        (
            (pk, lead.pk, operator, "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR", OPENS, CLOSES, MINUTES,
             days[0], days[-1], now, operator)
            for pk, operator in offered
        ),
    )  # fmt: skip
    hours = [
        (uuid(), availability, operator, start + n * timedelta(minutes=MINUTES), int(n < TAKEN))
        for availability, operator in offered
        for start in (datetime.combine(day, OPENS, zone) for day in days)
        for n in range(HOURS)
    ]
    copy(
        Slot,
        ["id", "availability", "organisation", "operator", "starts_at", "ends_at", "places", "taken"],
        (
            (pk, availability, lead.pk, operator, starts_at, starts_at + timedelta(minutes=MINUTES), 1, taken)
            for pk, availability, operator, starts_at, taken in hours
        ),
    )
    who = {operator: cycle(keys) for operator, keys in talking.items()}
    copy(
        Appointment,
        ["id", "participation", "operator", "organisation", "slot", "kind", "starts_at", "ends_at", "state",
         "booked_at"],
        (
            (uuid(), next(who[operator]), operator, lead.pk, pk, AppointmentKind.PLAN_REVIEW, starts_at,
             starts_at + timedelta(minutes=MINUTES),
             AppointmentState.BOOKED if starts_at > now else AppointmentState.SEEN, now - timedelta(days=7))
            for pk, _availability, operator, starts_at, taken in hours
            if taken
        ),
    )  # fmt: skip
