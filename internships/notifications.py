"""What an intern is told, through the outbox."""

from datetime import datetime

from accounts.queries import reach
from foundation.communications.actions import queue
from internships.enums import InternshipState
from migwork.links import absolute_url

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
            "url": absolute_url("internships:internship-detail", internship.pk),
        },
        now=now,
        about=person,
        cause=f"internship:{internship.pk}",
        topic="internships",
    )
