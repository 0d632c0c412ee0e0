"""What young people and who follows them are told of the plan, and what who left is asked."""

from intake.enums import AppointmentKind
from intake.notifications.appointments import reminder_key
from intake.notifications.outbox import tell, tell_operator
from intake.queries.followup import follow_up_token
from migwork.links import absolute_url


def action_overdue(action, *, now):
    return tell(
        action.goal.plan.participation.person,
        key=reminder_key(action),
        template="action_overdue",
        topic="plan",
        context={"action": action},
        now=now,
        cause=f"action:{action.pk}",
    )


def plan_proposed(plan, person, *, now):
    return tell(
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
    return tell(
        plan.participation.person,
        key=review_keys(plan)[0],
        template="review_soon",
        topic="plan",
        context={
            "plan": plan,
            "link": absolute_url("intake:booking-hours", AppointmentKind.PLAN_REVIEW),
        },
        now=now,
        cause=f"plan:{plan.pk}:{plan.version}",
    )


def review_soon_to_operator(plan, *, now):
    """To who follows the person, if anybody does, without a name."""
    operator = plan.participation.operator
    return operator and tell_operator(
        operator,
        key=review_keys(plan)[1],
        template="review_operator",
        context={"plan": plan, "link": absolute_url("intake:person-file", plan.participation_id) + "?s=piano"},
        now=now,
        cause=f"plan:{plan.pk}:{plan.version}",
    )


def how_it_goes(follow_up, *, again, now):
    """The questions by a link that needs no sign-in; `again`: they were sent a week ago and nobody answered."""
    person = follow_up.participation.person
    return tell(
        person,
        key=f"follow-up:{follow_up.pk}:{'again' if again else 'first'}",
        template="how_it_goes",
        topic="plan",
        context={
            "again": again,
            "link": absolute_url("intake:follow-up", follow_up_token(follow_up)),
        },
        now=now,
        cause=f"follow-up:{follow_up.pk}",
    )
