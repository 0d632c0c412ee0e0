"""Extension, suspension, return, tutors, hours, workplace: each with all that follows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from internships import actions
from internships.enums import TodoKind
from internships.models import Amendment, Internship, Suspension
from internships.planning import hours_in_all, last_day_after
from internships.queries.life import life_of
from internships.rules import Span
from migwork.errors import NotNow
from tests import factories

TODAY, LAST = date(2026, 5, 5), date(2026, 6, 1)


@pytest.fixture
def whom(partner_staff, now):
    return {"reason": "Così è stato deciso", "by": partner_staff, "now": now}


def due(internship) -> dict:
    return dict(internship.todos.filter(done_at=None).values_list("kind", "due_on"))


def pause(internship, whom, kind="closure", first=TODAY, days=15):
    last = first + timedelta(days=days - 1)
    return actions.suspend(internship=internship, kind=kind, starts_on=first, ends_on=last, **whom)


def test_an_extension_moves_all_that_hangs_on_the_last_day(running, whom, young_person):
    change = actions.extend(internship=running, ends_on=date(2026, 6, 30), **whom)
    running.refresh_from_db()
    assert (running.ends_on, running.hours_planned) == (date(2026, 6, 30), 244)
    assert (change.before, change.after) == ({"ends_on": "2026-06-01"}, {"ends_on": "2026-06-30"})
    assert due(running)[TodoKind.NOTICE_EXTENSION] == TODAY + timedelta(days=5)
    assert due(running)[TodoKind.INSURANCE_EXTENSION] == LAST
    assert Event.objects.filter(verb="internships.extended", about=young_person.pk).exists()
    messages = {m.to: m.text for m in OutgoingMessage.objects.filter(key__startswith=f"amendment:{change.pk}")}
    assert set(messages) == {young_person.email, running.host_tutor.email}
    assert all("30 giugno 2026" in text for text in messages.values())
    # The reason is between promoter, intern and operator.
    assert "deciso" not in messages[running.host_tutor.email]


def test_an_extension_ends_later_and_comes_in_time(running, whom, now, operator):
    for day in (LAST, LAST - timedelta(days=1)):
        with pytest.raises(ValidationError):
            actions.extend(internship=running, ends_on=day, **whom)
    with pytest.raises(PermissionDenied):
        actions.extend(internship=running, ends_on=date(2026, 6, 30), **{**whom, "by": operator})
    late = {**whom, "now": now + timedelta(days=28)}
    with pytest.raises(NotNow):
        actions.extend(internship=running, ends_on=date(2026, 6, 30), **late)
    with pytest.raises(ValidationError):
        actions.extend(internship=running, ends_on=date(2026, 6, 30), **{**whom, "reason": " "})


@pytest.mark.parametrize(("kind", "least"), [("closure", 15), ("illness", 30)])
def test_a_suspension_has_a_lawful_reason_and_its_least_days(running, whom, kind, least):
    with pytest.raises(ValidationError, match="DGR"):
        pause(running, whom, kind, days=least - 1)
    pause(running, whom, kind, days=least)
    running.refresh_from_db()
    assert running.state == "suspended"
    assert running.ends_on == LAST + timedelta(days=least)
    # Suspended days are no hours: as many as before, a month later.
    assert running.hours_planned == 120


def test_no_other_reason_suspends_and_the_workflow_has_no_way_round(running, whom, step):
    with pytest.raises(ValidationError):
        pause(running, whom, "holiday", days=60)
    with pytest.raises(NotNow):
        step(running, "suspend", reason="x")
    pause(running, whom, "maternity", days=1)
    with pytest.raises(NotNow):
        step(Internship.objects.get(), "resume")


def test_days_that_were_worked_are_not_suspended(running, whom, partner_staff, now):
    actions.record_day(internship=running, on=TODAY, hours=Decimal(6), by=partner_staff, now=now)
    with pytest.raises(ValidationError, match="5 maggio"):
        pause(running, whom)
    assert not Suspension.objects.exists()


def test_a_coming_suspension_begins_and_ends_by_itself(running, whom, now):
    pause(running, whom, first=TODAY + timedelta(days=2))
    running.refresh_from_db()
    assert running.state == "running"
    assert actions.follow_suspensions(now=now) == 0
    assert actions.follow_suspensions(now=now + timedelta(days=2)) == 1
    assert actions.follow_suspensions(now=now + timedelta(days=2)) == 0
    running.refresh_from_db()
    assert running.state == "suspended"
    assert actions.follow_suspensions(now=now + timedelta(days=17)) == 1
    running.refresh_from_db()
    assert running.state == "running"


def test_back_later_moves_the_last_day_and_back_too_early_takes_it_back(running, whom, now):
    pause(running, whom, days=20)
    later = {**whom, "now": now + timedelta(days=10)}
    actions.resume(internship=running, on=TODAY + timedelta(days=25), **later)
    running.refresh_from_db()
    assert (running.state, running.ends_on) == ("suspended", LAST + timedelta(days=25))
    actions.resume(internship=running, on=TODAY + timedelta(days=10), **later)
    running.refresh_from_db()
    # Ten days close no host by the rules: they are absences, and the first last day holds again.
    assert (running.state, running.ends_on) == ("running", LAST)
    assert not Suspension.objects.exists()
    assert running.hours_planned == 120
    with pytest.raises(NotNow):
        actions.resume(internship=running, on=TODAY + timedelta(days=12), **later)


def test_two_suspensions_never_share_a_day(running, whom):
    pause(running, whom, first=TODAY + timedelta(days=1))
    with pytest.raises(ValidationError, match="già sospeso"):
        pause(running, whom, first=TODAY + timedelta(days=10))


def test_other_hours_count_from_their_day(running, whom):
    actions.change_hours(internship=running, weekly_hours=Decimal(20), valid_from=date(2026, 5, 19), **whom)
    running.refresh_from_db()
    assert (running.weekly_hours, running.hours_planned) == (20, 100)
    with pytest.raises(ValidationError):
        actions.change_hours(internship=running, weekly_hours=Decimal(25), valid_from=date(2026, 5, 12), **whom)


def test_tutors_and_workplace(running, whom, partner, host_tutor, partner_staff, now):
    colleague = factories.member(Role.PARTNER_STAFF, partner, email="colleague@example.org")
    tutor = factories.HostTutorFactory(host=running.unit.host, name="Piero Neri")
    unit = factories.OperatingUnitFactory(host=running.unit.host)
    with pytest.raises(ValidationError):
        actions.change_host_tutor(internship=running, host_tutor=factories.HostTutorFactory(), **whom)
    with pytest.raises(ValidationError):
        actions.change_promoter_tutor(internship=running, promoter_tutor=partner_staff, **whom)
    actions.change_host_tutor(internship=running, host_tutor=tutor, **whom)
    actions.change_promoter_tutor(internship=running, promoter_tutor=colleague, **whom)
    with pytest.raises(NotNow, match="valutazione dei rischi"):
        actions.change_site(internship=running, unit=unit, **whom)
    actions.record_assessment(unit=unit, on=TODAY, reference="DVR", by=partner_staff, now=now)
    actions.change_site(internship=running, unit=unit, **whom)
    running.refresh_from_db()
    assert (running.host_tutor, running.promoter_tutor, running.unit) == (tutor, colleague, unit)
    assert due(running)[TodoKind.NOTICE_SITE] == TODAY + timedelta(days=5)
    kept = list(Amendment.objects.values_list("after", flat=True))
    assert "Piero" not in str(kept)


def test_an_idea_is_not_amended(internship, whom):
    with pytest.raises(NotNow):
        actions.change_hours(internship=internship, weekly_hours=Decimal(20), valid_from=TODAY, **whom)


def test_all_of_it_is_read_in_one_query(running, whom, django_assert_num_queries, now):
    pause(running, whom)
    factories.ConcernFactory(internship=running)
    factories.VisitFactory(internship=running, planned_on=TODAY)
    running = Internship.objects.get()
    with django_assert_num_queries(1):
        life = life_of(running)
    assert life.pause_on(TODAY).ends_on == TODAY + timedelta(days=14)
    assert life.pause_on(TODAY + timedelta(days=15)) is None
    assert life.todos[0].kind in (TodoKind.INSURANCE, TodoKind.NOTICE_START)
    assert len(life.changes) == len(life.visits) == len(life.concerns) == 1
    assert set(life.evidence) == {"safety_training", "risk_assessment"}


# --- dates and hours, whatever the months ------------------------------------------

DAYS = st.dates(date(2023, 12, 1), date(2024, 3, 31))


@given(first=DAYS, length=st.integers(1, 400), start=st.integers(0, 300), long=st.integers(1, 120))
def test_suspended_days_come_back_at_the_end(first, length, start, long):
    last = first + timedelta(days=length)
    span = Span(first + timedelta(days=start), first + timedelta(days=start + long - 1))
    moved = last_day_after(last, before=None, after=span)
    assert (moved - last).days == long
    assert last_day_after(moved, before=span, after=None) == last


@given(
    first=DAYS,
    length=st.integers(1, 120),
    weekly=st.lists(st.tuples(st.integers(0, 130), st.integers(1, 40)), max_size=3, unique_by=lambda one: one[0]),
    off=st.tuples(st.integers(-5, 120), st.integers(0, 40)),
)
def test_hours_in_all_are_those_of_the_days_one_by_one(first, length, weekly, off):
    whole = Span(first, first + timedelta(days=length))
    stretches = [(first - timedelta(days=1), Decimal(30))]
    stretches += [(first + timedelta(days=since), Decimal(hours)) for since, hours in weekly]
    pause = Span(first + timedelta(days=off[0]), first + timedelta(days=off[0] + off[1]))
    each = Decimal(0)
    for place in range(length + 1):
        day = first + timedelta(days=place)
        hours = max((one for one in stretches if one[0] <= day), key=lambda one: one[0])[1]
        each += 0 if pause.first <= day <= pause.last else hours
    assert abs(hours_in_all(whole, stretches, [pause]) - each / 7) <= Decimal("0.06")
