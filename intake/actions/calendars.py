"""An operator's agenda elsewhere: the private address of a calendar feed, and word of what others have changed."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.privacy.actions import record
from intake import notifications
from intake.enums import AgendaNews, ChangeKind
from intake.models import AgendaChange, OperatorCalendar
from intake.permissions import check_can_have_calendar
from intake.queries.calendars import digest_of, last_working_day
from migwork.calendar import bounds_of, start_of

# When the day's one mail leaves, and until when one makes up for a portal that was down.
FROM_HOUR, TO_HOUR = 7, 11
# Between these hours whoever wants so is told at once of what changes today.
DAY_FROM_HOUR, DAY_TO_HOUR = 7, 19
KEPT = timedelta(days=14)


@transaction.atomic
def make_feed(*, by, now) -> str:
    """A new private address for one's own agenda; an earlier one ends. By the operator; told this once."""
    check_can_have_calendar(by)
    token = secrets.token_urlsafe(32)
    _keep(by, now, feed_digest=digest_of(token), feed_made_at=now)
    record(verb="intake.feed_made", by=by, now=now, on=by)
    return token


@transaction.atomic
def revoke_feed(*, by, now) -> None:
    """The address answers no more. By the operator."""
    check_can_have_calendar(by)
    if end_feed(by, now):
        record(verb="intake.feed_revoked", by=by, now=now, on=by)


def end_feed(user, now) -> int:
    """The same for somebody who leaves; the caller checked who may."""
    return OperatorCalendar.objects.filter(user=user, feed_digest__isnull=False).update(
        feed_digest=None, feed_made_at=None, changed_at=now
    )


@transaction.atomic
def choose_news(*, news, by, now) -> OperatorCalendar:
    """How to be told of changes in one's agenda. By the operator."""
    check_can_have_calendar(by)
    return _keep(by, now, news=AgendaNews(news))


def _keep(user, now, **values):
    return OperatorCalendar.objects.update_or_create(user=user, defaults={**values, "changed_at": now})[0]


def note_change(appointment, kind, *, operator=None, starts_at=None, was_at=None, by, now) -> None:
    """Remember what was changed in somebody's agenda by somebody else; what one does oneself one knows."""
    operator_id = operator.pk if operator else appointment.operator_id
    if by is not None and by.pk == operator_id:
        return
    AgendaChange.objects.create(
        operator_id=operator_id,
        appointment=appointment,
        kind=kind,
        at=now,
        starts_at=starts_at or appointment.starts_at,
        was_at=was_at,
    )


def note_move(appointment, was_at, was_with, *, by, now) -> None:
    """The same of an appointment that was moved: of two operators one loses it, the other gets it."""
    if was_with == appointment.operator:
        note_change(appointment, ChangeKind.MOVED, was_at=was_at, by=by, now=now)
        return
    note_change(appointment, ChangeKind.BOOKED, by=by, now=now)
    note_change(appointment, ChangeKind.CALLED_OFF, operator=was_with, starts_at=was_at, by=by, now=now)


def tell_operators(*, now) -> int:
    """One mail in the morning of a working day to each operator in whose agenda others changed something.

    Whoever wants so is told at once of what changes today. How many mails; safe to repeat.
    """
    here = timezone.localtime(now)
    today = here.date()
    if today != last_working_day(today, also_today=True) or not DAY_FROM_HOUR <= here.hour < DAY_TO_HOUR:
        return 0
    waiting = AgendaChange.objects.filter(mailed_at=None, at__gt=now - KEPT).order_by()
    return sum(
        _tell(pk, now, today, here.hour < TO_HOUR) for pk in waiting.values_list("operator", flat=True).distinct()
    )


@transaction.atomic
def _tell(pk, now, today, morning) -> bool:
    operator = User.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    chosen = OperatorCalendar.objects.filter(user=operator).values_list("news", flat=True).first() or AgendaNews.MORNING
    waiting = AgendaChange.objects.filter(operator=operator, mailed_at=None, at__gt=now - KEPT)
    if chosen == AgendaNews.NEVER or not operator.is_active:
        waiting.update(mailed_at=now)
        return False
    start, end = bounds_of(today)
    # What happened before today is for the morning's mail; what happens today waits for tomorrow's, but for the urgent.
    changes = list(waiting.filter(at__lt=start).order_by("starts_at", "pk")) if morning else []
    key = f"agenda-news:{operator.pk}:{today}"
    if chosen == AgendaNews.TODAY and not changes:
        touched = [row for row in waiting if any(start <= at < end for at in (row.starts_at, row.was_at) if at)]
        changes = sorted((row for row in touched if row.at >= start), key=lambda row: row.starts_at)
        key = f"agenda-now:{changes[0].pk}" if changes else ""
    if not changes:
        return False
    AgendaChange.objects.filter(pk__in=[row.pk for row in changes]).update(mailed_at=now)
    return notifications.agenda_changed(operator, changes, key=key, now=now) is not None


@transaction.atomic
def forget_past_changes(*, now) -> int:
    """What was called to mind is forgotten after some days. By the portal itself, every night."""
    return AgendaChange.objects.filter(at__lt=start_of(timezone.localdate(now)) - KEPT).delete()[0]
