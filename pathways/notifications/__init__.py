"""Messages to the young person about a place: by e-mail or SMS, from the one outbox."""

from django.conf import settings
from django.utils import timezone

from accounts.queries import reach
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from migwork.links import absolute_url
from pathways.enums import EnrolmentState
from pathways.notifications.activities import activity_returned, activity_to_check
from pathways.notifications.assessments import asked_about_activity, assessment_cause
from pathways.notifications.certificates import certificate_issued, certificate_revoked
from pathways.notifications.modules import modules_enrolled
from pathways.notifications.searches import news_of_searches
from pathways.notifications.trainers import sessions_changed_for_trainers
from pathways.queries.offers import offer_token
from pathways.queries.sessions import late_from

__all__ = [
    "activity_returned",
    "activity_to_check",
    "asked_about_activity",
    "assessment_cause",
    "certificate_issued",
    "certificate_revoked",
    "enrolled",
    "list_closed",
    "modules_enrolled",
    "moved",
    "news_of_searches",
    "offer_cause",
    "offer_lapsed",
    "place_offered",
    "run_cancelled",
    "sessions_changed",
    "sessions_changed_for_trainers",
    "unsigned",
    "waiting",
]


def enrolled(enrolment, *, now):
    _tell(enrolment, "enrolled", now)


def waiting(enrolment, *, position, now):
    _tell(enrolment, "waiting", now, position=position)


def offer_cause(enrolment) -> str:
    """What the message of an offer is called off by, once it is answered or has lapsed."""
    return f"offer:{enrolment.pk}"


def place_offered(enrolment, *, now):
    """A place is kept for them: yes or no by a link that needs no sign-in."""
    until = timezone.localtime(enrolment.offered_until)
    answer = absolute_url("pathways:offer-link", offer_token(enrolment))
    told = _tell(
        enrolment, "place_offered", now, cause=offer_cause(enrolment), before=until, until=until, answer=answer
    )
    operator = enrolment.participation.operator
    if told is None and operator is not None and operator.email and operator.is_active:
        # Nobody else can tell them in time.
        queue(
            key=f"pathways:offer_by_operator:{enrolment.pk}",
            channel=Channel.EMAIL,
            to=operator.email,
            language=operator.language,
            template="pathways/messages/offer_by_operator",
            context={"until": until, "url": absolute_url("pathways:enrolment-detail", enrolment.pk)},
            now=now,
            cause=offer_cause(enrolment),
            before=until,
        )


def offer_lapsed(enrolment, *, now):
    """Nobody answered: the place went to the next, and one may ask again."""
    activity = absolute_url("pathways:opportunity-detail", enrolment.run.opportunity.slug)
    _tell(enrolment, "offer_lapsed", now, activity=activity)


def moved(enrolment, *, now):
    """To other dates of the same activity."""
    _tell(enrolment, "moved", now, has_place=enrolment.state == EnrolmentState.ENROLLED)


def list_closed(enrolment, *, now):
    _tell(enrolment, "list_closed", now)


def run_cancelled(enrolment, *, now):
    _tell(enrolment, "run_cancelled", now)


def sessions_changed(enrolment, changes, last_at, *, now):
    """What was and what is, in one message for all `changes`; `last_at` is the moment of the last of them."""
    _tell(
        enrolment,
        "sessions_changed",
        now,
        each=last_at.isoformat(),
        before=late_from(changes, now),
        changes=changes,
        is_offered=enrolment.state == EnrolmentState.OFFERED,
    )


def unsigned(person, consent, enrolments, *, now):
    """Whoever signs for a minor did not agree: which places went to others, and that the door stays open."""
    address = reach(person)
    if address is None:
        return
    channel, to = address
    queue(
        key=f"pathways:unsigned:{consent.pk}:{consent.state}",
        channel=channel,
        to=to,
        language=person.language,
        template="pathways/messages/unsigned",
        context={
            "name": person.called,
            "titles": [enrolment.run.opportunity.title for enrolment in enrolments],
            "contact": settings.CONTACT_EMAIL,
            "has_account": person.user_id is not None,
            "url": absolute_url("accounts:my-representatives"),
        },
        now=now,
        about=person.pk,
        cause=f"consent:{consent.pk}",
        topic="enrolments",
    )


def _tell(enrolment, occasion, now, *, each="", cause="", before=None, **context):
    """Each occasion once per enrolment, or once for each `each` of them; None for whoever has no address.

    Those their operator tells.
    """
    person = enrolment.participation.person
    address = reach(person)
    if address is None:
        return None
    channel, to = address
    run = enrolment.run
    session = run.sessions.filter(starts_at__gte=now).first()
    return queue(
        key=f"pathways:{occasion}:{enrolment.pk}{each and f':{each}'}",
        channel=channel,
        to=to,
        language=person.language,
        template=f"pathways/messages/{occasion}",
        context={
            "name": person.called,
            "title": run.opportunity.title,
            "starts_on": run.starts_on,
            "first_session": timezone.localtime(session.starts_at) if session else None,
            "place": (session.place if session else "") or run.opportunity.place,
            "contact": run.opportunity.contact,
            "has_account": person.user_id is not None,
            "url": absolute_url("pathways:enrolment-detail", enrolment.pk),
            "catalogue": absolute_url("pathways:opportunity-list"),
            **context,
        },
        now=now,
        about=person.pk,
        cause=cause or f"enrolment:{enrolment.pk}",
        topic="enrolments",
        before=before,
    )
