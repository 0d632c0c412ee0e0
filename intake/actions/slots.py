"""A place in a published hour: taken and given back by changing its one row."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from intake.models import Appointment, Slot
from intake.queries import free_colleagues
from migwork.errors import NotNow


def _taken():
    return NotNow(_("Somebody was quicker: this hour is taken. Choose another one."), code="taken")


def one_at_a_time(operator) -> None:
    """Wait until nobody else is writing into this operator's agenda. Called before writing an appointment or a cover.

    The constraint alone keeps them apart, but two inserts that exclude each other may wait in a ring, and PostgreSQL
    then breaks one off with an error that is nobody's sentence.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=operator.pk)


def take_place(*, slot, participation, write) -> Appointment:
    """Take a place in `slot` and let `write(operator)` save the appointment, with who offers it or a free colleague.

    NotNow when nothing is left. The row stays locked until the caller's transaction ends: whoever comes second waits
    and counts again. The database has the last word about the operator.
    """
    left = Slot.objects.with_places().filter(pk=slot.pk)
    if not left.update(taken=F("taken") + 1):
        raise _taken()
    operators = [slot.operator] if slot.operator_id else free_colleagues(slot, first=participation.operator_id)
    for operator in operators:
        try:
            with transaction.atomic():  # given up whole, lock and all, before the next one is tried
                one_at_a_time(operator)
                return write(operator)
        except IntegrityError:  # has another appointment since we looked
            continue
    raise _taken()


class Hour(NamedTuple):
    """Who is taken when, and the place in a published hour if it is one of those."""

    slot_id: UUID | None
    operator_id: UUID
    starts_at: datetime
    ends_at: datetime


def hour_of(appointment) -> Hour:
    return Hour(appointment.slot_id, appointment.operator_id, appointment.starts_at, appointment.ends_at)


def give_back(hour: Hour, now) -> None:
    """Free the hour of an appointment that will not be, once that is saved; whoever waits for an earlier one is told.

    Its place, for nobody else if its hours were taken back meanwhile; and the published hours that could not be booked
    because the operator was taken: by hand, too, the desk writes appointments over them.
    """
    if hour.slot_id is not None:
        Slot.objects.filter(pk=hour.slot_id, taken__gt=0).update(taken=F("taken") - 1, free_since=now)
        Slot.objects.filter(pk=hour.slot_id, taken=0, is_open=False).delete()
    # Whoever holds one of them this moment takes or frees it: waiting for them might close a ring.
    meanwhile = (
        Slot.objects.bookable()
        .filter(starts_at__gt=now, starts_at__lt=hour.ends_at, ends_at__gt=hour.starts_at)
        .filter(Q(operator=hour.operator_id) | Q(operator=None))
        .select_for_update(of=("self",), skip_locked=True)
    )
    freed = [slot.pk for slot in meanwhile if slot.operator_id or _only_free(slot, hour.operator_id)]
    Slot.objects.filter(pk__in=freed).update(free_since=now)


def _only_free(slot, operator_id) -> bool:
    """Whether nobody else of the desk could have received anybody then."""
    return [colleague.pk for colleague in free_colleagues(slot)] == [operator_id]
