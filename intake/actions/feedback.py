"""How was it? One tap after each talk, by the young person alone."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.participation import locked
from intake.enums import AppointmentState, Face
from intake.models import Appointment, TalkFeedback
from intake.permissions import check_can_rate
from intake.queries.feedback import ASKED_WITHIN
from migwork.errors import NotNow

# How long after a talk one may answer or think again.
ANSWERED_WITHIN = timedelta(days=30)


def ask_how_it_was(appointment, *, now) -> None:
    """Once, after a talk that took place; of one that was noted much later nobody remembers."""
    if appointment.state == AppointmentState.SEEN and now - appointment.ends_at < ASKED_WITHIN:
        notifications.how_was_it(appointment, now=now)


@transaction.atomic
def say_how_it_was(*, appointment, face, by=None, now) -> TalkFeedback:
    """One of three faces; to tap another one is to think again.

    By the young person signed in, or (`by` None) by whoever holds the link of their message, which the caller checked.
    """
    appointment = _rated(appointment, by, now)
    feedback, new = TalkFeedback.objects.select_for_update(of=("self",)).get_or_create(
        appointment=appointment, defaults={"face": Face(face), "at": now}
    )
    if not new and feedback.face != face:
        feedback.face, feedback.at = Face(face), now
        feedback.save(update_fields=["face", "at"])
    cancel(cause=f"feedback:{appointment.pk}", now=now)
    record(verb="intake.feedback_given", by=by, now=now, on=feedback, about=appointment.participation.person_id)
    return feedback


@transaction.atomic
def add_sentence(*, appointment, sentence, by=None, now) -> TalkFeedback:
    """What one would like to add, after the tap; an empty one takes it back. By the same people."""
    appointment = _rated(appointment, by, now)
    feedback = TalkFeedback.objects.select_for_update(of=("self",)).filter(appointment=appointment).first()
    if feedback is None:
        raise NotNow(_("First choose one of the three faces."), code="face")
    feedback.sentence = sentence.strip()
    feedback.save(update_fields=["sentence"])
    record(
        verb="intake.feedback_given",
        by=by,
        now=now,
        on=feedback,
        about=appointment.participation.person_id,
        fields=["sentence"],
    )
    return feedback


def _rated(appointment, by, now):
    participation = locked(appointment.participation)
    if by is not None:
        check_can_rate(by, participation)
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    appointment.participation = participation
    if appointment.state != AppointmentState.SEEN:
        raise NotNow(_("This talk has not taken place."), code="state")
    if now - appointment.ends_at > ANSWERED_WITHIN:
        raise NotNow(_("This talk is too long ago to say how it was. You can always write to us."), code="late")
    return appointment
