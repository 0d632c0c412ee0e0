"""Messages to the young person about a place: by e-mail or SMS, from the one outbox."""

from django.conf import settings
from django.utils import timezone

from accounts.queries import reach
from foundation.communications.actions import queue
from migwork.links import absolute_url
from pathways.notifications.certificates import certificate_issued, certificate_revoked

__all__ = [
    "certificate_issued",
    "certificate_revoked",
    "enrolled",
    "list_closed",
    "place_found",
    "run_cancelled",
    "unsigned",
    "waiting",
]


def enrolled(enrolment, *, now):
    _tell(enrolment, "enrolled", now)


def waiting(enrolment, *, position, now):
    _tell(enrolment, "waiting", now, position=position)


def place_found(enrolment, *, now):
    _tell(enrolment, "place_found", now)


def list_closed(enrolment, *, now):
    _tell(enrolment, "list_closed", now)


def run_cancelled(enrolment, *, now):
    _tell(enrolment, "run_cancelled", now)


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


def _tell(enrolment, occasion, now, **context):
    """Each occasion once per enrolment. Whoever has no address is told by their operator."""
    person = enrolment.participation.person
    address = reach(person)
    if address is None:
        return
    channel, to = address
    run = enrolment.run
    session = run.sessions.filter(starts_at__gte=now).first()
    queue(
        key=f"pathways:{occasion}:{enrolment.pk}",
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
        cause=f"enrolment:{enrolment.pk}",
        topic="enrolments",
    )
