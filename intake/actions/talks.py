"""Appointments and interviews."""

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.permissions import is_operator
from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from foundation.privacy.models import Event
from foundation.questionnaires import actions as sheets
from foundation.questionnaires import queries as questionnaires
from foundation.questionnaires.models import Questionnaire
from intake import notifications
from intake.actions.mediation import wish_language
from intake.actions.participation import STATE_FIELDS, check_open, locked, move, note_contact
from intake.actions.slots import give_back, one_at_a_time
from intake.actions.steps import finish_step, serve_step
from intake.enums import AppointmentState, ParticipationState
from intake.models import Appointment, Interview
from intake.permissions import check_can_read_talks, check_can_work_on
from intake.queries import INTERVIEW_KEY, organisation_of_operator
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
        give_back(appointment.slot_id)
    cancel(cause=f"appointment:{appointment.pk}", now=now)
    record(verb=f"intake.appointment_{state}", by=by, now=now, on=appointment, about=participation.person)
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


@transaction.atomic
def start_interview(*, participation, by, now) -> Interview:
    """Open an interview on the current questionnaire. By an operator; one open at a time."""
    participation = locked(participation)
    check_can_read_talks(by)
    check_open(participation)
    if participation.interviews.filter(completed_at__isnull=True).exists():
        raise NotNow(
            _("An interview with this person is already open: go on with that one."), code="interview_one_open"
        )
    try:
        questionnaire = questionnaires.current(INTERVIEW_KEY)
    except Questionnaire.DoesNotExist:
        raise NotNow(
            _("The questions of the interview are not loaded yet: tell the administrator."), code="no_form"
        ) from None
    sheet = sheets.start_sheet(questionnaire=questionnaire, now=now)
    interview = Interview.objects.create(
        participation=participation,
        organisation_id=organisation_of_operator(by, participation.edition),
        by=by,
        sheet=sheet,
        started_at=now,
    )
    if participation.operator_id is None:
        participation.operator = by
        participation.save(update_fields=["operator"])
    record(verb="intake.interview_started", by=by, now=now, on=interview, about=participation.person)
    return interview


@transaction.atomic
def save_interview_section(*, interview, section, answers, version, by, now) -> int:
    """Save one section as it stands, complete or not; the new version. By an operator.

    Passes on the questionnaires' Conflict when somebody saved since `version`.
    The trail keeps one event per section, person and hour: saving as one types would bury the rest.
    """
    check_can_read_talks(by)
    interview = Interview.objects.select_related("sheet", "participation").get(pk=interview.pk)
    version = sheets.save_section(sheet=interview.sheet, section=section, answers=answers, version=version, now=now)
    lately = Event.objects.filter(
        on_type=interview._meta.label_lower,
        on_id=str(interview.pk),
        verb="intake.interview_saved",
        by=by,
        fields=[section],
        at__gt=now - timedelta(hours=1),
    )
    if not lately.exists():
        record(
            verb="intake.interview_saved",
            by=by,
            now=now,
            on=interview,
            about=interview.participation.person_id,
            fields=[section],
        )
    return version


@transaction.atomic
def complete_interview(*, interview, by, now) -> Interview:
    """Lock an interview whose sections are complete; the participation moves on. By an operator."""
    participation = locked(interview.participation)
    rows = Interview.objects.select_for_update(of=("self",)).select_related("sheet__questionnaire")
    interview = rows.get(pk=interview.pk)
    check_can_read_talks(by)
    if interview.completed_at:
        raise NotNow(_("This interview is already closed."), code="twice")
    missing = questionnaires.unfinished(interview.sheet, get_language() or "it")
    if missing:
        raise NotNow(_("Before closing, complete: %(sections)s.") % {"sections": ", ".join(missing)}, code="incomplete")
    sheets.lock_sheet(sheet=interview.sheet, now=now)
    interview.completed_at = now
    interview.save(update_fields=["completed_at"])
    if participation.state in (ParticipationState.REGISTERED, ParticipationState.RECEIVED):
        move(participation, "interview", now)
        participation.save(update_fields=STATE_FIELDS)
    note_contact(participation, now)
    record(verb="intake.interview_completed", by=by, now=now, on=interview, about=participation.person)
    return interview
