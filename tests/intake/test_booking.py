"""A young person's own appointments: booked, moved, cancelled; messages and reminders follow."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from icalendar import Calendar

from foundation.communications.models import OutgoingMessage
from foundation.communications.transports import attachments_of
from intake import actions
from intake.calendars import appointment_file
from intake.models import Appointment, Slot
from migwork import repeats
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
    actions.end_participation(participation=booked.participation, ending="moved", by=operator, now=now)
    assert taken(slots[2]) == 0
    assert Appointment.objects.get().state == "cancelled"


def reminded(at):
    with time_machine.travel(at, tick=False):
        return actions.write_due_reminders(now=at)


def test_reminders_follow_there_and_back(booked, slots, me, now):
    """Moved from the 6th to the 7th, then to the 8th: told of each day it still stands on, and of no other."""
    actions.move_appointment(appointment=booked, slot=slots[4], by=me, now=now)
    eve = datetime(2026, 5, 6, 10, tzinfo=ROME)
    assert reminded(eve) == 1
    reminder = OutgoingMessage.objects.get(key=f"appointment:{booked.pk}:reminder:2026-05-07:1")
    with time_machine.travel(eve, tick=False):
        actions.move_appointment(appointment=booked, slot=slots[6], by=me, now=eve)
    reminder.refresh_from_db()
    assert reminder.state == "cancelled"
    assert reminded(eve) == 0
    eve = datetime(2026, 5, 7, 10, tzinfo=ROME)
    assert reminded(eve) == 1
    assert reminded(eve) == 0
    with time_machine.travel(eve, tick=False):
        actions.cancel_own_appointment(appointment=booked, by=me, now=eve)
    assert not OutgoingMessage.objects.filter(key__contains=":reminder:", state="queued").exists()


def calendar_of(message, now):
    """What the calendar file of this mail says."""
    (part,) = attachments_of(message, now)
    (event,) = Calendar.from_ical(part.content).walk("vevent")
    return dict(part.parameters)["method"], event


def mail(appointment, key):
    return OutgoingMessage.objects.get(key=f"appointment:{appointment.pk}:{key}")


def test_each_mail_brings_its_calendar_file(booked, slots, me, now):
    """The first puts it into the telephone's calendar, the next move it there, the last takes it out."""
    method, first = calendar_of(mail(booked, "booked"), now)
    assert (method, first["sequence"], first.decoded("dtstart")) == ("REQUEST", 0, slots[2].starts_at)
    actions.move_appointment(appointment=booked, slot=slots[6], by=me, now=now)
    method, moved = calendar_of(mail(booked, "moved:1"), now)
    assert (method, moved["sequence"], moved.decoded("dtstart")) == ("REQUEST", 1, slots[6].starts_at)
    reminded(datetime(2026, 5, 7, 10, tzinfo=ROME))
    method, soon = calendar_of(mail(booked, "reminder:2026-05-08:1"), now)
    assert (method, soon["sequence"]) == ("REQUEST", 1)
    actions.cancel_own_appointment(appointment=booked, by=me, now=now)
    method, gone = calendar_of(mail(booked, "called-off"), now)
    assert (method, gone["sequence"], gone["status"]) == ("CANCEL", 2, "CANCELLED")
    assert {event["uid"] for event in (first, moved, soon, gone)} == {first["uid"]}
    assert {event["organizer"] for event in (first, moved, soon, gone)} == {first["organizer"]}


def test_a_calendar_file_names_nobody_and_nothing_confided(booked, operator, participation, now):
    """Families read a shared calendar: only that there is an appointment, when, where, and who may change it."""
    (part,) = attachments_of(mail(booked, "booked"), now)
    text = part.content.decode().replace("\r\n ", "")
    person = participation.person
    for word in (person.first_name, person.last_name, operator.name, booked.get_kind_display()):
        assert word not in text
    assert "via Dogana 2" in text
    assert f"/appuntamenti/{booked.pk}/" in text


def test_a_text_message_and_a_past_appointment_bring_no_file(booked, now):
    message = mail(booked, "booked")
    assert attachments_of(message, booked.ends_at) == []
    message.channel = "sms"
    assert attachments_of(message, now) == []


def test_the_hour_in_the_calendar_is_that_of_the_wall_on_both_sides_of_a_change(participation, operator, now):
    """Eleven o'clock in Milan is ten in Greenwich in winter and nine in summer."""
    for day, hour in ((date(2026, 10, 24), 9), (date(2026, 10, 26), 10)):
        starts = datetime.combine(day, time(11), tzinfo=ROME)
        appointment = factories.AppointmentFactory(participation=participation, operator=operator, starts_at=starts)
        (event,) = Calendar.from_ical(appointment_file(appointment, now=now)).walk("vevent")
        assert event["dtstart"].to_ical().decode() == f"{day:%Y%m%d}T{hour:02}0000Z"


def test_the_page_of_an_appointment_gives_its_file_until_it_begins(booked, me, as_user, now):
    url = reverse("intake:my-appointment-file", args=[booked.pk])
    answer = as_user(me).get(url)
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"METHOD:PUBLISH" in answer.content
    assert b"ATTENDEE" not in answer.content
    actions.cancel_own_appointment(appointment=booked, by=me, now=now)
    assert as_user(me).get(url).status_code == 404


def test_back_to_the_hour_one_has_just_booked_leads_to_the_appointment(booked, slots, me, as_user, now):
    """Nobody was quicker: it is one's own."""
    page = reverse("intake:booking-confirm", args=["reception", slots[2].pk])
    for answer in (as_user(me).get(page, follow=True), as_user(me).post(page, follow=True)):
        assert answer.redirect_chain[-1][0] == reverse("intake:my-appointment", args=[booked.pk])
        assert "ora è già tua" in answer.text
        assert "arrivato prima" not in answer.text
