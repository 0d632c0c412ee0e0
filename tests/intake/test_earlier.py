"""Told of an earlier hour: once of each, first come first served, by day, and never booked twice."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from intake import actions
from intake.models import EarlierWish
from migwork import repeats
from migwork.errors import NotNow
from tests import factories

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def slots(operator, city, now):
    """Every day at eleven and at half past, from 5 to 12 May."""
    hours = actions.publish_availability(
        organisation=city,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(11),
        closes_at=time(12),
        minutes=30,
        first_day=date(2026, 5, 5),
        last_day=date(2026, 5, 12),
        mode="place",
        by=operator,
        now=now,
    )
    return list(hours.slots.all())


def books(person_s_way, slot, now):
    me = person_s_way.person.user
    return actions.book_slot(participation=person_s_way, slot=slot, kind="reception", by=me, now=now)


@pytest.fixture
def early(edition, slots, now):
    """Somebody with the hour of tomorrow at eleven."""
    return books(factories.ParticipationFactory(edition=edition), slots[2], now)


@pytest.fixture
def late(participation, slots, now):
    """Amina's, of the 12th at eleven; she wants an earlier one."""
    appointment = books(participation, slots[14], now)
    actions.ask_for_earlier(appointment=appointment, by=participation.person.user, now=now)
    return appointment


def give_up(appointment, at):
    with time_machine.travel(at, tick=False):
        actions.cancel_own_appointment(appointment=appointment, by=appointment.participation.person.user, now=at)


def tell(at):
    with time_machine.travel(at, tick=False):
        return actions.tell_earlier_hours(now=at)


def told():
    return list(OutgoingMessage.objects.filter(key__startswith="earlier:").order_by("created_at"))


def test_told_of_an_earlier_hour_once(late, early, slots, now):
    assert tell(now) == 0  # what was free when she asked she has seen herself
    give_up(early, now + timedelta(minutes=1))
    assert tell(now + timedelta(minutes=5)) == 1
    assert tell(now + timedelta(minutes=10)) == 0
    (message,) = told()
    assert "mercoledì 6 maggio alle 11:00" in message.text
    assert f"/appuntamenti/{late.pk}/sposta/{slots[2].pk}/" in message.text
    tomorrow = datetime(2026, 5, 5, 19, 55, tzinfo=ROME)
    assert tell(tomorrow) == 0


def test_of_an_hour_given_back_again_one_is_told_again_the_next_day(late, edition, slots, now):
    for day in (0, 1):
        way = factories.ParticipationFactory(edition=edition)
        then = now + timedelta(days=day)
        give_up(books(way, slots[6], then), then + timedelta(minutes=1))
        assert tell(then + timedelta(minutes=5)) == 1
    assert len(told()) == 2


def test_whoever_asked_first_is_told_first_and_the_next_one_when_nobody_took_it(late, early, edition, slots, now):
    second = books(factories.ParticipationFactory(edition=edition), slots[15], now)
    asked = now + timedelta(minutes=1)
    actions.ask_for_earlier(appointment=second, by=second.participation.person.user, now=asked)
    give_up(early, now + timedelta(minutes=2))
    assert tell(now + timedelta(minutes=5)) == 1
    assert told()[0].about == late.participation.person_id
    assert tell(now + timedelta(hours=1)) == 0
    assert tell(now + timedelta(hours=3)) == 1
    assert told()[1].about == second.participation.person_id


def test_of_two_who_were_told_one_gets_it_and_the_other_keeps_theirs(late, early, edition, slots, as_user, now):
    give_up(early, now + timedelta(minutes=1))
    tell(now + timedelta(minutes=5))
    somebody = books(factories.ParticipationFactory(edition=edition), slots[2], now + timedelta(minutes=6))
    me = late.participation.person.user
    page = as_user(me).post(reverse("intake:appointment-move-confirm", args=[late.pk, slots[2].pk]), follow=True)
    assert "Qualcuno è arrivato prima" in page.content.decode()
    late.refresh_from_db()
    assert (late.starts_at, somebody.starts_at) == (slots[14].starts_at, slots[2].starts_at)


def test_who_takes_it_is_told_of_nothing_more(late, early, slots, edition, now):
    give_up(early, now + timedelta(minutes=1))
    tell(now + timedelta(minutes=5))
    me = late.participation.person.user
    actions.move_appointment(appointment=late, slot=slots[2], by=me, now=now + timedelta(minutes=6))
    assert EarlierWish.objects.get().ended_at
    assert [message.state for message in told()] == ["cancelled"]


def test_it_ends_with_the_appointment_and_when_nothing_can_come_any_more(late, early, slots, now):
    give_up(early, now + timedelta(minutes=1))
    assert not EarlierWish.objects.waiting(late.starts_at - timedelta(hours=2)).exists()
    give_up(late, now + timedelta(minutes=2))
    assert tell(now + timedelta(minutes=5)) == 0


