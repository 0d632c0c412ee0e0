"""A young person's own appointments: booked, moved, cancelled."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.calendars import note_change, note_move
from intake.actions.calls import end_calls
from intake.actions.earlier import end_earlier_wish
from intake.actions.mediation import language_follows, wish_language
from intake.actions.participation import check_open, locked
from intake.actions.slots import give_back, hour_of, take_place
from intake.actions.steps import serve_step
from intake.enums import AppointmentKind, AppointmentState, ChangeKind
from intake.models import Appointment, Slot
from intake.models.agenda import NOTICE
from intake.permissions import check_can_book
from intake.workflow import APPOINTMENT
from migwork.errors import NotNow


@transaction.atomic
def book_slot(*, participation, slot, kind, language=None, mediator=False, by, now) -> Appointment:
    """Book a published hour. By the young person; they are told. In a `language`, if not in the desk's own.

    NotNow when its last place is gone, when they have something else at that hour, or such a talk to come already.
    """
    participation = locked(participation)
    check_can_book(by, participation)
    check_open(participation)
    slot = _wanted(slot, participation, AppointmentKind(kind), now)
    coming = _to_come(participation, now)
    if coming.filter(kind=kind).exists():
        raise NotNow(_("You have an appointment for this already: you can move it."), code="kind")
    _check_free(coming, slot)

    def write(operator):
        return Appointment.objects.create(
            participation=participation,
            operator=operator,
            organisation_id=slot.organisation_id,
            kind=kind,
            mode=slot.mode,
            place=slot.place,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            booked_at=now,
            slot=slot,
        )

    appointment = take_place(slot=slot, participation=participation, write=write)
    serve_step(appointment)
    wish_language(appointment, language, mediator=mediator)
    if participation.operator_id is None:
        participation.operator = appointment.operator
        participation.save(update_fields=["operator"])
    record(verb="intake.appointment_booked", by=by, now=now, on=appointment, about=participation.person)
    cancel(cause=notifications.second_invitation(participation), now=now)
    end_calls(participation, now)
    note_change(appointment, ChangeKind.BOOKED, by=by, now=now)
    notifications.appointment_booked(appointment, now=now)
    return appointment


@transaction.atomic
def move_appointment(*, appointment, slot, by, now) -> Appointment:
    """Change to another published hour; the old place is free again, reminders follow. By the young person."""
    participation, appointment = _own(appointment, by, now)
    check_open(participation)
    slot = _wanted(slot, participation, appointment.kind, now)
    if appointment.slot_id == slot.pk:
        raise NotNow(_("This is the hour that you have."), code="same")
    _check_free(_to_come(participation, now).exclude(pk=appointment.pk), slot)
    before, was_with = hour_of(appointment), appointment.operator

    def write(operator):
        appointment.operator = operator
        appointment.organisation_id = slot.organisation_id
        appointment.mode, appointment.place = slot.mode, slot.place
        appointment.starts_at, appointment.ends_at = slot.starts_at, slot.ends_at
        appointment.booked_at, appointment.slot = now, slot
        appointment.moves += 1
        appointment.save()
        return appointment

    # Of two people who change places at once, both lock the earlier hour first: nobody waits in a ring.
    list(Slot.objects.select_for_update().filter(pk__in=[before.slot_id, slot.pk]).order_by("starts_at", "pk"))
    take_place(slot=slot, participation=participation, write=write)
    give_back(before, now)
    end_earlier_wish(appointment, now)
    language_follows(appointment)
    note_move(appointment, before.starts_at, was_with, by=by, now=now)
    cancel(cause=f"appointment:{appointment.pk}", now=now)
    record(
        verb="intake.appointment_moved",
        by=by,
        now=now,
        on=appointment,
        about=participation.person,
        fields=["operator", "starts_at", "ends_at", "place"],
    )
    notifications.appointment_moved(appointment, now=now)
    return appointment


@transaction.atomic
def cancel_own_appointment(*, appointment, by, now) -> Appointment:
    """Say that one does not come; the place is free again, reminders are called off. By the young person."""
    participation, appointment = _own(appointment, by, now)
    appointment.state = APPOINTMENT.target(appointment.state, "excuse")
    appointment.save(update_fields=["state"])
    give_back(hour_of(appointment), now)
    end_earlier_wish(appointment, now)
    cancel(cause=f"appointment:{appointment.pk}", now=now)
    record(verb="intake.appointment_excused", by=by, now=now, on=appointment, about=participation.person)
    note_change(appointment, ChangeKind.CALLED_OFF, by=by, now=now)
    notifications.appointment_called_off(appointment, now=now)
    return appointment


def _own(appointment, by, now):
    participation = locked(appointment.participation)
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    check_can_book(by, participation)
    if appointment.state != AppointmentState.BOOKED or appointment.starts_at <= now:
        raise NotNow(_("This appointment is not to come any more."), code="over")
    return participation, appointment


def _to_come(participation, now):
    return participation.appointments.filter(state=AppointmentState.BOOKED, ends_at__gt=now)


def _wanted(slot, participation, kind, now):
    """The published hour, if it can be booked by this person for this talk; its places are counted when it is taken."""
    offered = Slot.objects.for_kind(kind).filter(organisation__partnerships__edition=participation.edition_id)
    slot = offered.select_related("operator").filter(pk=slot.pk).first()
    if slot is None:
        raise NotNow(_("Somebody was quicker: this hour is taken. Choose another one."), code="taken")
    if slot.starts_at < now + NOTICE:
        raise NotNow(_("This hour is too near. Choose another one, or call us."), code="past")
    return slot


def _check_free(coming, slot):
    if coming.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).exists():
        raise NotNow(_("You have another appointment at that time. Choose another time."), code="busy")
