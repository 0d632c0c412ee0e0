"""Reminders: rows that are due are found, and each is told once, however often one looks."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from intake import notifications
from intake.enums import AppointmentState, PlanState
from intake.models import Appointment, PlanAction
from intake.workflow import OPEN_STATES

FROM_HOUR = 9
CATCH_UP_FROM_HOUR = 7
OVERDUE_DAYS = 14
AT_ONCE = 500


def write_due_reminders(*, now) -> int:
    """Write the reminders due by `now` to the outbox; how many. Safe to run twice, and after hours of silence."""
    return _remind_of_appointments(now) + _remind_of_overdue_actions(now)


def _remind_of_appointments(now):
    """Tomorrow's, from nine o'clock; today's booked before today, for which nobody was there yesterday."""
    here = timezone.localtime(now)
    today, tomorrow, day_after = (_midnight(here.date() + timedelta(days=n)) for n in (0, 1, 2))
    booked = Appointment.objects.filter(state=AppointmentState.BOOKED).order_by("starts_at", "pk")
    due = []
    if here.hour >= CATCH_UP_FROM_HOUR:
        due.append(booked.filter(starts_at__gt=now, starts_at__lt=tomorrow, booked_at__lt=today))
    if here.hour >= FROM_HOUR:
        due.append(booked.filter(starts_at__gte=tomorrow, starts_at__lt=day_after))
    return sum(
        _remind_of_appointment(appointment, now)
        for appointments in due
        for batch in _batches(appointments, "starts_at")
        for appointment in _without_message(batch, notifications.reminder_key)
    )


@transaction.atomic
def _remind_of_appointment(appointment, now):
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("participation__person", "operator")
        .get(pk=appointment.pk)
    )
    if appointment.state != AppointmentState.BOOKED:
        return 0
    return notifications.appointment_tomorrow(appointment, now=now) is not None


def _remind_of_overdue_actions(now):
    """Those whose day is over since yesterday or some days, in plans the young person has agreed to."""
    here = timezone.localtime(now)
    if here.hour < FROM_HOUR:
        return 0
    today = here.date()
    due = (
        PlanAction.objects.overdue(today)
        .filter(due_on__gte=today - timedelta(days=OVERDUE_DAYS))
        .filter(goal__plan__state=PlanState.AGREED, goal__plan__participation__state__in=OPEN_STATES)
        .filter(goal__plan__participation__merged_into=None)
        .order_by("due_on", "pk")
    )
    return sum(
        _remind_of_action(action, today, now)
        for batch in _batches(due, "due_on")
        for action in _without_message(batch, notifications.reminder_key)
    )


def _batches(rows, when):
    """`rows`, in the order (`when`, pk), some hundreds at a time: none is left out however many were told before."""
    last = None
    while True:
        following = rows
        if last is not None:
            day = getattr(last, when)
            following = rows.filter(Q(**{f"{when}__gt": day}) | Q(**{when: day}, pk__gt=last.pk))
        batch = list(following[:AT_ONCE])
        if batch:
            yield batch
        if len(batch) < AT_ONCE:
            return
        last = batch[-1]


@transaction.atomic
def _remind_of_action(action, today, now):
    action = (
        PlanAction.objects.select_for_update(of=("self",), skip_locked=True)
        .overdue(today)
        .select_related("goal__plan__participation__person")
        .filter(pk=action.pk)
        .first()
    )
    return action is not None and notifications.action_overdue(action, now=now) is not None


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


def _without_message(rows, key_of) -> list:
    """Those of `rows` whose occasion (`key_of(row)`) has no message yet: one query."""
    keys = {key_of(row): row for row in rows}
    written = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True))
    return [row for key, row in keys.items() if key not in written]
