"""What a young person sees first: their way and its next step."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from intake import hooks
from intake.enums import ActionState, AppointmentKind, AppointmentMode, ParticipationState, PlanState
from intake.models import (
    Appointment,
    CallRequest,
    Participation,
    Plan,
    Slot,
)
from intake.queries.feedback import ASKED_WITHIN
from intake.queries.file import coming_appointments
from intake.queries.marks import with_marks
from intake.queries.plan import PlanView, plan_view
from migwork.prepared import Prepared
from migwork.words import word_of


@dataclass(frozen=True)
class Way:
    """A young person's present way, else their last one, as their own pages show it; empty for who has none."""

    participation: Participation | None = None
    plan: Plan | None = None
    outline: PlanView | None = None
    appointments: list[Appointment] = field(default_factory=list)
    step: dict | None = None


def my_way(user, now, *, links=False) -> Way:
    """Their way with its marks, and the plan that is shown: with `links` beside its steps or without."""
    if user.person is None:
        return Way()
    participation = _marked_way.first(person=user.person.pk, now=now, asked_since=now - ASKED_WITHIN)
    if participation is None:
        return Way()
    participation.person = user.person
    plan = my_shown_plan(participation)
    outline = plan_view(plan, user=user, now=now, links=links) if plan else None
    appointments = coming_appointments(participation)
    step = my_next_step(participation, now, appointments=appointments, outline=outline)
    return Way(participation, plan, outline, appointments, step)


def my_participation(user) -> Participation | None:
    """The same way alone, for pages that show something else; with person and plan."""
    if user.person is None:
        return None
    participation = _way.first(person=user.person.pk)
    if participation is not None:
        participation.person = user.person
    return participation


def _present(person):
    return Participation.objects.filter(person=person).select_related("plan").order_by("closed_at", "-opened_at")


_way = Prepared(lambda person: _present(person)[:1])
_marked_way = Prepared(
    lambda person, now, asked_since: with_marks(_present(person), now=now, asked_since=asked_since)[:1]
)


def my_shown_plan(participation) -> Plan | None:
    """The plan of a young person's way, unless the desk is still writing it and nothing was ever proposed."""
    plan = getattr(participation, "plan", None)
    return plan if plan is not None and (plan.state != PlanState.DRAFT or plan.version > 1) else None


def my_outline(user, now) -> PlanView | None:
    """The plan that `user` may read as their own, or None."""
    plan = my_shown_plan(my_participation(user))
    return plan_view(plan, user=user, now=now) if plan else None


def my_next_step(participation, now, *, appointments=None, outline=None) -> dict:
    """The one thing to do next: {"at", "when", "title", "detail", "url", "label"}, for a step of the plan "action".

    "when" is "at" in words; both are empty when nothing is dated. "action" is the step's key.
    A page that has them already gives `appointments` (coming_appointments) and `outline` (plan_view).
    """
    plan = getattr(participation, "plan", None)
    if plan is not None and plan.state == PlanState.PROPOSED:
        return {
            "at": None,
            "when": "",
            "title": _("Read your plan"),
            "detail": _("It is ready. If it is right for you, say that you agree."),
            "url": reverse("intake:plan-agree", args=[plan.pk]),
            "label": _("Read and agree"),
        }
    steps = [step for found in hooks.next_steps.call(participation=participation, now=now) for step in found]
    if appointments is None:
        appointments = coming_appointments(participation)
    steps += _coming_appointment(appointments, now)
    if plan is not None and plan.state == PlanState.AGREED:
        steps += _next_action(outline or plan_view(plan, now=now), {row.plan_action_id for row in appointments})
    if steps:
        earliest = min(steps, key=lambda step: (not step.get("is_first"), _moment(step["at"], now)))
        return {"when": _in_words(earliest["at"]), **earliest}
    return _first_talk(participation, now) or _nothing_dated(participation)


def beside_plan(participation) -> list[dict]:
    """What goes on beside the plan, as lines of a list."""
    return [line for lines in hooks.beside_plan.call(participation=participation) for line in lines]


