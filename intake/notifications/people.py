"""Messages that wait, other hands, restricted records: what those who work with a young person are told."""

from django.utils import timezone

from foundation.communications.actions import told_by
from intake.models import Cover
from intake.notifications.outbox import tell, tell_operator
from migwork.links import absolute_url


def message_waiting(message, participation, *, now):
    """A message waits, without a word of what it says: to the young person, or to who follows them and stands in."""
    cause = told_by(message.thread, to_person=not message.from_person)
    if not message.from_person:
        return tell(
            participation.person,
            key=f"thread:{message.pk}",
            template="message_waiting",
            topic="messages",
            context={"link": absolute_url("intake:messages")},
            now=now,
            cause=cause,
        )
    covers = Cover.objects.in_force(timezone.localdate(now)).filter(away=participation.operator_id)
    followers = [participation.operator, *(cover.stands_in for cover in covers.select_related("stands_in"))]
    for operator in followers:
        context = {"link": absolute_url("intake:messages")}
        tell_operator(
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
        tell(
            handover.participation.person,
            key=f"handover:{handover.pk}",
            template="handed_over",
            topic="plan",
            context={"operator": handover.took},
            now=now,
            cause=f"handover:{handover.pk}",
        )
    caseload = absolute_url("intake:caseload")
    for template, whose in (("people_taken", taken), ("people_given", given)):
        for operator, rows in whose.items():
            if operator != by:
                context = {"number": len(rows), "who": by, "took": rows[0].took, "link": caseload}
                tell_operator(
                    operator, key=f"handover:{rows[0].pk}:{operator.pk}", template=template, context=context, now=now
                )


def cover_arranged(cover, *, by, now):
    """To the one of the two who did not arrange it."""
    for operator in (cover.away, cover.stands_in):
        if operator != by:
            tell_operator(
                operator,
                key=f"cover:{cover.pk}:{operator.pk}",
                template="cover_arranged",
                context={
                    "cover": cover,
                    "stands_in": operator == cover.stands_in,
                    "link": absolute_url("intake:covers"),
                },
                now=now,
            )


def safeguarding_given(record, *, now):
    """To who sees to it from now on, without a word about what."""
    tell_operator(
        record.owner,
        key=f"safeguarding:{record.pk}:given:{record.owner_id}:{now:%Y%m%d%H%M%S}",
        template="restricted_given",
        context={"link": absolute_url("intake:safeguarding-list")},
        now=now,
    )


def safeguarding_due(record, *, days, now) -> bool:
    """To the owner, once before the day, once on it, then once a week; whether it was written now."""
    occasion = "soon" if days > 0 else "today" if days == 0 else f"late-{-days // 7}"
    said = tell_operator(
        record.owner,
        key=f"safeguarding:{record.pk}:{record.deadline}:{occasion}",
        template="restricted_due",
        context={"link": absolute_url("intake:safeguarding-list")},
        now=now,
    )
    return said is not None
