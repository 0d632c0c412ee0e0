"""What the desk tells people, through the one outbox. Who cannot be reached is left out: the file shows it."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import reach
from foundation.communications.actions import queue, told_by
from foundation.communications.enums import Channel
from intake.enums import AppointmentKind
from intake.models import Cover
from intake.queries.feedback import token_of
from intake.queries.followup import follow_up_token
from intake.queries.outside import token_of as token_of_outside


def _tell(person, *, key, template, context, now, topic, cause="", before=None, only=None):
    address = reach(person)
    if address is None or only not in (None, address[0]):
        return None
    channel, to = address
    return queue(
        key=key,
        channel=channel,
        to=to,
        language=person.language,
        template=f"intake/messages/{template}",
        context={"person": person, "link": settings.SITE_URL + reverse("intake:my-plan"), **context},
        now=now,
        about=person.pk,
        cause=cause,
        topic=topic,
        before=before,
    )


def appointment_booked(appointment, *, now):
    return _tell(
        appointment.participation.person,
        key=f"appointment:{appointment.pk}:booked",
        template="appointment_booked",
        topic="appointments",
        context=_about_appointment(appointment, now),
        now=now,
        cause=f"appointment:{appointment.pk}",
    )


def appointment_moved(appointment, *, now):
    return _tell(
        appointment.participation.person,
        key=f"appointment:{appointment.pk}:moved:{appointment.moves}",
        template="appointment_moved",
        topic="appointments",
        context=_about_appointment(appointment, now),
        now=now,
        cause=f"appointment:{appointment.pk}",
    )


def appointment_cancelled(appointment, *, now):
    return _tell(
        appointment.participation.person,
        key=f"appointment:{appointment.pk}:cancelled",
        template="appointment_cancelled",
        topic="appointments",
        context=_about_appointment(appointment, now),
        now=now,
        cause=f"appointment:{appointment.pk}",
    )


def appointment_called_off(appointment, *, told_us=True, now):
    """That nobody waits for them, by mail alone: who has it in a calendar gets it out of there."""
    return _tell(
        appointment.participation.person,
        key=f"appointment:{appointment.pk}:called-off",
        template="appointment_called_off",
        topic="appointments",
        context={**_about_appointment(appointment, now), "told_us": told_us},
        now=now,
        cause=f"appointment:{appointment.pk}",
        only=Channel.EMAIL,
    )


def second_invitation(participation) -> str:
    """What a second invitation is called off by: as soon as the person has another appointment."""
    return f"second-invitation:{participation.pk}"


def appointment_missed(appointment, *, now):
    """The kind second invitation."""
    return _tell(
        appointment.participation.person,
        key=f"appointment:{appointment.pk}:missed",
        template="appointment_missed",
        topic="appointments",
        context=_about_appointment(appointment, now),
        now=now,
        cause=second_invitation(appointment.participation),
    )


def mediator_arranged(appointment, *, now):
    return _tell(
        appointment.participation.person,
        key=f"appointment:{appointment.pk}:mediator:{appointment.moves}",
        template="mediator_arranged",
        topic="appointments",
        context=_about_appointment(appointment, now),
        now=now,
        cause=f"appointment:{appointment.pk}",
    )


def earlier_cause(wish) -> str:
    """What a word of an earlier hour is called off by."""
    return f"earlier:{wish.pk}"


def earlier_hour(wish, slot, *, now):
    """An hour became free. Of one that is taken and given back again one is told again, of the same place never."""
    appointment = wish.appointment
    freed = int(slot.free_since.timestamp())
    return _tell(
        appointment.participation.person,
        key=f"earlier:{wish.pk}:{slot.pk}:{freed}",
        template="earlier_hour",
        topic="appointments",
        before=slot.starts_at,
        context={
            "earlier": timezone.localtime(slot.starts_at),
            "starts": timezone.localtime(appointment.starts_at),
            "take": _address("appointment-move-confirm", appointment.pk, slot.pk),
        },
        now=now,
        cause=earlier_cause(wish),
    )


def how_was_it(appointment, *, now):
    """A link that says how it was in one tap; to open it does nothing."""
    link = settings.SITE_URL + reverse("intake:feedback-link", args=[token_of(appointment)])
    return _tell(
        appointment.participation.person,
        key=f"feedback:{appointment.pk}",
        template="how_was_it",
        topic="feedback",
        context={"operator": appointment.operator, "answer": link},
        now=now,
        cause=f"feedback:{appointment.pk}",
    )


def reminder_key(row, step=1) -> str:
    """The occasion of a reminder: this appointment on its day, so many days before; this action and its due date.

    One that was moved is told anew, also when it comes back to a day of which was told before.
    """
    if row._meta.model_name == "appointment":
        key = f"appointment:{row.pk}:reminder:{timezone.localtime(row.starts_at):%Y-%m-%d}"
        key = f"{key}:{row.moves}" if row.moves else key
        return key if step == 1 else f"{key}:{step}d"
    return f"action:{row.pk}:overdue:{row.due_on}"


def appointment_soon(appointment, step, *, now):
    """The reminder that is due `step` days before; its words go by the days that are left."""
    return _tell(
        appointment.participation.person,
        key=reminder_key(appointment, step),
        template="appointment_soon",
        topic="appointments",
        before=appointment.starts_at,
        context=_about_appointment(appointment, now),
        now=now,
        cause=f"appointment:{appointment.pk}",
    )


def action_overdue(action, *, now):
    return _tell(
        action.goal.plan.participation.person,
        key=reminder_key(action),
        template="action_overdue",
        topic="plan",
        context={"action": action},
        now=now,
        cause=f"action:{action.pk}",
    )


def plan_proposed(plan, person, *, now):
    return _tell(
        person,
        key=f"plan:{plan.pk}:proposed:{plan.version}",
        template="plan_proposed",
        topic="plan",
        context={},
        now=now,
        cause=f"plan:{plan.pk}:{plan.version}",
    )


def review_keys(plan) -> tuple[str, str]:
    """The occasions of reminding the young person and the operator: this plan and its day."""
    key = f"plan:{plan.pk}:review:{plan.review_on}"
    return key, f"{key}:operator"


def review_soon(plan, *, now):
    return _tell(
        plan.participation.person,
        key=review_keys(plan)[0],
        template="review_soon",
        topic="plan",
        context={
            "plan": plan,
            "link": settings.SITE_URL + reverse("intake:booking-hours", args=[AppointmentKind.PLAN_REVIEW]),
        },
        now=now,
        cause=f"plan:{plan.pk}:{plan.version}",
    )


def review_soon_to_operator(plan, *, now):
    """To who follows the person, without a name: they read it after signing in."""
    operator = plan.participation.operator
    if operator is None or not operator.is_active or not operator.email:
        return None
    return queue(
        key=review_keys(plan)[1],
        channel=Channel.EMAIL,
        to=operator.email,
        language=operator.language,
        template="intake/messages/review_operator",
        context={
            "plan": plan,
            "link": settings.SITE_URL + reverse("intake:person-file", args=[plan.participation_id]) + "?s=piano",
        },
        now=now,
        cause=f"plan:{plan.pk}:{plan.version}",
    )


def how_it_goes(follow_up, *, again, now):
    """The questions by a link that needs no sign-in; `again`: they were sent a week ago and nobody answered."""
    person = follow_up.participation.person
    return _tell(
        person,
        key=f"follow-up:{follow_up.pk}:{'again' if again else 'first'}",
        template="how_it_goes",
        topic="plan",
        context={
            "again": again,
            "link": settings.SITE_URL + reverse("intake:follow-up", args=[follow_up_token(follow_up)]),
        },
        now=now,
        cause=f"follow-up:{follow_up.pk}",
    )


def agenda_changed(operator, changes, *, key, now):
    """To an operator, what others changed in their agenda: the hours alone, the names stand in the portal."""
    if not operator.email:
        return None
    local = timezone.localtime
    rows = [(row.kind, local(row.starts_at), local(row.was_at) if row.was_at else None) for row in changes]
    return queue(
        key=key,
        channel=Channel.EMAIL,
        to=operator.email,
        language=operator.language,
        template="intake/messages/agenda_changed",
        context={"rows": rows, "link": _address("agenda"), "choose": _address("my-calendar")},
        now=now,
    )


def referral_answered(referral, person, *, who, now):
    """To the young person: yes or no, and of whom."""
    return _tell(
        person,
        key=f"referral:{referral.pk}:answered",
        template="referral_answered",
        topic="plan",
        context={"referral": referral, "who": who},
        now=now,
    )


def referral_came_back(referral, *, now):
    """To who follows the person (else to who sent them): an answer, or how it went, is there to be read."""
    operator = referral.participation.operator or referral.sent_by
    said = "feedback" if referral.feedback_at else "answer"
    at = referral.feedback_at or referral.answered_at
    _tell_operator(
        operator,
        key=f"referral:{referral.pk}:{said}:{at:%Y%m%d%H%M%S}:{operator.pk}",
        template="referral_came_back",
        context={"link": _address("caseload")},
        now=now,
    )


def outside_cause(referral) -> str:
    return f"outside:{referral.pk}"


def outside_asked(referral, *, now):
    """To the service, with its link and without a word about whom."""
    return _tell_service(referral, key=f"outside:{referral.pk}", template="outside_asked", now=now)


def outside_asked_again(referral, *, now):
    """The same link once more, because the service asks for it: as often as it does."""
    key = f"outside:{referral.pk}:again:{now:%Y%m%d%H%M%S}"
    return _tell_service(referral, key=key, template="outside_asked", now=now)


def outside_reminder(referral, *, now):
    """Before the day on which its answer is due."""
    return _tell_service(referral, key=f"outside:{referral.pk}:reminder", template="outside_reminder", now=now)


def _tell_service(referral, *, key, template, now):
    if not referral.email:
        return None
    return queue(
        key=key,
        channel=Channel.EMAIL,
        to=referral.email,
        language="it",
        template=f"intake/messages/{template}",
        context={"referral": referral, "link": _address("outside-link", token_of_outside(referral))},
        now=now,
        cause=outside_cause(referral),
    )


def referral_reminder(referral, *, now):
    """To the partner's staff, before the day on which an answer is due."""
    _tell_partner(referral, "reminder", "referral_reminder", now, {"day": referral.answer_by})


