"""A young person's own appointments: booked, moved, cancelled; messages and reminders follow."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from foundation.communications.models import OutgoingMessage
from intake import actions, repeats
from intake.models import Appointment, Slot
from migwork.errors import NotNow
from tests import factories

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def hours(operator, city, now):
    """Every day at eleven and at half past, for a week."""
    return actions.publish_availability(
        organisation=city,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(11),
        closes_at=time(12),
        minutes=30,
        first_day=date(2026, 5, 5),
        last_day=date(2026, 5, 12),
        mode="place",
        place="via Dogana 2",
        by=operator,
        now=now,
    )


@pytest.fixture
def slots(hours):
    """Today's eleven is an hour away: near enough to be booked."""
    return list(hours.slots.all())


@pytest.fixture
def me(participation):
    return participation.person.user


@pytest.fixture
def booked(participation, slots, me, now):
    """Tomorrow at eleven."""
    return actions.book_slot(participation=participation, slot=slots[2], kind="reception", by=me, now=now)


def taken(slot):
    slot.refresh_from_db()
    return slot.taken


def test_a_booked_hour_is_told_and_nobody_else_s(booked, slots, operator, participation, edition, now):
    assert booked.operator == operator
    assert booked.place == "via Dogana 2"
    assert taken(slots[2]) == 1
    assert "11:00" in OutgoingMessage.objects.get(key=f"appointment:{booked.pk}:booked").text
    participation.refresh_from_db()
    assert participation.operator == operator
    other = factories.ParticipationFactory(edition=edition)
    with pytest.raises(NotNow) as refusal:
        actions.book_slot(participation=other, slot=slots[2], kind="reception", by=other.person.user, now=now)
    assert refusal.value.code == "taken"


def test_an_hour_at_which_the_operator_is_busy_is_not_offered(slots, operator, participation, edition, me, now):
    other = factories.ParticipationFactory(edition=edition)
    actions.book_appointment(
        participation=other,
        operator=operator,
        kind="interview",
        mode="phone",
        starts_at=slots[2].starts_at - timedelta(minutes=10),
        ends_at=slots[2].starts_at + timedelta(minutes=10),
        by=operator,
        now=now,
    )
    assert set(Slot.objects.bookable()) == set(slots) - {slots[2]}
    with pytest.raises(NotNow):
        actions.book_slot(participation=participation, slot=slots[2], kind="reception", by=me, now=now)
    assert taken(slots[2]) == 0


def test_one_talk_of_a_kind_at_a_time_and_nothing_at_two_places(booked, participation, slots, me, operator, now):
    with pytest.raises(NotNow) as refusal:
        actions.book_slot(participation=participation, slot=slots[4], kind="reception", by=me, now=now)
    assert refusal.value.code == "kind"
    colleague = factories.SlotFactory(
        availability__organisation=operator.memberships.get().organisation,
        starts_at=slots[2].starts_at + timedelta(minutes=15),
    )
    with pytest.raises(NotNow) as refusal:
        actions.book_slot(participation=participation, slot=colleague, kind="interview", by=me, now=now)
    assert refusal.value.code == "busy"
    actions.book_slot(participation=participation, slot=slots[4], kind="interview", by=me, now=now)


def test_neither_the_past_nor_the_next_minutes_can_be_booked(participation, slots, me, now):
    with pytest.raises(NotNow) as refusal:
        actions.book_slot(
            participation=participation, slot=slots[0], kind="reception", by=me, now=now + timedelta(minutes=1)
        )
    assert refusal.value.code == "past"


def test_an_hour_for_another_talk_or_of_another_project_is_not_to_be_had(slots, participation, me, partner, now):
    Slot.objects.filter(pk=slots[2].pk).update(kind="plan_review")
    foreign = factories.SlotFactory()
    for slot in (slots[2], foreign):
        with pytest.raises(NotNow) as refusal:
            actions.book_slot(participation=participation, slot=slot, kind="reception", by=me, now=now)
        assert refusal.value.code == "taken"


def test_nobody_books_moves_or_cancels_for_somebody_else(booked, slots, other_young_person, operator, now):
    for stranger in (other_young_person.user, operator):
        with pytest.raises(PermissionDenied):
            actions.book_slot(participation=booked.participation, slot=slots[4], kind="interview", by=stranger, now=now)
        with pytest.raises(PermissionDenied):
            actions.move_appointment(appointment=booked, slot=slots[4], by=stranger, now=now)
        with pytest.raises(PermissionDenied):
            actions.cancel_own_appointment(appointment=booked, by=stranger, now=now)


def test_moved_frees_the_old_hour_and_is_told(booked, slots, me, now):
    moved = actions.move_appointment(appointment=booked, slot=slots[5], by=me, now=now)
    assert moved.pk == booked.pk
    assert moved.starts_at == slots[5].starts_at
    assert (taken(slots[2]), taken(slots[5])) == (0, 1)
    assert OutgoingMessage.objects.get(key=f"appointment:{booked.pk}:booked").state == "cancelled"
    assert "11:30" in OutgoingMessage.objects.get(key=f"appointment:{booked.pk}:moved:1").text


def test_moved_to_an_hour_that_is_taken_leaves_all_as_it_was(booked, slots, me, edition, now):
    other = factories.ParticipationFactory(edition=edition)
    actions.book_slot(participation=other, slot=slots[5], kind="reception", by=other.person.user, now=now)
    with pytest.raises(NotNow):
        actions.move_appointment(appointment=booked, slot=slots[5], by=me, now=now)
    booked.refresh_from_db()
    assert booked.starts_at == slots[2].starts_at
    assert (taken(slots[2]), taken(slots[5])) == (1, 1)


def test_cancelled_frees_the_hour_once(booked, slots, me, now):
    actions.cancel_own_appointment(appointment=booked, by=me, now=now)
    assert taken(slots[2]) == 0
    with pytest.raises(NotNow):
        actions.cancel_own_appointment(appointment=booked, by=me, now=now)
    booked.refresh_from_db()
    assert booked.state == "excused"


@pytest.mark.parametrize("verb", ["excuse", "cancel"])
def test_what_the_desk_calls_off_is_free_again(booked, slots, operator, now, verb):
    actions.record_outcome(appointment=booked, verb=verb, by=operator, now=now)
    assert taken(slots[2]) == 0


def test_a_way_that_ends_gives_its_hours_back(booked, slots, operator, now):
    actions.drop_participation(participation=booked.participation, outcome="Trasferita", by=operator, now=now)
    assert taken(slots[2]) == 0
    assert Appointment.objects.get().state == "cancelled"


def reminded(at):
    with time_machine.travel(at, tick=False):
        return actions.write_due_reminders(now=at)


def test_reminders_follow_there_and_back(booked, slots, me, now):
    """Told of the 6th, moved to the 8th, then back to the 6th: of each day it stands on, and of no other."""
    eve = datetime(2026, 5, 5, 10, tzinfo=ROME)
    assert reminded(eve) == 1
    reminder = OutgoingMessage.objects.get(key=f"appointment:{booked.pk}:reminder:2026-05-06")
    actions.move_appointment(appointment=booked, slot=slots[6], by=me, now=now)
    reminder.refresh_from_db()
    assert reminder.state == "cancelled"
    assert reminded(eve) == 0
    actions.move_appointment(appointment=booked, slot=slots[3], by=me, now=now)
    assert reminded(eve) == 1
    assert reminded(eve) == 0
    actions.cancel_own_appointment(appointment=booked, by=me, now=now)
    assert not OutgoingMessage.objects.filter(key__contains=":reminder:", state="queued").exists()
