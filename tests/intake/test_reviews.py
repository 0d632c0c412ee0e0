"""The day to look at the plan again: both are told once, and not when they meet anyway."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from foundation.communications.models import OutgoingMessage
from intake import actions

ROME = ZoneInfo("Europe/Rome")


def at(days, hour=9):
    """So many days before the day of the plan, 3 August 2026."""
    return datetime(2026, 8, 3, hour, tzinfo=ROME) - timedelta(days=days)


def remind(moment):
    """What is told of the review at `moment`: {address: text}."""
    before = set(OutgoingMessage.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        actions.write_due_reminders(now=moment)
    rows = OutgoingMessage.objects.exclude(pk__in=before).filter(key__contains=":review:")
    return {row.to: row.text for row in rows}


def test_the_review_is_reminded_of_once(agreed, operator, young_person):
    assert agreed.review_on.isoformat() == "2026-08-03"
    assert remind(at(8)) == {}
    assert remind(at(7, hour=8)) == {}
    told = remind(at(7))
    assert set(told) == {young_person.email, operator.email}
    assert "/prenota/plan_review/" in told[young_person.email]
    assert "lunedì 3 agosto" in told[young_person.email]
    # No name leaves in a mail to staff.
    assert young_person.first_name not in told[operator.email]
    assert young_person.last_name not in told[operator.email]
    assert str(agreed.participation_id) in told[operator.email]
    assert [remind(at(days)) for days in (6, 3, 0, -1)] == [{}] * 4


def test_who_meets_anyway_is_not_asked_to(agreed, operator):
    actions.book_appointment(
        participation=agreed.participation,
        operator=operator,
        kind="plan_review",
        mode="phone",
        starts_at=at(2),
        ends_at=at(2, hour=10),
        by=operator,
        now=at(9),
    )
    assert remind(at(7)) == {}


@pytest.mark.parametrize("ended", ["changed", "dropped"])
def test_no_reminder_of_a_plan_that_does_not_hold(agreed, goal, operator, ended):
    if ended == "changed":
        actions.change_goal(goal=goal, title="Altro", project="life", by=operator, now=at(9))
    else:
        agreed.participation.refresh_from_db()
        actions.end_participation(participation=agreed.participation, ending="moved", by=operator, now=at(9))
    assert remind(at(7)) == {}


def test_a_new_day_is_reminded_of_anew(agreed, goal, operator, young_person):
    assert remind(at(7))
    actions.change_goal(goal=goal, title="Altro", project="life", by=operator, now=at(6))
    later = agreed.review_on + timedelta(days=30)
    actions.propose_plan(plan=agreed, review_on=later, by=operator, now=at(6))
    actions.agree_plan(plan=agreed, by=young_person.user, now=at(6))
    assert set(remind(at(7 - 30))) == {young_person.email, operator.email}
