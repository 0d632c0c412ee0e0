"""Steps of the plan that are a talk: booked here, done when it has taken place."""

from intake.actions.progress import finish_action
from intake.enums import ActionState, AppointmentState
from intake.models import Appointment, PlanAction


def serve_step(appointment) -> None:
    """Tie a talk that has just been booked to the earliest step of the plan that asks for such a talk, if one does.

    The caller holds the participation's row and has checked who books.
    """
    taken = Appointment.objects.filter(
        participation=appointment.participation_id, plan_action__isnull=False, state=AppointmentState.BOOKED
    )
    step = (
        PlanAction.objects.outstanding()
        .filter(goal__plan__participation=appointment.participation_id, talk=appointment.kind)
        .exclude(pk__in=taken.values("plan_action"))
        .order_by("due_on", "position", "pk")
        .first()
    )
    if step is not None:
        appointment.plan_action = step
        appointment.save(update_fields=["plan_action"])


def tie_booked_talk(step) -> None:
    """Tie a new step that asks for a talk to the one that is booked already and serves no other step."""
    if not step.talk:
        return
    booked = Appointment.objects.filter(
        participation=step.goal.plan.participation_id,
        kind=step.talk,
        state=AppointmentState.BOOKED,
        plan_action__isnull=True,
    )
    appointment = booked.order_by("starts_at", "pk").first()
    if appointment is not None:
        appointment.plan_action = step
        appointment.save(update_fields=["plan_action"])


def untie_talks(step) -> None:
    """The step asks for no such talk any more: what is booked stays booked, for itself."""
    step.appointments.filter(state=AppointmentState.BOOKED).update(plan_action=None)


def finish_step(appointment, *, by, now) -> None:
    """The talk took place: the step it was booked for is done. Its caller has checked `by`."""
    step = appointment.plan_action
    if step is not None and step.state in (ActionState.TO_DO, ActionState.DOING):
        finish_action(action=step, by=by, now=now)
