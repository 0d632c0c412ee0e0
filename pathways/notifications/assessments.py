"""Invitations to say how one sees oneself, and how an activity was."""

from accounts.queries import reach
from foundation.communications.actions import queue
from migwork.links import absolute_url
from pathways.queries.assessments import assessment_token


def assessment_cause(enrolment, moment) -> str:
    """What an invitation is called off by."""
    return f"assessment:{enrolment}:{moment}"


def asked_about_activity(enrolment, moment, *, about_me, now):
    """Once per moment. None for whoever has no address, and for who wants no such questions.

    `about_me`: at the end they are also asked how they see themselves now.
    """
    person = enrolment.participation.person
    address = reach(person)
    if address is None:
        return None
    channel, to = address
    return queue(
        key=f"pathways:assessment:{enrolment.pk}:{moment}",
        channel=channel,
        to=to,
        language=person.language,
        template=f"pathways/messages/assessment_{moment}",
        context={
            "name": person.called,
            "title": enrolment.run.opportunity.title,
            "about_me": about_me,
            "answer": absolute_url("pathways:assessment-link", assessment_token(enrolment)),
        },
        now=now,
        about=person.pk,
        cause=assessment_cause(enrolment.pk, moment),
        topic="feedback",
    )
