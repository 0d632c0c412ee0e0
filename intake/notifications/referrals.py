"""What partners, services outside, young people and operators are told of referrals."""

from accounts.enums import Role
from accounts.models import User
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from intake.notifications.outbox import tell, tell_operator
from intake.queries.outside import token_of
from migwork.links import absolute_url


def referral_sent(referral, *, now):
    """To the partner's staff, without a word about whom: they read it after signing in."""
    _tell_partner(referral, "sent", "referral_sent", now, {"day": referral.answer_by})


def referral_reminder(referral, *, now):
    """To the partner's staff, before the day on which an answer is due."""
    _tell_partner(referral, "reminder", "referral_reminder", now, {"day": referral.answer_by})


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
            context={"link": absolute_url("intake:referral-list"), **context},
            now=now,
            cause=f"referral:{referral.pk}",
        )


def referral_answered(referral, person, *, who, now):
    """To the young person: yes or no, and of whom."""
    return tell(
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
    tell_operator(
        operator,
        key=f"referral:{referral.pk}:{said}:{at:%Y%m%d%H%M%S}:{operator.pk}",
        template="referral_came_back",
        context={"link": absolute_url("intake:caseload")},
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
        context={"referral": referral, "link": absolute_url("intake:outside-link", token_of(referral))},
        now=now,
        cause=outside_cause(referral),
    )
