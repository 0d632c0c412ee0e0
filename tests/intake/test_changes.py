"""An operator hears of what others change in their agenda: on the page, and by one mail a day at most."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from intake import actions
from intake.models import AgendaChange
from intake.queries.calendars import changes_for, last_working_day
from migwork import repeats
from tests import factories

ROME = ZoneInfo("Europe/Rome")


def rome(*when):
    return datetime(*when, tzinfo=ROME)


@pytest.fixture
def slots(operator, city, now):
    """Every day at eleven and at half past, from Tuesday 5 May 2026 on."""
    hours = actions.publish_availability(
        organisation=city,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(11),
        closes_at=time(12),
        minutes=30,
        first_day=date(2026, 5, 5),
        last_day=date(2026, 5, 20),
        mode="place",
        by=operator,
        now=now,
    )
    return list(hours.slots.all())


@pytest.fixture
def booked(participation, slots, now):
    """Tomorrow at eleven, by Amina."""
    me = participation.person.user
    return actions.book_slot(participation=participation, slot=slots[2], kind="reception", by=me, now=now)


def tell(at):
    with time_machine.travel(at, tick=False):
        return actions.tell_operators(now=at)


def mails():
    return list(OutgoingMessage.objects.filter(key__startswith="agenda-").order_by("created_at", "key"))


def test_the_agenda_says_what_others_changed_since_the_last_working_day(booked, slots, operator, as_user, now):
    me = booked.participation.person.user
    actions.move_appointment(appointment=booked, slot=slots[4], by=me, now=now)
    page = as_user(operator).get(reverse("intake:agenda")).content.decode()
    assert "2 cambiamenti fatti da altri da lunedì 4 maggio" in page
    assert "era mercoledì 6 maggio, 11:00" in page
    actions.cancel_own_appointment(appointment=booked, by=me, now=now)
    assert [row.kind for row in changes_for(operator, now).rows].count("called_off") == 1
    assert changes_for(operator, now + timedelta(days=3)).rows == []


def test_what_one_does_oneself_one_knows(participation, operator, other_operator, now):
    def book(by, hours):
        actions.book_appointment(
            participation=participation,
            operator=operator,
            kind="interview",
            mode="place",
            starts_at=now + timedelta(hours=hours),
            ends_at=now + timedelta(hours=hours, minutes=30),
            by=by,
            now=now,
        )

    book(operator, 24)
    assert changes_for(operator, now).rows == []
    book(other_operator, 26)
    assert len(changes_for(operator, now).rows) == 1


def test_a_move_to_a_colleague_is_told_to_both(booked, slots, operator, other_operator, city, now):
    slot = factories.SlotFactory(
        availability__organisation=city, availability__operator=other_operator, starts_at=now + timedelta(days=4)
    )
    AgendaChange.objects.all().delete()
    actions.move_appointment(appointment=booked, slot=slot, by=booked.participation.person.user, now=now)
    assert [(row.kind, row.starts_at) for row in changes_for(operator, now).rows] == [
        ("called_off", slots[2].starts_at)
    ]
    assert [(row.kind, row.starts_at) for row in changes_for(other_operator, now).rows] == [("booked", slot.starts_at)]


def test_eleven_people_make_one_mail_in_the_morning_without_a_name(slots, operator, edition, now):
    for slot in slots[2:13]:
        way = factories.ParticipationFactory(edition=edition, person__first_name="Zoe")
        actions.book_slot(participation=way, slot=slot, kind="reception", by=way.person.user, now=now)
    assert tell(rome(2026, 5, 5, 18)) == 0
    assert tell(rome(2026, 5, 6, 6, 59)) == 0
    assert tell(rome(2026, 5, 6, 7, 4)) == 1
    assert tell(rome(2026, 5, 6, 7, 9)) == 0
    (mail,) = mails()
    assert mail.to == operator.email
    assert mail.text.count("prenotato") == 11
    assert "Zoe" not in mail.text + mail.subject


def test_nobody_hears_of_work_at_the_weekend_or_on_a_holiday(participation, slots, operator):
    """Booked on Friday 29 May: told on Wednesday 3 June, after the weekend, a Monday's rest and the Republic's day."""
    friday = rome(2026, 5, 29, 15)
    factories.AgendaChangeFactory(appointment__operator=operator, at=friday, starts_at=rome(2026, 6, 8, 9))
    assert tell(rome(2026, 5, 30, 8)) == 0
    assert tell(rome(2026, 5, 31, 8)) == 0
    assert tell(rome(2026, 6, 1, 8)) == 1
    factories.AgendaChangeFactory(
        appointment__operator=operator, at=rome(2026, 6, 1, 15), appointment__starts_at=rome(2026, 6, 9, 9)
    )
    assert tell(rome(2026, 6, 2, 8)) == 0
    assert tell(rome(2026, 6, 3, 8)) == 1
    assert last_working_day(date(2026, 6, 3)) == date(2026, 6, 1)


def test_a_portal_that_was_down_in_the_morning_makes_up_for_it_until_noon(booked, now):
    assert tell(rome(2026, 5, 6, 10, 59)) == 1
    factories.AgendaChangeFactory(appointment=booked, at=rome(2026, 5, 6, 12))
    assert tell(rome(2026, 5, 7, 11)) == 0
    assert tell(rome(2026, 5, 8, 7)) == 1


def test_whoever_wants_it_hears_at_once_of_what_changes_today(booked, slots, operator, now):
    actions.choose_news(news="today", by=operator, now=now)
    assert tell(now + timedelta(minutes=5)) == 0  # tomorrow can wait
    morning = rome(2026, 5, 6, 8)
    assert tell(morning) == 1
    with time_machine.travel(morning, tick=False):
        actions.cancel_own_appointment(appointment=booked, by=booked.participation.person.user, now=morning)
    assert tell(morning + timedelta(minutes=5)) == 1
    assert tell(morning + timedelta(minutes=10)) == 0
    assert "annullato" in mails()[-1].text


def test_whoever_wants_no_mail_gets_none_and_still_sees_it(booked, operator, now):
    actions.choose_news(news="never", by=operator, now=now)
    assert tell(rome(2026, 5, 6, 8)) == 0
    assert mails() == []
    assert len(changes_for(operator, now).rows) == 1


def test_it_is_forgotten_after_two_weeks(booked, now):
    assert actions.forget_past_changes(now=now + timedelta(days=14)) == 0
    assert actions.forget_past_changes(now=now + timedelta(days=15)) == 1
