"""Who wants an earlier hour, and whom the desk is to call."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake.enums import AppointmentState, NoteKind
from intake.models import Appointment, CallRequest, Note, Participation, Slot
from intake.models.wishes import READ_AND_COME
from intake.workflow import OPEN_STATES
from migwork.prepared import Prepared

# For so long the desk sees who did not come and has not been heard of since.
MISSED_WITHIN = timedelta(days=30)
# After so many days a request is late.
LATE_DAYS = 2


def wants_earlier(appointment) -> bool:
    """Whether they are waiting for an earlier hour."""
    return appointment.earlier_wishes.filter(ended_at=None).exists()


def has_earlier_hours(appointment, now) -> bool:
    """Whether an earlier hour is free this moment: no need to wait to be told."""
    hours = Slot.objects.for_way(appointment.participation, now).for_kind(appointment.kind)
    return hours.filter(starts_at__gt=now + READ_AND_COME, starts_at__lt=appointment.starts_at).exists()


def open_call(participation) -> CallRequest | None:
    """That they asked to be called, and nobody has yet."""
    return CallRequest.objects.filter(participation=participation, done_at=None).first()


class ToCall(NamedTuple):
    """Somebody whom the desk is to call: because they asked, or because they did not come."""

    participation: Participation
    since: datetime
    days: int
    request: CallRequest | None
    missed: Appointment | None

    @property
    def is_late(self) -> bool:
        return self.days >= LATE_DAYS


def people_to_call(now, most=None) -> list[ToCall]:
    """Whoever asked to be called, then whoever did not come and has not been heard of since; longest first."""
    today = timezone.localdate(now)

    def days(moment):
        return (today - timezone.localdate(moment)).days

    asked = [
        ToCall(row.participation, row.asked_at, days(row.asked_at), row, None)
        for row in _asked()
        if row.participation.person.anonymised_at is None
    ]
    calling = {row.participation.pk for row in asked}
    missed = {}
    for row in _missed(since=now - MISSED_WITHIN, now=now):
        if row.participation_id not in calling:
            missed.setdefault(
                row.participation_id, ToCall(row.participation, row.starts_at, days(row.starts_at), None, row)
            )
    return [*asked, *missed.values()][:most]


_PERSON = ("first_name", "last_name", "phone", "email", "anonymised_at")
_SAFE = ("safe_contact", "safe_channel", "safe_address")
_WHO = [f"participation__person__{name}" for name in (*_PERSON, *_SAFE)]

_asked = Prepared(
    lambda: (
        CallRequest.objects.filter(
            done_at=None, participation__merged_into=None, participation__person__limited_at=None
        )
        .select_related("participation__person")
        .only("kind", "phone", "time", "asked_at", "tries", "tried_at", "participation__state", *_WHO)
        .order_by("asked_at", "pk")[:200]
    )
)


def _not_heard_of_since(since, now):
    later = Appointment.objects.filter(participation=OuterRef("participation"), starts_at__gt=OuterRef("starts_at"))
    later = later.exclude(state__in=[AppointmentState.CANCELLED, AppointmentState.EXCUSED])
    heard = Note.objects.filter(participation=OuterRef("participation"), at__gt=OuterRef("starts_at")).filter(
        Q(kind=NoteKind.CALL) | Q(kind=NoteKind.MESSAGE) | Q(kind=NoteKind.CORRIDOR)
    )
    return (
        Appointment.objects.filter(
            ~Exists(later),
            ~Exists(heard),
            state=AppointmentState.NO_SHOW,
            starts_at__gt=since,
            starts_at__lte=now,
            participation__merged_into=None,
            participation__person__limited_at=None,
            participation__state__in=OPEN_STATES,
        )
        .select_related("participation__person")
        .only("starts_at", "participation__state", *_WHO)
        .order_by("starts_at", "pk")[:200]
    )


_missed = Prepared(_not_heard_of_since, plan_once=True)
