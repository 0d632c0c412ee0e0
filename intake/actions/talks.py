"""Appointments: booked, and what became of them."""

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import is_operator
from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.calendars import note_change
from intake.actions.calls import end_calls
from intake.actions.feedback import ask_how_it_was
from intake.actions.mediation import wish_language
from intake.actions.participation import check_open, locked, note_contact
from intake.actions.slots import give_back, hour_of, one_at_a_time
from intake.actions.steps import finish_step, serve_step
from intake.enums import AppointmentState, ChangeKind
from intake.models import Appointment
from intake.permissions import check_can_work_on
from intake.queries import organisation_of_operator
from intake.workflow import APPOINTMENT, OPEN_STATES
from migwork.errors import NotNow

LONGEST = timedelta(hours=4)
# Desks open and close at hours of their own; nobody is asked to come in the night by a slip of the keyboard.
EARLIEST, LATEST = time(7), time(21)


@transaction.atomic
def book_appointment(
    *,
    participation,
    operator,
    kind,
    mode,
    starts_at,
    ends_at,
    place="",
    language=None,
    mediator=False,
    by,
    now,
) -> Appointment:
    """Book a talk. By an operator, for themselves or a colleague; tells the young person.

    NotNow in the night, and when the operator is taken at that time, whoever booked first.
    """
    participation = locked(participation)
    check_can_work_on(by, participation)
    check_open(participation)
    if not is_operator(operator):
        raise NotNow(_("Appointments are with an operator."), code="operator")
    if starts_at < now:
        raise NotNow(_("This time is past. Choose one to come."), code="past")
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise NotNow(_("An appointment ends after it starts and lasts at most four hours."), code="length")
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if first.date() != last.date() or first.time() < EARLIEST or last.time() > LATEST:
        sentence = _("Appointments are between 7 in the morning and 9 in the evening: look at the hour.")
        raise NotNow(sentence, code="hours")
    one_at_a_time(operator)
    then = Appointment.objects.filter(operator=operator, state=AppointmentState.BOOKED)
    if then.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise NotNow(_("The operator has another appointment at that time. Choose another time."), code="taken")
    appointment = Appointment.objects.create(
        participation=participation,
        operator=operator,
        organisation_id=organisation_of_operator(operator, participation.edition),
        kind=kind,
        mode=mode,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        booked_at=now,
    )
    serve_step(appointment)
    wish_language(appointment, language, mediator=mediator)
    if participation.operator_id is None:
        participation.operator = operator
        participation.save(update_fields=["operator"])
    record(verb="intake.appointment_booked", by=by, now=now, on=appointment, about=participation.person)
    cancel(cause=notifications.second_invitation(participation), now=now)
    end_calls(participation, now)
    note_change(appointment, ChangeKind.BOOKED, by=by, now=now)
    notifications.appointment_booked(appointment, now=now)
    return appointment


@transaction.atomic
def record_outcome(*, appointment, verb, by, now) -> Appointment:
    """Say what became of an appointment: `see`, `excuse`, `cancel` or `miss`. By an operator.

    Reminders still waiting are called off; a cancelled appointment is told to the young person. Who did not come
    is invited again, once: after a second time somebody calls. `invited_again` says whether they were.
    """
    participation = locked(appointment.participation)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    appointment.participation = participation
    check_can_work_on(by, participation)
    state = APPOINTMENT.target(appointment.state, verb)
    if state == AppointmentState.SEEN and timezone.localdate(appointment.starts_at) > timezone.localdate(now):
        raise NotNow(_("The day of this appointment has not come yet."), code="early")
    if state == AppointmentState.NO_SHOW and appointment.starts_at > now:
        raise NotNow(_("The appointment has not begun yet."), code="early")
    appointment.state = state
    appointment.save(update_fields=["state"])
    if state == AppointmentState.SEEN:
        note_contact(participation, min(appointment.starts_at, now))
        finish_step(appointment, by=by, now=now)
    if state in (AppointmentState.EXCUSED, AppointmentState.CANCELLED):
        give_back(hour_of(appointment), now)
        if appointment.starts_at > now:
            note_change(appointment, ChangeKind.CALLED_OFF, by=by, now=now)
    cancel(cause=f"appointment:{appointment.pk}", now=now)
    record(verb=f"intake.appointment_{state}", by=by, now=now, on=appointment, about=participation.person)
    ask_how_it_was(appointment, now=now)
    if state == AppointmentState.CANCELLED and appointment.starts_at > now:
        notifications.appointment_cancelled(appointment, now=now)
    if state == AppointmentState.EXCUSED and appointment.starts_at > now:
        notifications.appointment_called_off(appointment, now=now)
    appointment.invited_again = (
        state == AppointmentState.NO_SHOW
        and _is_invited_again(appointment, now)
        and notifications.appointment_missed(appointment, now=now) is not None
    )
    return appointment


def _is_invited_again(appointment, now) -> bool:
    """Not who has another date already, not who was invited again and did not come then either."""
    participation = appointment.participation
    others = participation.appointments.exclude(pk=appointment.pk)
    if participation.state not in OPEN_STATES or others.filter(state=AppointmentState.BOOKED, ends_at__gt=now).exists():
        return False
    last = (
        others.filter(state__in=[AppointmentState.SEEN, AppointmentState.NO_SHOW], starts_at__lt=appointment.starts_at)
        .order_by("-starts_at")
        .first()
    )
    return last is None or last.state == AppointmentState.SEEN
