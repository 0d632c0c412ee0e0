"""In which language a talk is, and who translates."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake import notifications
from intake.actions.participation import locked
from intake.enums import AppointmentState, MediationState
from intake.models import Appointment, DeskCard, Mediation
from intake.permissions import check_can_work_on
from migwork.errors import NotNow


def wish_language(appointment, language, *, mediator: bool) -> Mediation | None:
    """Note in which language a talk is to be. Called by who books it, in their transaction.

    None for a talk in the language of the desk, in which nothing has to be arranged.
    """
    if language is None:
        return None
    return Mediation.objects.create(
        appointment=appointment, language=language, wished=mediator, state=_state(appointment, language, mediator)
    )


def language_follows(appointment) -> None:
    """A talk was moved, or passed to a colleague: whoever was to translate must be asked anew."""
    mediation = Mediation.objects.select_related("language").filter(appointment=appointment).first()
    if mediation is not None:
        mediation.state = _state(appointment, mediation.language, mediation.wished)
        mediation.mediator, mediation.arranged_at, mediation.arranged_by = "", None, None
        mediation.save()
        # What is written to the person next speaks of this state.
        appointment.mediation = mediation


def _state(appointment, language, mediator) -> str:
    if not mediator and DeskCard.objects.filter(user=appointment.operator_id, languages=language).exists():
        return MediationState.SPOKEN
    return MediationState.NEEDED


@transaction.atomic
def arrange_mediator(*, appointment, mediator, by, now) -> Mediation:
    """Somebody will translate. By an operator; the young person is told."""
    participation = locked(appointment.participation)
    check_can_work_on(by, participation)
    appointment = Appointment.objects.select_for_update(of=("self",)).select_related("operator").get(pk=appointment.pk)
    if appointment.state != AppointmentState.BOOKED or appointment.starts_at <= now:
        raise NotNow(_("This appointment is not to come any more."), code="past")
    mediation = Mediation.objects.select_related("language").get(appointment=appointment)
    if mediation.state != MediationState.NEEDED:
        raise NotNow(_("A mediator is arranged already, or not needed."), code="twice")
    if not mediator.strip():
        raise NotNow(_("Write who translates: a name, or the service."), code="mediator")
    mediation.state = MediationState.ARRANGED
    mediation.mediator, mediation.arranged_at, mediation.arranged_by = mediator.strip(), now, by
    mediation.save()
    appointment.mediation, appointment.participation = mediation, participation
    record(verb="intake.mediator_arranged", by=by, now=now, on=appointment, about=participation.person)
    notifications.mediator_arranged(appointment, now=now)
    return mediation
