"""What an intern is told, through the outbox."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.queries import reach
from foundation.communications.actions import queue
from internships.enums import InternshipState

TOLD = (InternshipState.AGREED, InternshipState.RUNNING, InternshipState.COMPLETED)


def tell(internship, *, now: datetime) -> None:
    """Write to the intern when their internship is agreed, starts or is completed; each once."""
    person = internship.participation.person
    if internship.state not in TOLD or not (way := reach(person)):
        return
    channel, to = way
    queue(
        key=f"internship:{internship.pk}:{internship.state}",
        channel=channel,
        to=to,
        language=person.language,
        template=f"internships/messages/{internship.state}",
        context={
            "person": person,
            "internship": internship,
            "host": internship.unit.host,
            "url": settings.SITE_URL + reverse("internships:internship-detail", args=[internship.pk]),
        },
        now=now,
        about=person,
        cause=f"internship:{internship.pk}",
        topic="internships",
    )
