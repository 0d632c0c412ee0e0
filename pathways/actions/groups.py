"""Several people enrolled at once by an operator."""

from dataclasses import dataclass

from intake.models import Participation
from migwork.errors import NotNow
from pathways.actions.enrolment import enrol
from pathways.models import Enrolment, Run


@dataclass(frozen=True)
class Line:
    """What came of one person: the enrolment, or the sentence why there is none."""

    participation: Participation
    enrolment: Enrolment | None
    sentence: str = ""


def enrol_together(*, run: Run, participations, by, now) -> list[Line]:
    """Enrol each in turn, as `enrol` does; one who cannot take part holds up nobody. By an operator.

    A place each while there are some, then the waiting list, in the order given. Each in a transaction of their
    own: what is done for one stays whatever comes of the next.
    """
    lines = []
    for participation in participations:
        try:
            enrolment = enrol(run=run, participation=participation, by=by, now=now)
        except NotNow as reason:
            lines.append(Line(participation, None, reason.message))
        else:
            lines.append(Line(participation, enrolment))
    return lines