def test_half_an_hour_sooner_a_night_and_quiet_hours_are_left_alone(late, edition, slots, participation, now):
    neighbour = books(factories.ParticipationFactory(edition=edition), slots[13], now)
    give_up(neighbour, now + timedelta(minutes=1))  # 11:30 of the day before
    assert tell(datetime(2026, 5, 5, 20, tzinfo=ROME)) == 0
    assert tell(datetime(2026, 5, 6, 7, 59, tzinfo=ROME)) == 0
    factories.PreferenceFactory(about=participation.person_id, quiet_from=time(7), quiet_to=time(9))
    assert tell(datetime(2026, 5, 6, 8, tzinfo=ROME)) == 0
    assert tell(datetime(2026, 5, 6, 9, tzinfo=ROME)) == 1
    actions.move_appointment(
        appointment=late, slot=slots[15], by=participation.person.user, now=datetime(2026, 5, 6, 9, tzinfo=ROME)
    )
    actions.ask_for_earlier(appointment=late, by=participation.person.user, now=datetime(2026, 5, 6, 9, 1, tzinfo=ROME))
    half_an_hour_sooner = books(
        factories.ParticipationFactory(edition=edition), slots[14], datetime(2026, 5, 6, 9, 2, tzinfo=ROME)
    )
    give_up(half_an_hour_sooner, datetime(2026, 5, 6, 9, 3, tzinfo=ROME))
    assert tell(datetime(2026, 5, 7, 9, 5, tzinfo=ROME)) == 0


def written_by_hand(edition, operator, starts_at, now, minutes=60):
    """An appointment that the desk wrote into an agenda at any hour, whether it is offered or not."""
    return actions.book_appointment(
        participation=factories.ParticipationFactory(edition=edition),
        operator=operator,
        kind="interview",
        mode="place",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        by=operator,
        now=now,
    )


@pytest.mark.parametrize("who", ["the desk", "the young person"])
def test_an_hour_written_over_by_hand_falls_free_too(who, edition, slots, participation, operator, now):
    """By hand from half past ten to half past eleven: of the hours at eleven and half past, the first is back."""
    by_hand = written_by_hand(edition, operator, slots[2].starts_at - timedelta(minutes=30), now)
    late = books(participation, slots[14], now)
    actions.ask_for_earlier(appointment=late, by=participation.person.user, now=now)
    assert tell(now + timedelta(minutes=1)) == 0
    at = now + timedelta(minutes=2)
    if who == "the desk":
        with time_machine.travel(at, tick=False):
            actions.record_outcome(appointment=by_hand, verb="cancel", by=operator, now=at)
    else:
        give_up(by_hand, at)
    assert tell(now + timedelta(minutes=5)) == 1
    (message,) = told()
    assert f"/appuntamenti/{late.pk}/sposta/{slots[2].pk}/" in message.text
    actions.move_appointment(appointment=late, slot=slots[2], by=participation.person.user, now=at)


def test_of_an_hour_of_the_desk_only_when_nobody_else_was_free(
    edition, slots, participation, operator, other_operator, city, now
):
    """The desk's hour could be booked all the while one colleague was free: that is no news."""
    actions.publish_availability(
        organisation=city,
        operator=None,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(15),
        closes_at=time(16),
        minutes=60,
        first_day=date(2026, 5, 6),
        last_day=date(2026, 5, 6),
        mode="place",
        by=operator,
        now=now,
    )
    at = datetime(2026, 5, 6, 15, tzinfo=ROME)
    first, second = (written_by_hand(edition, who, at, now) for who in (operator, other_operator))
    late = books(participation, slots[14], now)
    actions.ask_for_earlier(appointment=late, by=participation.person.user, now=now)
    give_up(first, now + timedelta(minutes=1))
    assert tell(now + timedelta(minutes=5)) == 1
    assert "mercoledì 6 maggio alle 15:00" in told()[0].text
    give_up(second, now + timedelta(days=1))
    assert tell(now + timedelta(days=1, minutes=5)) == 0


def test_an_hour_that_nobody_offers_is_left_to_the_operator_who_reads_that_somebody_waits(
    edition, late, operator, as_user, now
):
    """It cannot be booked: to tell of it would send people to a page without it. Once it is offered they are told."""
    by_hand = written_by_hand(edition, operator, datetime(2026, 5, 6, 16, tzinfo=ROME), now)
    give_up(by_hand, now + timedelta(minutes=1))
    assert tell(now + timedelta(minutes=5)) == 0
    assert "Una persona aspetta un orario prima" in as_user(operator).get(reverse("intake:agenda")).content.decode()
    actions.publish_availability(
        organisation=late.organisation,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(16),
        closes_at=time(17),
        minutes=60,
        first_day=date(2026, 5, 6),
        last_day=date(2026, 5, 6),
        mode="place",
        by=operator,
        now=now + timedelta(minutes=6),
    )
    assert tell(now + timedelta(minutes=10)) == 1


def test_only_who_has_the_appointment_asks_and_only_once(late, other_young_person, participation, now):
    with pytest.raises(PermissionDenied):
        actions.ask_for_earlier(appointment=late, by=other_young_person.user, now=now)
    with pytest.raises(NotNow) as refusal:
        actions.ask_for_earlier(appointment=late, by=participation.person.user, now=now)
    assert refusal.value.code == "twice"
    actions.stop_asking_for_earlier(appointment=late, by=participation.person.user, now=now)
    actions.ask_for_earlier(appointment=late, by=participation.person.user, now=now)


def test_the_page_asks_and_takes_it_back(participation, slots, as_user, now):
    appointment = books(participation, slots[14], now)
    client = as_user(participation.person.user)
    url = reverse("intake:appointment-earlier", args=[appointment.pk])
    assert "Ti scriviamo quando si libera" in client.post(url, follow=True).content.decode()
    assert EarlierWish.objects.waiting(now).count() == 1
    assert "Avvisami se" in client.post(url, {"stop": "1"}, follow=True).content.decode()
    assert not EarlierWish.objects.waiting(now).exists()
