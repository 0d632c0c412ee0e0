"""What people are told about their certificates."""

from accounts.queries import reach
from foundation.communications.actions import queue
from migwork.links import absolute_url


def certificate_issued(certificate, *, now):
    _tell(certificate, "certificate_issued", now, again=certificate.replaces_id is not None)


def certificate_revoked(certificate, *, now):
    _tell(certificate, "certificate_revoked", now)


def _tell(certificate, occasion, now, **context):
    """Once for each certificate. Why one was taken back is told on the page, behind the sign-in."""
    person = certificate.enrolment.participation.person
    address = reach(person)
    if address is None:
        return
    channel, to = address
    queue(
        key=f"pathways:{occasion}:{certificate.pk}",
        channel=channel,
        to=to,
        language=person.language,
        template=f"pathways/messages/{occasion}",
        context={
            "name": person.called,
            "title": certificate.activity,
            "contact": certificate.enrolment.run.opportunity.contact,
            "has_account": person.user_id is not None,
            "url": absolute_url("pathways:certificate-list"),
            **context,
        },
        now=now,
        about=person.pk,
        cause=f"certificate:{certificate.pk}",
        topic="documents",
    )