def referral_sent(referral, *, now):
    """To the partner's staff, without a word about whom: they read it after signing in."""
    _tell_partner(referral, "sent", "referral_sent", now, {"day": referral.answer_by})


def _tell_partner(referral, occasion, template, now, context):
    staff = User.objects.filter(
        is_active=True,
        email__isnull=False,
        memberships__organisation=referral.organisation_id,
        memberships__is_active=True,
        memberships__role__in=[Role.PARTNER_STAFF, Role.PARTNER_ADMIN],
    ).distinct()
    for user in staff.order_by("pk"):
        queue(
            key=f"referral:{referral.pk}:{occasion}:{user.pk}",
            channel=Channel.EMAIL,
            to=user.email,
            language=user.language,
            template=f"intake/messages/{template}",
            context={"link": _address("referral-list"), **context},
            now=now,
            cause=f"referral:{referral.pk}",
        )


def _address(name, *args) -> str:
    return settings.SITE_URL + reverse(f"intake:{name}", args=args)


def safeguarding_given(record, *, now):
    """To who sees to it from now on, without a word about what."""
    _tell_operator(
        record.owner,
        key=f"safeguarding:{record.pk}:given:{record.owner_id}:{now:%Y%m%d%H%M%S}",
        template="restricted_given",
        context={"link": _address("safeguarding-list")},
        now=now,
    )


