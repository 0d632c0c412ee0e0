"""Hours that repeat, what can be booked from them, and what the desk sees of it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from intake import actions
from intake.models import Availability, Slot
from intake.queries import agenda
from migwork import repeats
from migwork.errors import NotNow
from tests import factories

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def publish(operator, city, now):
    """`publish(rule=…)`: hours of `operator`, Tuesdays from nine to ten, two talks, for four weeks."""

    def make(**other):
        return actions.publish_availability(
            **{
                "organisation": city,
                "operator": operator,
                "rule": repeats.weekly(["TU"], 1),
                "opens_at": time(9),
                "closes_at": time(10),
                "minutes": 30,
                "first_day": date(2026, 5, 6),
                "last_day": date(2026, 6, 30),
                "mode": "place",
                "by": operator,
                "now": now,
                **other,
            }
        )

    return make


def offered(availability):
    """(day, hour) of each slot that is open, by the clock on the wall."""
    starts = [timezone.localtime(slot.starts_at) for slot in availability.slots.filter(is_open=True)]
    return [(start.date(), start.time()) for start in starts]


def days(availability):
    return sorted({day for day, _hour in offered(availability)})


def test_a_weekly_availability_with_exceptions_and_holidays(publish, operator, now):
    # 2 June is a Tuesday and a holiday.
    hours = publish()
    assert days(hours) == [date(2026, 5, d) for d in (12, 19, 26)] + [date(2026, 6, d) for d in (9, 16, 23, 30)]
    assert [hour for day, hour in offered(hours) if day == date(2026, 5, 12)] == [time(9), time(9, 30)]
    actions.change_day(availability=hours, day=date(2026, 5, 19), by=operator, now=now)
    other = {"opens_at": time(15), "closes_at": time(16)}
    actions.change_day(availability=hours, day=date(2026, 5, 26), **other, by=operator, now=now)
    actions.change_day(availability=hours, day=date(2026, 6, 2), **other, by=operator, now=now)
    assert date(2026, 5, 19) not in days(hours)
    assert [hour for day, hour in offered(hours) if day == date(2026, 5, 26)] == [time(15), time(15, 30)]
    assert date(2026, 6, 2) in days(hours)  # who wants to work on a holiday says so


def test_every_second_week_counts_from_the_first_day(publish):
    hours = publish(rule=repeats.weekly(["TU", "TH"], 2), first_day=date(2026, 5, 7), last_day=date(2026, 5, 29))
    assert days(hours) == [date(2026, 5, 7), date(2026, 5, 19), date(2026, 5, 21)]


@pytest.mark.parametrize("day", [date(2026, 12, 7), date(2026, 12, 8), date(2027, 3, 29), date(2027, 4, 25)])
def test_italian_holidays_and_saint_ambrose(day):
    assert repeats.holiday(day)
    assert not repeats.holiday(date(2026, 12, 9))


def test_the_hour_on_the_wall_stays_when_the_clocks_change(publish, operator, city):
    for first, change in [(date(2026, 3, 24), date(2026, 3, 29)), (date(2026, 10, 20), date(2026, 10, 25))]:
        at = datetime(first.year, first.month, first.day, 6, tzinfo=ROME)
        with time_machine.travel(at, tick=False):
            hours = publish(first_day=first, last_day=first + timedelta(days=7), now=at)
            before, after = [slot.starts_at for slot in hours.slots.all()][::2]
            assert timezone.localtime(before).date() < change < timezone.localtime(after).date()
            assert [timezone.localtime(moment).time() for moment in (before, after)] == [time(9), time(9)]
            assert after - before != timedelta(days=7)
            actions.end_availability(availability=hours, by=operator, now=at)


def test_hours_are_written_ahead_day_by_day_and_only_once(publish, operator, now, settings):
    settings.SLOTS_AHEAD_DAYS = 10
    hours = publish()
    assert days(hours) == [date(2026, 5, 12)]
    later = now + timedelta(days=7)
    with time_machine.travel(later, tick=False):
        actions.write_all_slots(now=later)
        actions.write_all_slots(now=later)
    assert days(hours) == [date(2026, 5, 12), date(2026, 5, 19)]
    assert hours.slots.count() == 4


def test_a_desk_offers_as_many_talks_as_it_has_operators(publish, operator, other_operator, edition, now):
    """Six places are published, two operators are there: two people come, the third finds no hour."""
    hours = publish(operator=None, capacity=6, kind="reception", mode="video", place="https://meet.example.org/a")
    slot = hours.slots.first()
    ways = [factories.ParticipationFactory(edition=edition) for _ in range(3)]

    def book(way):
        return actions.book_slot(participation=way, slot=slot, kind="reception", by=way.person.user, now=now)

    talks = [book(way) for way in ways[:2]]
    assert {talk.operator for talk in talks} == {operator, other_operator}
    assert {(talk.mode, talk.place) for talk in talks} == {("video", "https://meet.example.org/a")}
    assert slot not in Slot.objects.bookable()
    with pytest.raises(NotNow):
        book(ways[2])
    slot.refresh_from_db()
    assert slot.taken == 2


def test_a_desk_with_one_place_takes_one(publish, other_operator, edition, now):
    slot = publish(operator=None).slots.first()
    first, second = (factories.ParticipationFactory(edition=edition) for _ in range(2))
    actions.book_slot(participation=first, slot=slot, kind="interview", by=first.person.user, now=now)
    with pytest.raises(NotNow, match="Qualcuno è arrivato prima"):
        actions.book_slot(participation=second, slot=slot, kind="interview", by=second.person.user, now=now)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"closes_at": time(9)}, "hours"),
        ({"closes_at": time(9, 20)}, "hours"),
        ({"opens_at": time(5)}, "hours"),
        ({"last_day": date(2026, 5, 5)}, "last_day"),
        ({"last_day": date(2028, 5, 5)}, "last_day"),
        ({"last_day": date(2026, 5, 8)}, "rule"),
        ({"rule": "FREQ=HOURLY"}, "rule"),
        ({"rule": "every tuesday"}, "rule"),
    ],
)
def test_hours_that_offer_nothing_are_refused(publish, wrong, code):
    with pytest.raises(ValidationError) as refusal:
        publish(**wrong)
    assert refusal.value.code == code
    assert not Availability.objects.exists()


def test_two_offers_of_one_operator_never_overlap(publish):
    hours = publish()
    with pytest.raises(NotNow):
        publish(opens_at=time(9, 45), closes_at=time(11))
    publish(opens_at=time(10), closes_at=time(11))
    slot = hours.slots.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.SlotFactory(
            availability=hours,
            starts_at=slot.starts_at + timedelta(minutes=5),
            ends_at=slot.ends_at,
        )


def test_the_database_refuses_one_place_too_many(publish):
    slot = publish().slots.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(taken=2)


def test_hours_taken_back_keep_what_is_booked_and_offer_nothing(publish, participation, operator, now):
    hours = publish()
    slot = hours.slots.first()
    me = participation.person.user
    talk = actions.book_slot(participation=participation, slot=slot, kind="interview", by=me, now=now)
    actions.end_availability(availability=hours, by=operator, now=now)
    assert list(hours.slots.values_list("pk", "is_open")) == [(slot.pk, False)]
    talk.refresh_from_db()
    assert talk.state == "booked"
    actions.cancel_own_appointment(appointment=talk, by=me, now=now)
    assert not hours.slots.exists()


def test_nobody_publishes_for_a_colleague(publish, operator, other_operator, partner, coordinator, now):
    for stranger in (other_operator, coordinator):
        with pytest.raises(PermissionDenied):
            publish(by=stranger)
    with pytest.raises(PermissionDenied):
        publish(organisation=partner)
    hours = publish()
    with pytest.raises(PermissionDenied):
        actions.end_availability(availability=hours, by=other_operator, now=now)
    with pytest.raises(PermissionDenied):
        actions.change_day(availability=hours, day=date(2026, 5, 12), by=other_operator, now=now)


def test_who_leaves_offers_nothing_any_more(publish, operator, other_operator, city, coordinator, now):
    hours = publish()
    actions.pass_on_caseload(user=operator, organisation=city, to=other_operator, by=coordinator, now=now)
    assert not hours.slots.exists()
    assert operator.works_as(Role.OPERATOR)


def test_the_desk_sees_that_hours_run_out(publish, operator, as_user, now):
    assert len(agenda.running_out(operator, now)) == 3  # no hour at all, for none of the talks
    publish(kind="reception", closes_at=time(10))
    publish(rule=repeats.weekly(["TU", "TH"], 1), opens_at=time(14), closes_at=time(16), last_day=date(2026, 5, 20))
    # In 14 days: four for the first talk alone, twelve for any.
    assert agenda.running_out(operator, now) == []
    Slot.objects.filter(kind="", starts_at__lt=now + timedelta(days=8)).update(taken=1)
    said = agenda.running_out(operator, now)
    assert len(said) == 2  # the first talk has its own hours too
    assert all("4" in sentence for sentence in said)
    page = as_user(operator).get("/agenda/").content.decode()
    assert "Le ore libere stanno finendo" in page


def test_the_agenda_shows_what_is_taken_and_what_is_free(publish, operator, participation, as_user, now):
    hours = publish()
    slot = hours.slots.first()
    actions.book_slot(participation=participation, slot=slot, kind="reception", by=participation.person.user, now=now)
    first, week = (
        agenda.days_of(operator, date(2026, 5, 12), date(2026, 5, 12)),
        as_user(operator).get("/agenda/?giorno=2026-05-12&settimana=1"),
    )
    assert [(line.hours, line.talk is None, line.places) for line in first[0].lines] == [
        ("09:00–09:30", False, 0),
        ("09:30–10:00", True, 1),
    ]
    assert participation.person.full_name in week.content.decode()
    assert as_user(operator).get("/agenda/?giorno=2026-02-31").status_code == 200
    assert as_user(operator).get("/agenda/?giorno=9999-12-31&settimana=1").status_code == 200


def test_a_week_costs_the_same_whatever_is_in_it(publish, participation, operator, as_user, city, now):
    sara, week = as_user(operator), "/agenda/?settimana=1&giorno="
    publish(rule=repeats.weekly(repeats.WEEKDAYS, 1), closes_at=time(18))
    empty = sara.get(f"{week}2026-04-20").queries
    for hour in range(8):
        factories.AppointmentFactory(
            participation=participation,
            operator=operator,
            organisation=city,
            starts_at=datetime(2026, 5, 13, 9 + hour, tzinfo=ROME),
        )
    full = sara.get(f"{week}2026-05-11")
    assert full.text.count('class="is-free"') > 50
    assert full.text.count(participation.person.full_name) == 8
    assert full.queries == empty <= 9


def test_hours_are_published_on_a_form_in_plain_words(operator, as_user, now):
    client = as_user(operator)
    typed = {
        "whose": "mine",
        "weekdays": ["TU", "TH"],
        "opens_at": "09:00",
        "closes_at": "10:00",
        "minutes": "30",
        "every": "2",
        "first_day": "2026-05-05",
        "last_day": "2026-06-30",
        "kind": "",
        "mode": "place",
        "place": "via Dogana 2",
        "capacity": "7",
    }
    assert client.post("/agenda/disponibilita/", typed | {"closes_at": "08:00"}).status_code == 200
    assert client.post("/agenda/disponibilita/", typed).status_code == 302
    hours = Availability.objects.get()
    assert (hours.rule, hours.capacity, hours.operator) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", 1, operator)
    page = client.get("/agenda/disponibilita/").content.decode()
    assert "una settimana sì e una no" in page
    detail = f"/agenda/disponibilita/{hours.pk}/"
    assert client.post(detail, {"day": "2026-05-07"}).status_code == 302
    assert date(2026, 5, 7) not in days(hours)
    assert client.post(f"{detail}fine/").status_code == 302
    assert not hours.slots.exists()
