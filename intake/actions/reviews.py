"""The day to look at a plan again: both are reminded of it once, a week before, unless they meet anyway."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from intake import notifications
from intake.enums import AppointmentKind, AppointmentState, PlanState
from intake.models import Appointment, Plan
from intake.workflow import OPEN_STATES

DAYS_BEFORE = 7
AT_ONCE = 500


def remind_of_reviews(*, now) -> int:
    """Write to the young person and to the operator of each agreed plan whose day comes; how many messages."""
    told = 0
    last = None
    while True:
        due = _due(now).order_by("pk")
        batch = list((due.filter(pk__gt=last) if last else due)[:AT_ONCE])
        keys = {key for plan in batch for key in notifications.review_keys(plan)}
        written = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True))
        told += sum(_remind(plan, written, now) for plan in batch)
        if len(batch) < AT_ONCE:
            return told
        last = batch[-1].pk


def _due(now):
    """Agreed plans of people on their way whose day is this week, and for which no such talk is booked."""
    today = timezone.localdate(now)
    booked = Appointment.objects.filter(
        participation=OuterRef("participation"),
        kind=AppointmentKind.PLAN_REVIEW,
        state=AppointmentState.BOOKED,
        ends_at__gt=now,
    )
    return Plan.objects.filter(
        ~Exists(booked),
        state=PlanState.AGREED,
        review_on__range=(today, today + timedelta(days=DAYS_BEFORE)),
        participation__state__in=OPEN_STATES,
        participation__merged_into=None,
    )


@transaction.atomic
def _remind(plan, written, now) -> int:
    to_person, to_operator = notifications.review_keys(plan)
    if {to_person, to_operator} <= written:
        return 0
    rows = Plan.objects.select_for_update(of=("self",)).select_related(
        "participation__person", "participation__operator"
    )
    plan = rows.get(pk=plan.pk)
    if plan.state != PlanState.AGREED or notifications.review_keys(plan) != (to_person, to_operator):
        return 0
    told = 0
    if to_person not in written:
        told += notifications.review_soon(plan, now=now) is not None
    if to_operator not in written:
        told += notifications.review_soon_to_operator(plan, now=now) is not None
    return told
