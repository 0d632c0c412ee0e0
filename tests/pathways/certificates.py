"""A course with a rule, over, with people who did more or less of it."""

from decimal import Decimal

from pathways.enums import AttendanceState, EnrolmentState
from tests import factories
from tests.pathways import ways


def completed(run, participation, *, sessions=None, state=EnrolmentState.COMPLETED):
    """Somebody who was at the first `sessions` of the run (None: at all) and whose way in it ended."""
    enrolment = factories.EnrolmentFactory(run=run, participation=participation, state=state)
    for session in list(run.sessions.all())[:sessions]:
        factories.AttendanceFactory(
            session=session, enrolment=enrolment, hours=session.hours, state=AttendanceState.PRESENT
        )
    return enrolment


def finished_run(opportunity, now, *, sessions=4, hours=5, places=300):
    """A run of four sessions of five hours, that ended."""
    run = ways.started_run(opportunity, now, sessions=sessions, hours=hours, places=places)
    run.state = "completed"
    run.hours = Decimal(sessions * hours)
    run.save()
    run.sessions.update(recorded_at=now)
    return run


def group(run, edition, people):
    """So many more people who completed it."""
    return [completed(run, ways.taker(edition, last_name=f"Prova {number:03}")) for number in range(people)]
