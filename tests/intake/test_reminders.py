"""Reminders: once each, at the right hour, also after silence, midnight and the change of the clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from foundation.communications.models import OutgoingMessage
from intake import actions
from tests import factories

ROME = ZoneInfo("Europe/Rome")


def rome(*when):
    return datetime(*when, tzinfo=ROME)


def reminders(kind="reminder"):
    return list(OutgoingMessage.objects.filter(key__contains=f":{kind}:").order_by("key"))


def remind(at):
    with time_machine.travel(at, tick=False):
        return actions.write_due_reminders(now=at)


@pytest.fixture
def booked(participation, operator):
    """`booked(starts, booked_at)`: an appointment as if booked then."""

    def make(starts, booked_at=None):
        return factories.AppointmentFactory(
            participation=participation,
            operator=operator,
            starts_at=starts,
            booked_at=booked_at or rome(2026, 1, 1, 10),
        )

    return make


def test_an_appointment_of_tomorrow_is_reminded_of_once(booked):
    booked(rome(2026, 5, 6, 11))
    assert remind(rome(2026, 5, 5, 8, 59)) == 0
    assert remind(rome(2026, 5, 5, 9)) == 1
    assert remind(rome(2026, 5, 5, 9, 5)) == 0
    assert remind(rome(2026, 5, 6, 9)) == 0
    assert "domani" in reminders()[0].text


def test_a_portal_that_was_down_makes_up_for_it(booked):
    booked(rome(2026, 5, 6, 11))
    assert remind(rome(2026, 5, 5, 20)) == 1
    booked(rome(2026, 5, 8, 8, 30))
    assert remind(rome(2026, 5, 8, 6, 59)) == 0
    assert remind(rome(2026, 5, 8, 7)) == 1
    assert "oggi" in reminders()[-1].text or "oggi" in reminders()[0].text
    booked(rome(2026, 5, 10, 9))
    assert remind(rome(2026, 5, 10, 9)) == 0  # it begins now


def test_an_appointment_is_reminded_of_seven_days_and_one_day_before(booked):
    booked(rome(2026, 5, 12, 11))
    told = [remind(rome(2026, 5, day, 9)) for day in range(3, 13)]
    assert told == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0]
    first, second = sorted(reminders(), key=lambda message: message.created_at)
    assert "martedì 12 maggio alle 11:00" in first.text
    assert "domani" not in first.text
    assert "domani" in second.text


def test_the_edition_says_how_many_days_before(booked, edition):
    edition.reminder_days = [3]
    edition.save()
    booked(rome(2026, 5, 12, 11))
    assert [remind(rome(2026, 5, day, 9)) for day in range(5, 13)] == [0, 0, 0, 0, 1, 0, 0, 0]
    edition.reminder_days = []
    edition.save()
    booked(rome(2026, 5, 20, 11))
    assert sum(remind(rome(2026, 5, day, 9)) for day in range(12, 21)) == 0


def test_who_chose_the_hour_a_moment_ago_is_not_reminded_of_it(booked):
    booked(rome(2026, 5, 12, 11), booked_at=rome(2026, 5, 5, 8))
    assert remind(rome(2026, 5, 5, 9)) == 0
    assert remind(rome(2026, 5, 6, 9)) == 0
    assert remind(rome(2026, 5, 11, 9)) == 1


def test_in_quiet_hours_nobody_is_reminded_and_right_after_them_it_is_still_true(booked, participation):
    """Also over midnight: what was due yesterday says "today", not "tomorrow"."""
    factories.PreferenceFactory(about=participation.person_id, quiet_from=time(8), quiet_to=time(7, 30))
    booked(rome(2026, 5, 6, 11))
    assert remind(rome(2026, 5, 5, 9)) == 0
    assert remind(rome(2026, 5, 5, 20)) == 0
    assert remind(rome(2026, 5, 6, 7)) == 0
    assert remind(rome(2026, 5, 6, 7, 35)) == 1
    (message,) = reminders()
    assert "oggi" in message.text
    assert message.not_before == message.created_at


def test_nobody_is_reminded_in_the_night(booked):
    booked(rome(2026, 5, 6, 11))
    assert remind(rome(2026, 5, 5, 21)) == 0
    assert remind(rome(2026, 5, 6, 3)) == 0
    assert remind(rome(2026, 5, 6, 7)) == 1


def test_booked_today_for_today_needs_no_reminder(booked):
    booked(rome(2026, 5, 5, 16), booked_at=rome(2026, 5, 5, 10))
    assert remind(rome(2026, 5, 5, 10, 5)) == 0


@pytest.mark.parametrize(
    ("starts", "today", "due"),
    [
        (rome(2026, 5, 6, 0, 0), rome(2026, 5, 5, 9), 1),  # the first minute of tomorrow
        (rome(2026, 5, 6, 23, 59), rome(2026, 5, 5, 9), 1),  # the last
        (rome(2026, 5, 7, 0, 0), rome(2026, 5, 5, 23, 59), 0),  # the day after
        (rome(2026, 3, 29, 8), rome(2026, 3, 28, 9), 1),  # the night has 23 hours
        (rome(2026, 3, 30, 0, 30), rome(2026, 3, 28, 23), 0),
        (rome(2026, 10, 25, 23, 30), rome(2026, 10, 24, 9), 1),  # the day has 25 hours
        (rome(2028, 2, 29, 10), rome(2028, 2, 28, 9), 1),
        (rome(2028, 3, 1, 10), rome(2028, 2, 28, 9), 0),
    ],
)
def test_tomorrow_is_the_next_calendar_day_in_milan(booked, starts, today, due):
    booked(starts)
    assert remind(today) == due


def test_cancelled_appointments_are_silent_before_and_after(booked, operator):
    told, untold = booked(rome(2026, 5, 6, 11)), booked(rome(2026, 5, 6, 15))
    with time_machine.travel(rome(2026, 5, 5, 9), tick=False):
        actions.record_outcome(appointment=untold, verb="excuse", by=operator, now=rome(2026, 5, 5, 9))
    assert remind(rome(2026, 5, 5, 9)) == 1
    with time_machine.travel(rome(2026, 5, 5, 9, 1), tick=False):
        actions.record_outcome(appointment=told, verb="cancel", by=operator, now=rome(2026, 5, 5, 9, 1))
    assert [m.state for m in reminders()] == ["cancelled"]


def test_an_overdue_step_is_told_once_for_each_date(agreed, action, young_person, operator, now):
    due = action.due_on
    assert remind(rome(due.year, due.month, due.day, 12)) == 0
    day_after = rome(due.year, due.month, due.day, 9) + timedelta(days=1)
    assert remind(day_after) == 1
    assert remind(day_after + timedelta(days=3)) == 0
    with time_machine.travel(day_after, tick=False):
        actions.change_action(
            action=action,
            title=action.title,
            kind="errand",
            due_on=due + timedelta(days=10),
            hours_planned=2,
            by=operator,
            now=day_after,
        )
        agreed.refresh_from_db()
        actions.propose_plan(plan=agreed, review_on=date(2026, 9, 1), by=operator, now=day_after)
        actions.agree_plan(plan=agreed, by=young_person.user, now=day_after)
    assert remind(day_after + timedelta(days=10)) == 1
    assert len(reminders("overdue")) == 2


def test_no_reminder_for_what_is_done_unagreed_or_long_past(agreed, action, plan, young_person, now):
    with time_machine.travel(rome(2026, 5, 30, 12), tick=False):
        assert actions.write_due_reminders(now=rome(2026, 5, 30, 12)) == 0  # eighteen days late
    actions.finish_errand(action=action, by=young_person.user, now=now)
    assert remind(rome(2026, 5, 13, 12)) == 0


def test_no_reminder_before_the_young_person_agreed(proposed, action):
    assert remind(rome(2026, 5, 13, 12)) == 0


def test_many_overdue_steps_are_all_told(agreed, goal, action, monkeypatch):
    monkeypatch.setattr("intake.actions.reminders.AT_ONCE", 3)
    for _ in range(7):
        factories.PlanActionFactory(goal=goal, due_on=action.due_on)
    assert remind(rome(2026, 5, 13, 12)) == 8


def test_many_appointments_are_all_told_also_behind_those_told_before(booked, monkeypatch):
    monkeypatch.setattr("intake.actions.reminders.AT_ONCE", 3)
    for hour in range(8, 12):
        booked(rome(2026, 5, 6, hour))
    assert remind(rome(2026, 5, 5, 9)) == 4
    for hour in range(12, 16):
        booked(rome(2026, 5, 6, hour))
    assert remind(rome(2026, 5, 5, 9, 5)) == 4


def test_looking_again_costs_a_constant_number_of_queries(booked, django_assert_max_num_queries):
    for hour in range(8, 18):
        booked(rome(2026, 5, 6, hour))
    remind(rome(2026, 5, 5, 9))
    with django_assert_max_num_queries(5):
        assert remind(rome(2026, 5, 5, 9, 5)) == 0