def safeguarding_due(record, *, days, now) -> bool:
    """To the owner, once before the day, once on it, then once a week; whether it was written now."""
    occasion = "soon" if days > 0 else "today" if days == 0 else f"late-{-days // 7}"
    said = _tell_operator(
        record.owner,
        key=f"safeguarding:{record.pk}:{record.deadline}:{occasion}",
        template="restricted_due",
        context={"link": _address("safeguarding-list")},
        now=now,
    )
    return said is not None


def message_waiting(message, participation, *, now):
    """A message waits, without a word of what it says: to the young person, or to who follows them and stands in."""
    cause = told_by(message.thread, to_person=not message.from_person)
    if not message.from_person:
        return _tell(
            participation.person,
            key=f"thread:{message.pk}",
            template="message_waiting",
            topic="messages",
            context={"link": _address("messages")},
            now=now,
            cause=cause,
        )
    covers = Cover.objects.in_force(timezone.localdate(now)).filter(away=participation.operator_id)
    followers = [participation.operator, *(cover.stands_in for cover in covers.select_related("stands_in"))]
    for operator in followers:
        context = {"link": _address("messages")}
        _tell_operator(
            operator,
            key=f"thread:{message.pk}:{operator.pk}",
            template="message_for_staff",
            context=context,
            now=now,
            cause=cause,
        )
    return None


