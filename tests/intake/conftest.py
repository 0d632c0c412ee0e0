"""A participation at each stage, brought there by the real actions."""

from datetime import timedelta

import pytest

from intake import actions
from tests import factories


@pytest.fixture
def questionnaire(edition):
    return factories.QuestionnaireFactory(key="first-interview")


@pytest.fixture
def received(participation, operator, now):
    actions.receive(
        participation=participation,
        channel="walk_in",
        sent_by="",
        need="Un corso",
        information_given="",
        next_step="Un colloquio",
        by=operator,
        now=now,
    )
    participation.refresh_from_db()
    return participation


@pytest.fixture
def plan(received, operator, now):
    return actions.start_plan(participation=received, by=operator, now=now)


@pytest.fixture
def goal(plan, operator, now):
    return actions.add_goal(plan=plan, title="Lavorare in un bar", by=operator, now=now)


@pytest.fixture
def action(goal, operator, now):
    """An errand due in a week."""
    return actions.add_action(
        goal=goal,
        title="Scrivere il curriculum",
        kind="errand",
        due_on=now.date() + timedelta(days=7),
        hours_planned=2,
        by=operator,
        now=now,
    )


@pytest.fixture
def proposed(plan, action, operator, now):
    return actions.propose_plan(plan=plan, review_on=now.date() + timedelta(days=90), by=operator, now=now)


@pytest.fixture
def agreed(proposed, young_person, now):
    return actions.agree_plan(plan=proposed, version=1, by=young_person.user, now=now)


@pytest.fixture
def appointment(participation, operator, now):
    """Tomorrow at eleven, for half an hour."""
    return actions.book_appointment(
        participation=participation,
        operator=operator,
        kind="interview",
        mode="place",
        place="via Dogana 2",
        starts_at=now + timedelta(hours=25),
        ends_at=now + timedelta(hours=25, minutes=30),
        by=operator,
        now=now,
    )


@pytest.fixture
def referral(received, partner, operator, now):
    return actions.refer(
        participation=received, organisation=partner, purpose="internship", note="Ama i cavalli", by=operator, now=now
    )
