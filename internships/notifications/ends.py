"""Who is told at the end: of papers that are ready, of questions about how it was, of one question six months on."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from accounts.queries import live_representations, reach
from foundation.communications.actions import cancel, queue
from foundation.communications.enums import Channel
from internships.enums import EvaluationSide
from internships.queries.ends import EVALUATION_LINKS, LATER_LINKS, PAPER_LINKS
from migwork.links import absolute_url


def paper_ready(paper, *, now: datetime) -> None:
    """To the intern; of a minor also to whoever represents them, by a link that opens this paper alone.

    Not to the family of who may only be reached by a safe contact: they take their paper along themselves.
    """
    url = absolute_url("internships:paper-by-link", PAPER_LINKS.token(paper.pk))
    _of_paper(paper, f"end-paper:{paper.pk}", "paper_ready", "paper_copy", url, now)


def paper_withdrawn(paper, *, now: datetime) -> None:
    """To all to whom it was sent: it holds no more. What is not sent yet of it is called off."""
    cancel(cause=f"end-paper:{paper.pk}", now=now)
    _of_paper(paper, f"end-paper-withdrawn:{paper.pk}", "paper_withdrawn", "paper_copy_withdrawn", "", now)


def _of_paper(paper, cause, template, template_of_copy, url_of_copy, now):
    internship = paper.internship
    person = internship.participation.person
    context = {"paper": paper, "person": person, "host": internship.unit.host}
    url = absolute_url("internships:internship-detail", internship.pk)
    _to_intern(internship, key=cause, template=template, context={**context, "url": url}, now=now)
    if person.is_of_age_on(timezone.localdate(now)) or person.safe_contact:
        return
    for representation in live_representations(person):
        one = representation.representative
        if not (one.email or one.phone):
            continue
        queue(
            key=f"{cause}:{one.pk}",
            channel=Channel.EMAIL if one.email else Channel.SMS,
            to=one.email or one.phone,
            language=one.language,
            template=f"internships/messages/{template_of_copy}",
            context={**context, "url": url_of_copy},
            now=now,
            cause=cause,
        )


def asked_to_evaluate(evaluation, *, again: str = "", now: datetime):
    """To the intern, or to the host's tutor by mail or SMS: a link that needs no account. `again` says which time."""
    internship = evaluation.internship
    cause = f"evaluation:{evaluation.pk}"
    key = f"{cause}:{again}" if again else cause
    context = {
        "host": internship.unit.host,
        "person": internship.participation.person,
        "tutor": internship.host_tutor,
        "url": absolute_url("internships:evaluation", EVALUATION_LINKS.token(evaluation.pk)),
    }
    if evaluation.side == EvaluationSide.INTERN:
        return _to_intern(internship, key=key, template="evaluate_intern", context=context, cause=cause, now=now)
    tutor = internship.host_tutor
    if not (tutor.email or tutor.phone):
        return None
    return queue(
        key=key,
        channel=Channel.EMAIL if tutor.email else Channel.SMS,
        to=tutor.email or tutor.phone,
        language=settings.LANGUAGE_CODE,
        template="internships/messages/evaluate_host",
        context=context,
        now=now,
        cause=cause,
    )


def asked_later(later, *, now: datetime):
    """To the intern, six months on."""
    internship = later.internship
    key = f"outcome-later:{internship.pk}"
    context = {
        "host": internship.unit.host,
        "person": internship.participation.person,
        "url": absolute_url("internships:later-by-link", LATER_LINKS.token(later.pk)),
    }
    return _to_intern(internship, key=key, template="later", context=context, cause=key, now=now)


def _to_intern(internship, *, key, template, context, now, cause=""):
    person = internship.participation.person
    way = reach(person) if person.limited_at is None else None
    if way is None:
        return None
    channel, to = way
    return queue(
        key=key,
        channel=channel,
        to=to,
        language=person.language,
        template=f"internships/messages/{template}",
        context=context,
        now=now,
        about=person,
        cause=cause or f"internship:{internship.pk}",
        topic="internships",
    )