def handed_over(handovers, *, by, now):
    """To the young people, from whom they hear from now on; to both operators (not to who did it), how many."""
    taken, given = {}, {}
    for handover in handovers:
        taken.setdefault(handover.took, []).append(handover)
        if handover.gave_id:
            given.setdefault(handover.gave, []).append(handover)
        _tell(
            handover.participation.person,
            key=f"handover:{handover.pk}",
            template="handed_over",
            topic="plan",
            context={"operator": handover.took},
            now=now,
            cause=f"handover:{handover.pk}",
        )
    caseload = settings.SITE_URL + reverse("intake:caseload")
    for template, whose in (("people_taken", taken), ("people_given", given)):
        for operator, rows in whose.items():
            if operator != by:
                context = {"number": len(rows), "who": by, "took": rows[0].took, "link": caseload}
                _tell_operator(
                    operator, key=f"handover:{rows[0].pk}:{operator.pk}", template=template, context=context, now=now
                )


def cover_arranged(cover, *, by, now):
    """To the one of the two who did not arrange it."""
    for operator in (cover.away, cover.stands_in):
        if operator != by:
            _tell_operator(
                operator,
                key=f"cover:{cover.pk}:{operator.pk}",
                template="cover_arranged",
                context={
                    "cover": cover,
                    "stands_in": operator == cover.stands_in,
                    "link": settings.SITE_URL + reverse("intake:covers"),
                },
                now=now,
            )


def _tell_operator(operator, *, key, template, context, now, cause=""):
    """Without a word about whom: they read it after signing in."""
    if not operator.email or not operator.is_active:
        return None
    return queue(
        key=key,
        channel=Channel.EMAIL,
        to=operator.email,
        language=operator.language,
        template=f"intake/messages/{template}",
        context=context,
        now=now,
        cause=cause,
    )


def _about_appointment(appointment, now):
    """What is told of an appointment; who has an account also gets where to change it, or to choose another one."""
    starts = timezone.localtime(appointment.starts_at)
    signs_in = appointment.participation.person.user_id is not None
    return {
        "page": _address("my-appointment", appointment.pk) if signs_in else "",
        "book": _address("booking-hours", appointment.kind) if signs_in else "",
        "appointment": appointment,
        "starts": starts,
        "days_ahead": (starts.date() - timezone.localdate(now)).days,
        "operator": appointment.operator,
        "mediation": getattr(appointment, "mediation", None),
    }


def summary_ready(summary, person, *, now):
    return _tell(
        person,
        key=f"interview:{summary.interview_id}:summary",
        template="summary_ready",
        topic="appointments",
        context={},
        now=now,
    )