def _coming_appointment(appointments, now):
    appointment = next((row for row in appointments if row.ends_at > now), None)
    if appointment is None:
        return []
    return [
        {
            "at": appointment.starts_at,
            "title": _("%(what)s with %(who)s")
            % {"what": word_of(appointment, "kind"), "who": appointment.operator.name.split(" ")[0]},
            # The link of a video call would break a phone's line: it is on the appointment's page.
            "detail": appointment.place
            if appointment.mode == AppointmentMode.PLACE and appointment.place
            else word_of(appointment, "mode"),
            "url": reverse("intake:my-appointment", args=[appointment.pk]),
            "label": _("See, move or cancel"),
        }
    ]


def _next_action(outline, booked):
    """The step that is due first; of those whose talk is `booked` the appointment itself tells."""
    todo = [
        action
        for action in outline.actions
        if action.state in (ActionState.TO_DO, ActionState.DOING) and action.pk not in booked
    ]
    if not todo:
        return []
    action = min(todo, key=lambda action: (action.due_on, action.position, action.pk))
    return [
        {
            "at": action.due_on,
            "title": action.title,
            "detail": _("The day you chose is past: no harm done. Do it now, or call us.") if action.is_overdue else "",
            "url": reverse("intake:booking-hours", args=[action.talk]) if action.talk else reverse("intake:my-plan"),
            "label": _("Choose an hour") if action.talk else _("See my plan"),
            "action": action.pk,
        }
    ]


def _first_talk(participation, now):
    """To book it, while there are hours that can be booked: a step must lead somewhere."""
    if participation.state != ParticipationState.REGISTERED:
        return None
    if not Slot.objects.for_way(participation, now).for_kind(AppointmentKind.RECEPTION).exists():
        return None
    return {
        "at": None,
        "when": "",
        "title": _("Book your first talk"),
        "detail": _("Choose the day and the hour that suit you."),
        "url": reverse("intake:booking-hours", args=[AppointmentKind.RECEPTION]),
        "label": _("Choose an hour"),
    }


def _nothing_dated(participation):
    first_talk = participation.state == ParticipationState.REGISTERED
    person = participation.person
    if _asked_to_be_called(participation=participation.pk):
        return _call(_("We call you"), _("You asked for it: somebody from Informagiovani rings you up."), _("See when"))
    if first_talk and person.safe_contact and not person.safe_address:
        title = _("Come and see us when you can")
        detail = _("As agreed, we do not write or call. At Informagiovani you find us in person.")
    elif first_talk:
        # They signed up when no hour was free: somebody calls, sooner if they say when.
        detail = _("An operator of Informagiovani writes or calls to arrange a first talk.")
        return _call(_("We get in touch with you"), detail, _("Say when we may call"))
    elif participation.state in (ParticipationState.CLOSED, ParticipationState.DROPPED):
        title, detail = _("Your way with us has ended"), _("You can come back whenever you like: call us or drop in.")
    else:
        title, detail = _("Look for something you like"), _("Courses, internships, trips: choose, then talk to us.")
    return {"at": None, "when": "", "title": title, "detail": detail, "url": "", "label": ""}


def _call(title, detail, label):
    return {"at": None, "when": "", "title": title, "detail": detail, "url": reverse("intake:call-me"), "label": label}


_asked_to_be_called = Prepared(
    lambda participation: CallRequest.objects.filter(participation=participation, done_at=None).values_list("pk")[:1]
)


def _in_words(at) -> str:
    """A moment with its hour, or a day by which something is to be done."""
    if isinstance(at, datetime):
        return formats.date_format(timezone.localtime(at), "l j F, H:i")
    return _("by %(day)s") % {"day": formats.date_format(at, "l j F")}


def _moment(at, now) -> datetime:
    """A day counts until its end; what is overdue counts as of today, after today's appointments."""
    if isinstance(at, datetime):
        return at
    return timezone.make_aware(datetime.combine(max(at, timezone.localdate(now)), time(23, 59)))
