"""The register: as the intern says it, the host answers it, and months close."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from internships import actions, rules
from internships.actions import Tap
from internships.enums import DayState
from internships.models import RegisterChange, RegisterDay, RegisterMonth
from internships.queries import days as register
from internships.queries import host
from internships.rules import Slot
from internships.working_time import broken_by_days
from migwork.errors import NotNow
from tests import factories
from tests.pdf import text_of

ROME = ZoneInfo("Europe/Rome")
# The internship runs from Tuesday 5 May to Monday 1 June 2026, 30 hours a week; 1 June is followed by a holiday.
FIRST = date(2026, 5, 5)
SIX = Decimal(6)


def at(day, hour=18):
    return datetime.combine(day, time(hour), ROME)


@pytest.fixture
def intern(running):
    return running.participation.person.user


@pytest.fixture
def link(running, partner_staff, now):
    return actions.send_host_link(tutor=running.host_tutor, by=partner_staff, now=now)


@pytest.fixture
def say(running, intern):
    def say_day(on, hours=SIX, **more):
        return actions.say_day(internship=running, on=on, hours=hours, by=intern, now=at(on), **more)

    return say_day


def states(internship):
    return {row.on.day: row.state for row in internship.days.all()}


# --- the intern ---------------------------------------------------------------------


def test_what_the_intern_says_counts_once_the_host_has_confirmed_it(running, say, link, plan_action):
    say(FIRST)
    assert actions.hours_attended(running) == 0
    actions.confirm_days(internship=running, days=[FIRST], link=link, now=at(FIRST))
    day = running.days.get()
    assert (day.state, day.answered_link, day.answered_by) == (DayState.CONFIRMED, link, None)
    assert day.recorded_by == running.participation.person.user
    plan_action.refresh_from_db()
    assert plan_action.hours_done == 6


def test_a_confirmed_day_is_not_said_anew(running, say, link):
    say(FIRST)
    actions.confirm_days(internship=running, days=[FIRST], link=link, now=at(FIRST))
    with pytest.raises(NotNow) as refusal:
        say(FIRST, Decimal(8))
    assert refusal.value.code == "confirmed"
    assert say(FIRST).hours == 6  # the same again is no fault


@pytest.mark.parametrize(
    ("on", "hours", "code"),
    [
        (FIRST - timedelta(days=1), SIX, "outside"),
        (date(2026, 6, 2), SIX, "outside"),
        (FIRST, Decimal(0), "hours"),
        (FIRST, Decimal(25), "hours"),
        (FIRST, None, "absence"),
    ],
)
def test_a_day_that_cannot_be_is_refused(running, intern, on, hours, code):
    with pytest.raises(ValidationError) as refusal:
        actions.say_day(internship=running, on=on, hours=hours, by=intern, now=at(date(2026, 6, 3)))
    assert refusal.value.code == code
    assert not RegisterDay.objects.exists()


def test_a_day_that_has_not_come_is_refused(running, intern):
    with pytest.raises(ValidationError, match="non è ancora"):
        actions.say_day(internship=running, on=FIRST + timedelta(days=1), hours=SIX, by=intern, now=at(FIRST))


def test_nobody_else_says_the_interns_days(running, partner_staff, operator):
    for user in (partner_staff, operator):
        with pytest.raises(PermissionDenied):
            actions.say_day(internship=running, on=FIRST, hours=SIX, by=user, now=at(FIRST))


def test_a_tap_that_is_sent_twice_is_written_once(running, say, link):
    tap = Tap(key=uuid4(), at=at(FIRST, 17), seen=0)
    say(FIRST, tap=tap)
    say(FIRST, Decimal(4))
    assert say(FIRST, tap=tap).hours == 4
    assert RegisterChange.objects.count() == 2


def test_of_two_taps_in_the_wrong_order_the_later_counts(running, say):
    later = Tap(key=uuid4(), at=at(FIRST, 17), seen=0)
    say(FIRST, Decimal(4), tap=later)
    assert say(FIRST, tap=Tap(key=uuid4(), at=at(FIRST, 16), seen=0)).hours == 4


def test_a_phone_whose_clock_was_ahead_does_not_silence_the_later_taps(running, say):
    say(FIRST, Decimal(4), tap=Tap(key=uuid4(), at=at(FIRST) + timedelta(days=30), seen=0))
    assert say(FIRST, tap=Tap(key=uuid4(), at=at(FIRST, 18), seen=0)).hours == 6


def test_what_the_host_said_meanwhile_is_not_overwritten_unread(running, say, link):
    actions.not_here_today(internship=running, link=link, now=at(FIRST, 9))
    with pytest.raises(NotNow) as refusal:
        say(FIRST, tap=Tap(key=uuid4(), at=at(FIRST, 17), seen=0))
    assert refusal.value.code == "meanwhile"
    seen = register.last_change(running)
    assert say(FIRST, tap=Tap(key=uuid4(), at=at(FIRST, 18), seen=seen)).state == DayState.PROPOSED


def test_an_absence_has_its_reason_and_no_hours(running, say):
    day = say(FIRST, None, absence="ill")
    assert (day.state, day.hours, day.absence) == (DayState.ABSENT, 0, "ill")


def test_a_note_outlives_the_confirmation_and_is_not_plain_in_the_database(running, say, link, intern):
    say(FIRST)
    actions.write_note(internship=running, on=FIRST, text=" Ho fatto il primo caffè ", by=intern, now=at(FIRST))
    actions.confirm_days(internship=running, days=[FIRST], link=link, now=at(FIRST))
    assert running.days.get().note == "Ho fatto il primo caffè"
    assert "caffè" not in str(RegisterDay.objects.extra(select={"raw": "note"}).values_list("raw", flat=True)[0])


# --- the host -----------------------------------------------------------------------


def test_a_dispute_says_why_and_the_intern_writes_the_day_anew(running, say, link):
    say(FIRST)
    with pytest.raises(NotNow):
        actions.dispute_day(internship=running, on=FIRST, reason=" ", link=link, now=at(FIRST))
    actions.dispute_day(internship=running, on=FIRST, reason="È andata via alle 13", link=link, now=at(FIRST))
    day = running.days.get()
    assert (day.state, day.dispute) == (DayState.DISPUTED, "È andata via alle 13")
    told = OutgoingMessage.objects.filter(cause=f"internship:{running.pk}", key__contains="day_disputed")
    assert {message.about for message in told} == {running.participation.person_id, None}
    day = say(FIRST, Decimal(4))
    assert (day.state, day.dispute) == (DayState.PROPOSED, "")
    trace = list(RegisterChange.objects.values_list("was_state", "state"))
    assert trace == [("", "proposed"), ("proposed", "disputed"), ("disputed", "proposed")]


def test_not_here_today_is_an_absence_or_a_dispute(running, say, link):
    actions.not_here_today(internship=running, link=link, now=at(FIRST))
    actions.not_here_today(internship=running, link=link, now=at(FIRST))
    following = FIRST + timedelta(days=1)
    say(following)
    actions.not_here_today(internship=running, link=link, now=at(following))
    assert states(running) == {5: DayState.ABSENT, 6: DayState.DISPUTED}
    assert RegisterChange.objects.count() == 3


def test_a_link_opens_its_own_host_only_and_nothing_once_it_is_taken_back(running, say, link, partner_staff, now):
    say(FIRST)
    other = factories.HostLinkFactory()
    for wrong in (other, link):
        if wrong == link:
            actions.revoke_host_link(link=link, by=partner_staff, now=now)
        with pytest.raises(PermissionDenied):
            actions.confirm_days(internship=running, days=[FIRST], link=wrong, now=at(FIRST))
    assert states(running) == {5: DayState.PROPOSED}
    again = actions.send_host_link(tutor=running.host_tutor, by=partner_staff, now=now)
    assert again.pk != link.pk


def test_the_same_link_is_sent_again(running, link, partner_staff, now):
    again = actions.send_host_link(tutor=running.host_tutor, by=partner_staff, now=now + timedelta(hours=1))
    assert again == link
    assert OutgoingMessage.objects.filter(to=running.host_tutor.email).count() == 2


def test_only_a_promoter_of_the_hosts_interns_keeps_its_links(running, link, operator, other_partner_staff, now):
    for user in (operator, other_partner_staff):
        with pytest.raises(PermissionDenied):
            actions.send_host_link(tutor=running.host_tutor, by=user, now=now)
        with pytest.raises(PermissionDenied):
            actions.revoke_host_link(link=link, by=user, now=now)


def test_a_link_lists_all_interns_of_the_host_and_no_others(running, say, link, partner):
    say(FIRST)
    colleague = factories.InternshipFactory(
        unit=running.unit, promoter=partner, state="running", starts_on=FIRST, ends_on=date(2026, 7, 1)
    )
    factories.InternshipFactory(state="running", starts_on=FIRST, ends_on=date(2026, 7, 1))
    factories.InternshipFactory(unit=running.unit, state="proposed", starts_on=FIRST, ends_on=date(2026, 7, 1))
    rows = host.interns_of(link, FIRST)
    assert [row.internship for row in rows] == [running, colleague]
    assert [len(row.waiting) for row in rows] == [1, 0]


# --- months -------------------------------------------------------------------------


@pytest.fixture
def whole_may(running, intern):
    """All days of May said, but Friday 29."""
    for on in register.plan_of(running).between(FIRST, date(2026, 5, 28)):
        actions.say_day(internship=running, on=on, hours=SIX, by=intern, now=at(on))
    return date(2026, 5, 1)


def test_a_month_closes_when_it_is_over_and_nothing_is_open(running, whole_may, link, say, partner_staff):
    known = {"internship": running, "first": whole_may, "link": link}
    assert actions.confirm_month(**known, now=at(date(2026, 5, 28))) is None  # not over
    assert actions.confirm_month(**known, now=at(date(2026, 6, 1))) is None  # Friday 29 is missing
    say(date(2026, 5, 29))
    closed = actions.confirm_month(**known, now=at(date(2026, 6, 1)))
    assert (closed.closed_link, closed.closed_by) == (link, None)
    with pytest.raises(NotNow) as refusal:
        say(date(2026, 5, 29), Decimal(4))
    assert refusal.value.code == "closed"
    for write in (
        lambda: actions.record_days(
            internship=running, hours={FIRST: Decimal(1)}, by=partner_staff, now=at(date(2026, 6, 1))
        ),
        lambda: actions.dispute_day(internship=running, on=FIRST, reason="No", link=link, now=at(date(2026, 6, 1))),
    ):
        with pytest.raises(NotNow):
            write()


def test_the_promoter_closes_with_days_that_nobody_said(running, whole_may, partner_staff):
    known = {"internship": running, "first": whole_may, "by": partner_staff, "now": at(date(2026, 6, 1))}
    with pytest.raises(NotNow, match="da confermare"):
        actions.close_month(**known)
    days = [row.on for row in running.days.waiting()]
    actions.settle_days(internship=running, days=days, by=partner_staff, now=known["now"])
    actions.close_month(**known)
    assert states(running)[29] == DayState.ABSENT
    with pytest.raises(NotNow):
        actions.close_month(**known)
    assert RegisterMonth.objects.count() == 1


def test_after_closing_only_an_amendment_with_its_reason(running, whole_may, partner_staff, intern):
    now = at(date(2026, 6, 1))
    amend = {"internship": running, "on": FIRST, "by": partner_staff, "now": now}
    with pytest.raises(NotNow, match="aperto"):
        actions.amend_day(**amend, hours=Decimal(3), reason="Perché sì")
    actions.settle_days(internship=running, days=[row.on for row in running.days.waiting()], by=partner_staff, now=now)
    actions.close_month(internship=running, first=whole_may, by=partner_staff, now=now)
    with pytest.raises(NotNow, match="perché"):
        actions.amend_day(**amend, hours=Decimal(3), reason=" ")
    with pytest.raises(PermissionDenied):
        actions.amend_day(**{**amend, "by": intern}, hours=Decimal(3), reason="Ero là")
    actions.amend_day(**amend, hours=Decimal(3), reason="Sul foglio ci sono tre ore")
    change = RegisterChange.objects.latest("pk")
    assert (change.was_hours, change.hours, change.is_amendment) == (6, 3, True)
    assert change.reason == "Sul foglio ci sono tre ore"
    assert running.days.get(on=FIRST).hours == 3


def test_the_database_keeps_the_register_whole(running, partner_staff, now):
    wrong = [
        {"state": "absent", "hours": 3},
        {"state": "confirmed", "hours": 0},
        {"state": "confirmed", "hours": 3, "absence": "ill"},
        {"state": "disputed", "hours": 3},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.RegisterDayFactory(internship=running, on=FIRST, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.RegisterChangeFactory(internship=running, is_amendment=True)


# --- the timetable ------------------------------------------------------------------


@pytest.fixture
def mornings():
    return [Slot(weekday, time(9), time(13)) for weekday in range(5)]


def test_hours_are_planned_by_the_timetable_of_the_day(running, mornings, partner_staff, now):
    assert register.plan_of(running).on(FIRST) == 6  # not written yet: thirty hours over five days
    known = {"internship": running, "by": partner_staff, "now": now}
    actions.set_timetable(slots=mornings, **known)
    long = [Slot(0, time(9), time(13)), Slot(0, time(14), time(18, 30))]
    actions.set_timetable(slots=long, valid_from=date(2026, 5, 18), **known)
    plan = register.plan_of(running)
    assert (plan.on(FIRST), plan.on(date(2026, 5, 15))) == (4, 4)
    assert (plan.on(date(2026, 5, 18)), plan.on(date(2026, 5, 19))) == (Decimal("8.5"), 0)
    assert plan.on(FIRST - timedelta(days=1)) == 0
    plan.suspended.append((FIRST, FIRST))
    assert plan.on(FIRST) == 0


def test_nobody_is_expected_on_a_holiday(partner_staff):
    internship = factories.InternshipFactory(starts_on=date(2026, 5, 5), ends_on=date(2026, 6, 30))
    assert register.plan_of(internship).on(date(2026, 6, 2)) == 0
    assert register.plan_of(internship).on(date(2026, 6, 3)) == 6


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        ([], "empty"),
        ([Slot(0, time(9), time(13)), Slot(0, time(12), time(15))], "overlap"),
        ([Slot(0, time(13), time(9))], "order"),
        ([Slot(n, time(8), time(15)) for n in range(5)], "hours"),
    ],
)
def test_a_timetable_that_cannot_be_is_refused(running, slots, code, partner_staff, now):
    with pytest.raises(ValidationError) as refusal:
        actions.set_timetable(internship=running, slots=slots, by=partner_staff, now=now)
    assert refusal.value.code == code


def test_only_the_promoter_writes_the_timetable(running, mornings, operator, intern, now):
    for user in (operator, intern):
        with pytest.raises(PermissionDenied):
            actions.set_timetable(internship=running, slots=mornings, by=user, now=now)


# --- minors -------------------------------------------------------------------------


@pytest.fixture
def minor(running):
    person = running.participation.person
    person.birth_date = date(2009, 1, 31)
    person.save()
    running.refresh_from_db()
    return running


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        ([Slot(0, time(8), time(12)), Slot(0, time(13), time(17))], None),
        ([Slot(0, time(8), time(12)), Slot(0, time(13), time(17, 15))], "minors_day"),
        ([Slot(0, time(18), time(22))], None),
        ([Slot(0, time(19), time(23, 30))], "minors_night"),
        ([Slot(0, time(9), time(13, 30))], None),
        ([Slot(0, time(9), time(13, 45))], "minors_break"),
        ([Slot(n, time(9), time(12)) for n in range(5)], None),
        ([Slot(n, time(9), time(12)) for n in range(6)], "minors_rest_days"),
    ],
)
def test_a_minors_timetable_keeps_the_law(minor, slots, code, partner_staff, now):
    minor.unit.host.__class__.objects.update(ateco="56.30")  # catering: Sunday may be worked
    known = {"internship": minor, "slots": slots, "by": partner_staff, "now": now}
    if code is None:
        actions.set_timetable(**known)
        assert minor.slots.count() == len(slots)
    else:
        with pytest.raises(ValidationError) as refusal:
            actions.set_timetable(**known)
        assert refusal.value.code == code
        assert not minor.slots.exists()


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ({4: 8, 5: 8, 6: 8, 7: 8, 8: 8}, 0),
        ({4: "8.25"}, 1),
        ({4: 8, 5: 8, 6: 8, 7: 8, 8: "8.25"}, 2),  # the day, and the week of 40.25
        ({4: 6, 5: 6, 6: 6, 7: 6, 8: 6, 9: 6}, 1),  # one day of rest
        ({}, 0),
    ],
)
def test_a_minors_hours_are_watched(days, count):
    values = rules.shipped()["lombardia-2018"]
    hours = {date(2026, 5, day): Decimal(many) for day, many in days.items()}
    assert len(broken_by_days(hours, date(2009, 1, 31), values)) == count
    # Of age on the first of these days: nobody watches.
    assert broken_by_days(hours, date(2008, 5, 4), values) == []


def test_the_promoter_reads_what_a_minor_worked_too_much_and_the_intern_does_not(as_user, minor, partner_staff, intern):
    factories.RegisterDayFactory(internship=minor, on=FIRST, hours=9)
    address = reverse("internships:register-month", args=[minor.pk, "2026-05"])
    assert "9 ore" in as_user(partner_staff).get(address).content.decode().split("callout is-warn")[1]
    assert "callout is-warn" not in as_user(intern).get(address).content.decode()
    minor.participation.person.birth_date = date(2000, 1, 1)
    minor.participation.person.save()
    assert "callout is-warn" not in as_user(partner_staff).get(address).content.decode()


def test_the_register_is_printed_with_names_and_hours(as_user, running, say, partner_staff):
    say(FIRST)
    made = as_user(partner_staff).get(reverse("internships:register-sheet", args=[running.pk, "2026-05"]))
    assert made["Content-Type"] == "application/pdf"
    text = text_of(made.content)
    assert "Amina Bianchi" in text
    assert "Bar Basso" in text
    assert "Da confermare" in text
