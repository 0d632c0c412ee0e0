"""Told of an earlier hour: whoever asked first is told first, and of each hour that becomes free once."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.queries import reach
from foundation.communications.actions import cancel
from foundation.communications.queries import quiet_until
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.participation import check_open, locked
from intake.enums import AppointmentState
from intake.models import Appointment, EarlierWish, Slot
from intake.models.wishes import READ_AND_COME
from intake.permissions import check_can_book
from migwork.calendar import start_of
from migwork.db import sentence_of
from migwork.errors import NotNow

FROM_HOUR, TO_HOUR = 8, 20
# Half an hour sooner helps nobody: only what is earlier by this is told.
SOONER = timedelta(hours=2)
# For so long only one person knows of an hour, unless others find it by themselves; then the next one is told.
FIRST_COME = timedelta(hours=2)
HOURS_TRIED = 10


@transaction.atomic
def ask_for_earlier(*, appointment, by, now) -> EarlierWish:
    """Ask to be told when an earlier hour becomes free. By the young person; NotNow when they cannot be told."""
    participation, appointment = _own(appointment, by)
    check_open(participation)
    if appointment.state != AppointmentState.BOOKED or appointment.starts_at <= now + READ_AND_COME:
        raise NotNow(_("Your appointment is so near that nothing earlier will come."), code="near")
    if reach(participation.person) is None:
        raise NotNow(_("We have no address at which we may write to you: look at the hours yourself."), code="reach")
    try:
        with transaction.atomic():
            wish = EarlierWish.objects.create(appointment=appointment, asked_at=now)
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="intake.earlier_asked", by=by, now=now, on=appointment, about=participation.person)
    return wish


@transaction.atomic
def stop_asking_for_earlier(*, appointment, by, now) -> None:
    """Not to be told any more. By the young person."""
    participation, appointment = _own(appointment, by)
    if end_earlier_wish(appointment, now):
        record(verb="intake.earlier_stopped", by=by, now=now, on=appointment, about=participation.person)


def end_earlier_wish(appointment, now) -> int:
    """Another hour was chosen, or none is wanted: what was not told yet is not told any more."""
    wishes = EarlierWish.objects.select_for_update().filter(appointment=appointment, ended_at=None)
    for wish in wishes:
        cancel(cause=notifications.earlier_cause(wish), now=now)
        wish.ended_at = now
        wish.save(update_fields=["ended_at"])
    return len(wishes)


def tell_earlier_hours(*, now) -> int:
    """Tell whoever waits of the hours that have become free; how many were told. Safe to repeat, by day only."""
    if not FROM_HOUR <= timezone.localtime(now).hour < TO_HOUR:
        return 0
    waiting = EarlierWish.objects.waiting(now)
    oldest = waiting.first()
    if oldest is None or not Slot.objects.with_places().filter(free_since__gt=oldest.asked_at).exists():
        return 0
    return sum(_tell(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _tell(pk, now) -> bool:
    """Tell one person of one hour: at most one a day, and none in their quiet hours."""
    wish = (
        EarlierWish.objects.waiting(now)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("appointment__participation__person")
        .filter(pk=pk)
        .first()
    )
    if wish is None or (wish.told_at and wish.told_at >= start_of(timezone.localdate(now))):
        return False
    person = wish.appointment.participation.person
    if reach(person) is None or now < quiet_until(person.pk, now):
        return False
    for slot in _earlier_hours(wish, now)[:HOURS_TRIED]:
        if notifications.earlier_hour(wish, slot, now=now) is not None:
            wish.told_slot, wish.told_at = slot, now
            wish.save(update_fields=["told_slot", "told_at"])
            return True
    return False


def _earlier_hours(wish, now):
    """Hours that became free since they asked, that they can book, and of which nobody else was told just now."""
    appointment = wish.appointment
    busy = Appointment.objects.filter(participation=appointment.participation_id, state=AppointmentState.BOOKED)
    told = EarlierWish.objects.filter(told_at__gt=now - FIRST_COME, told_slot__isnull=False).values("told_slot")
    hours = (
        Slot.objects.for_way(appointment.participation, now)
        .for_kind(appointment.kind)
        .filter(
            free_since__gt=wish.asked_at,
            starts_at__gte=now + READ_AND_COME,
            starts_at__lte=appointment.starts_at - SOONER,
        )
        .exclude(pk__in=told)
        .order_by("starts_at", "pk")
    )
    for other in busy.exclude(pk=appointment.pk):
        hours = hours.exclude(starts_at__lt=other.ends_at, ends_at__gt=other.starts_at)
    return hours


def _own(appointment, by):
    participation = locked(appointment.participation)
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    check_can_book(by, participation)
    return participation, appointment
