"""What people are told of their appointments, and operators of changes in their agenda."""

from django.utils import timezone

from foundation.communications.enums import Channel
from intake.notifications.outbox import tell, tell_operator
from intake.queries.feedback import token_of
from migwork.links import absolute_url


def _tell_of(appointment, template, key, *, now, cause="", before=None, only=None, **more):
    """One of the messages about this appointment; unless another `cause` is named, it is called off with it."""
    return tell(
        appointment.participation.person,
        key=key,
        template=template,
        topic="appointments",
        before=before,
        only=only,
        context={**_words_of(appointment, now), **more},
        now=now,
        cause=cause or f"appointment:{appointment.pk}",
    )


def _words_of(appointment, now):
    """What is told of an appointment; who has an account also gets where to change it, or to choose another one."""
    starts = timezone.localtime(appointment.starts_at)
    signs_in = appointment.participation.person.user_id is not None
    return {
        "page": absolute_url("intake:my-appointment", appointment.pk) if signs_in else "",
        "book": absolute_url("intake:booking-hours", appointment.kind) if signs_in else "",
        "appointment": appointment,
        "starts": starts,
        "days_ahead": (starts.date() - timezone.localdate(now)).days,
        "operator": appointment.operator,
        "mediation": getattr(appointment, "mediation", None),
    }


def appointment_booked(appointment, *, now):
    return _tell_of(appointment, "appointment_booked", f"appointment:{appointment.pk}:booked", now=now)


def appointment_moved(appointment, *, now):
    key = f"appointment:{appointment.pk}:moved:{appointment.moves}"
    return _tell_of(appointment, "appointment_moved", key, now=now)


def appointment_cancelled(appointment, *, now):
    return _tell_of(appointment, "appointment_cancelled", f"appointment:{appointment.pk}:cancelled", now=now)


def appointment_called_off(appointment, *, told_us=True, now):
    """That nobody waits for them, by mail alone: who has it in a calendar gets it out of there."""
    key = f"appointment:{appointment.pk}:called-off"
    return _tell_of(appointment, "appointment_called_off", key, now=now, only=Channel.EMAIL, told_us=told_us)


def second_invitation(participation) -> str:
    """What a second invitation is called off by: as soon as the person has another appointment."""
    return f"second-invitation:{participation.pk}"


def appointment_missed(appointment, *, now):
    """The kind second invitation."""
    key = f"appointment:{appointment.pk}:missed"
    cause = second_invitation(appointment.participation)
    return _tell_of(appointment, "appointment_missed", key, now=now, cause=cause)


def mediator_arranged(appointment, *, now):
    key = f"appointment:{appointment.pk}:mediator:{appointment.moves}"
    return _tell_of(appointment, "mediator_arranged", key, now=now)


def appointment_soon(appointment, step, *, now):
    """The reminder that is due `step` days before; its words go by the days that are left."""
    key = reminder_key(appointment, step)
    return _tell_of(appointment, "appointment_soon", key, now=now, before=appointment.starts_at)


def reminder_key(row, step=1) -> str:
    """The occasion of a reminder: this appointment on its day, so many days before; this action and its due date.

    One that was moved is told anew, also when it comes back to a day of which was told before.
    """
    if row._meta.model_name == "appointment":
        key = f"appointment:{row.pk}:reminder:{timezone.localtime(row.starts_at):%Y-%m-%d}"
        key = f"{key}:{row.moves}" if row.moves else key
        return key if step == 1 else f"{key}:{step}d"
    return f"action:{row.pk}:overdue:{row.due_on}"


def earlier_cause(wish) -> str:
    """What a word of an earlier hour is called off by."""
    return f"earlier:{wish.pk}"


def earlier_hour(wish, slot, *, now):
    """An hour became free. Of one that is taken and given back again one is told again, of the same place never."""
    appointment = wish.appointment
    freed = int(slot.free_since.timestamp())
    return tell(
        appointment.participation.person,
        key=f"earlier:{wish.pk}:{slot.pk}:{freed}",
        template="earlier_hour",
        topic="appointments",
        before=slot.starts_at,
        context={
            "earlier": timezone.localtime(slot.starts_at),
            "starts": timezone.localtime(appointment.starts_at),
            "take": absolute_url("intake:appointment-move-confirm", appointment.pk, slot.pk),
        },
        now=now,
        cause=earlier_cause(wish),
    )


def how_was_it(appointment, *, now):
    """A link that says how it was in one tap; to open it does nothing."""
    link = absolute_url("intake:feedback-link", token_of(appointment))
    return tell(
        appointment.participation.person,
        key=f"feedback:{appointment.pk}",
        template="how_was_it",
        topic="feedback",
        context={"operator": appointment.operator, "answer": link},
        now=now,
        cause=f"feedback:{appointment.pk}",
    )


def agenda_changed(operator, changes, *, key, now):
    """To an operator, what others changed in their agenda: the hours alone, the names stand in the portal."""
    local = timezone.localtime
    rows = [(row.kind, local(row.starts_at), local(row.was_at) if row.was_at else None) for row in changes]
    return tell_operator(
        operator,
        key=key,
        template="agenda_changed",
        context={"rows": rows, "link": absolute_url("intake:agenda"), "choose": absolute_url("intake:my-calendar")},
        now=now,
    )


def summary_ready(summary, person, *, now):
    return tell(
        person,
        key=f"interview:{summary.interview_id}:summary",
        template="summary_ready",
        topic="appointments",
        context={},
        now=now,
    )
