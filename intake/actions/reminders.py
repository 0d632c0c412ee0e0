"""Reminders: rows that are due are found, and each is told once, however often one looks."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from foundation.communications.queries import quiet_until
from intake import notifications
from intake.actions.reviews import remind_of_reviews
from intake.enums import AppointmentState, PlanState
from intake.models import Appointment, PlanAction
from intake.workflow import OPEN_STATES
from migwork.calendar import bounds_of
from programme.models import Edition

FROM_HOUR = 9
CATCH_UP_FROM_HOUR = 7
# Nobody is reminded in the night; who has quiet hours of their own is left alone then, too.
LAST_HOUR = 21
OVERDUE_DAYS = 14
AT_ONCE = 500


def write_due_reminders(*, now) -> int:
    """Write the reminders due by `now` to the outbox; how many. Safe to run twice, and after hours of silence."""
    if timezone.localtime(now).hour >= LAST_HOUR:
        return 0
    told = _remind_of_appointments(now) + _remind_of_overdue_actions(now)
    if timezone.localtime(now).hour >= FROM_HOUR:
        told += remind_of_reviews(now=now)
    return told


def _remind_of_appointments(now):
    """As many days before as the edition says; a day late, if nobody was there on that day, or nobody might be told."""
    here = timezone.localtime(now)
    if here.hour < CATCH_UP_FROM_HOUR:
        return 0
    editions = defaultdict(list)
    for pk, days in Edition.objects.order_by("pk").values_list("pk", "reminder_days"):
        editions[tuple(sorted(set(days)))].append(pk)
    told = 0
    for days, keys in editions.items():
        steps = _steps(days, only_today=here.hour < FROM_HOUR)
        due = (
            Appointment.objects.filter(_within(steps, here.date()), starts_at__gt=now, state=AppointmentState.BOOKED)
            .filter(participation__edition__in=keys)
            .order_by("starts_at", "pk")
        )
        for batch in batches(due, "starts_at") if steps else ():
            for appointment in batch:
                appointment.step = steps[_days_ahead(appointment, now)]
            told += sum(
                _remind_of_appointment(appointment, appointment.step, now)
                for appointment in without_message(batch, lambda row: notifications.reminder_key(row, row.step))
            )
    return told


def _steps(days, *, only_today) -> dict[int, int]:
    """{how many days ahead an appointment is today: which of the edition's reminders is due then}."""
    steps = {}
    for step in sorted(days, reverse=True):
        steps |= {ahead: step for ahead in (step, step - 1) if ahead >= 0}
    return {ahead: step for ahead, step in steps.items() if ahead == 0 or not only_today}


def _within(steps, today) -> Q:
    """On one of these days, and chosen before the day on which one would have been reminded: who just chose knows."""
    found = Q(pk__in=[])
    for ahead, step in steps.items():
        start, end = bounds_of(today + timedelta(days=ahead))
        chosen_before = bounds_of(today + timedelta(days=ahead - step))[0]
        found |= Q(starts_at__gte=start, starts_at__lt=end, booked_at__lt=chosen_before)
    return found


def _days_ahead(appointment, now) -> int:
    return (timezone.localdate(appointment.starts_at) - timezone.localdate(now)).days


@transaction.atomic
def _remind_of_appointment(appointment, step, now):
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("participation__person", "operator")
        .get(pk=appointment.pk)
    )
    if appointment.state != AppointmentState.BOOKED or appointment.starts_at <= now:
        return 0
    # Told as soon as the quiet hours are over, so that "tomorrow" is true when it is read.
    if now < quiet_until(appointment.participation.person_id, now) < appointment.starts_at:
        return 0
    return notifications.appointment_soon(appointment, step, now=now) is not None


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
        for batch in batches(due, "due_on")
        for action in without_message(batch, notifications.reminder_key)
    )


def batches(rows, when):
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


def without_message(rows, key_of) -> list:
    """Those of `rows` whose occasion (`key_of(row)`) has no message yet: one query."""
    keys = {key_of(row): row for row in rows}
    written = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True))
    return [row for key, row in keys.items() if key not in written]
