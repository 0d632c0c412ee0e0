"""A small edition with a fact of every kind, and with what must not count."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake.enums import AppointmentState
from internships.enums import InternshipState
from pathways.enums import AttendanceState
from programme.enums import Tie
from programme.models import MacroAction
from tests import factories as f

ROME = ZoneInfo("Europe/Rome")


def somebody(edition, name, **fields):
    """A person without an account, in `edition` since a month."""
    opened_at = fields.pop("opened_at", None) or datetime(2026, 4, 1, 9, tzinfo=ROME)
    person = f.YoungPersonFactory(user=None, first_name=name, last_name="Prova", **fields)
    return f.ParticipationFactory(person=person, edition=edition, opened_at=opened_at)


@pytest.fixture
def macro_actions(edition):
    return {m.number: m for m in MacroAction.objects.filter(edition=edition)}


@pytest.fixture
def course(edition, partner, macro_actions):
    """A training course of `partner` in macro-action 4 with one session, three weeks ago."""
    opportunity = f.OpportunityFactory(edition=edition, organisation=partner, macro_action=macro_actions[4])
    run = f.RunFactory(opportunity=opportunity)
    return f.SessionFactory(run=run, starts_at=datetime(2026, 4, 14, 9, tzinfo=ROME))


@pytest.fixture
def workshop(edition, other_partner, macro_actions):
    """A soft-skills workshop of `other_partner` in macro-action 3."""
    opportunity = f.OpportunityFactory(edition=edition, organisation=other_partner, macro_action=macro_actions[3])
    run = f.RunFactory(opportunity=opportunity)
    return f.SessionFactory(run=run, starts_at=datetime(2026, 4, 16, 9, tzinfo=ROME))


def attend(session, participation, state=AttendanceState.PRESENT, hours="4.00"):
    enrolment = f.EnrolmentFactory(run=session.run, participation=participation, asked_at=session.starts_at)
    return f.AttendanceFactory(session=session, enrolment=enrolment, state=state, hours=hours)


@pytest.fixture
def facts(edition, city, partner, other_partner, macro_actions, course, workshop):
    """Eight who count as involved, of whom three in training; and many who do not."""
    start, end = edition.starts_on, edition.ends_on
    midnight = datetime(start.year, start.month, start.day, tzinfo=ROME)
    early = datetime(2025, 10, 1, 9, tzinfo=ROME)

    received = somebody(edition, "Received")
    f.ReceptionFactory(participation=received, organisation=city, at=datetime(2026, 4, 2, 10, tzinfo=ROME))
    interviewed = somebody(edition, "Interviewed")
    moment = datetime(2026, 4, 3, 10, tzinfo=ROME)
    f.InterviewFactory(participation=interviewed, organisation=city, started_at=moment, completed_at=moment)
    seen = somebody(edition, "Seen")
    f.AppointmentFactory(
        participation=seen, organisation=city, state=AppointmentState.SEEN, starts_at=moment - timedelta(days=1)
    )
    in_course = somebody(edition, "Course")
    attend(course, in_course)
    f.ReceptionFactory(participation=in_course, organisation=city, at=datetime(2026, 4, 5, 10, tzinfo=ROME))
    late_in_course = somebody(edition, "Late")
    attend(course, late_in_course, AttendanceState.LATE, "3.50")
    # The same person also in a workshop of another partner: once in each, once in all.
    attend(workshop, late_in_course)
    in_workshop = somebody(edition, "Workshop")
    attend(workshop, in_workshop)
    intern = somebody(edition, "Intern")
    internship = f.InternshipFactory(
        participation=intern,
        promoter=partner,
        macro_action=macro_actions[4],
        state=InternshipState.RUNNING,
        starts_on=date(2026, 4, 20),
    )
    for offset in (0, 1):
        f.RegisterDayFactory(internship=internship, on=date(2026, 4, 20) + timedelta(days=offset))
    # The first minute of the edition's first day in Rome is still the day before in UTC.
    on_the_first_minute = somebody(edition, "Minute", opened_at=early)
    f.ReceptionFactory(participation=on_the_first_minute, organisation=city, at=midnight)

    # None of these counts.
    just_before = somebody(edition, "Before", opened_at=early)
    f.ReceptionFactory(participation=just_before, organisation=city, at=midnight - timedelta(seconds=1))
    booked = somebody(edition, "Booked")
    f.AppointmentFactory(participation=booked, organisation=city)
    missed = somebody(edition, "Missed")
    f.AppointmentFactory(
        participation=missed, organisation=city, state=AppointmentState.NO_SHOW, starts_at=moment - timedelta(days=2)
    )
    unfinished = somebody(edition, "Unfinished")
    f.InterviewFactory(participation=unfinished, organisation=city)
    absent = somebody(edition, "Absent")
    attend(course, absent, AttendanceState.ABSENT, "0")
    excused = somebody(edition, "Excused")
    attend(course, excused, AttendanceState.EXCUSED, "0")
    somebody(edition, "Signed up only")
    too_old = somebody(edition, "Old", birth_date=date(1991, 4, 1))
    attend(course, too_old)
    untied = somebody(edition, "Untied", tie=Tie.NONE)
    attend(course, untied)
    elsewhere = f.ParticipationFactory(person=f.YoungPersonFactory(user=None), edition=f.EditionFactory())
    f.ReceptionFactory(participation=elsewhere, organisation=city, at=moment)
    # Still 34 on the day the participation opened, 35 since: counts.
    grown = somebody(edition, "Grown", birth_date=date(1991, 4, 2))
    f.ReceptionFactory(participation=grown, organisation=city, at=datetime(2026, 4, 20, 10, tzinfo=ROME))
    after = somebody(edition, "After")
    after_end = datetime(end.year, end.month, end.day, tzinfo=ROME) + timedelta(days=1)
    f.ReceptionFactory(participation=after, organisation=city, at=after_end)
    return {"involved": 9, "in_training": 3}
