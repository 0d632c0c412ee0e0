"""Checking in by the code on the screen: `pathways.check_in`, its action and its pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions, check_in
from pathways.models import Attendance, AttendanceMark
from tests import factories
from tests.pathways import ways


@pytest.fixture
def session(course, now):
    """One of four hours that begins in ten minutes."""
    run = ways.started_run(course, now, sessions=1)
    start = now + timedelta(minutes=10)
    return factories.SessionFactory(run=run, starts_at=start, ends_at=start + timedelta(hours=4))


@pytest.fixture
def enrolment(session, participation, now):
    return actions.enrol(run=session.run, participation=participation, by=participation.person.user, now=now)


def enter(session, user, when, shown=None):
    """Confirm at `when` with the code that was on the screen at `shown`."""
    _pk, period = check_in.read(check_in.code_of(session, shown or when))
    return actions.check_in(session=session, period=period, by=user, now=when)


def refusal(session, user, when, shown=None) -> str:
    with pytest.raises(NotNow) as refused:
        enter(session, user, when, shown)
    return refused.value.code


def test_who_checks_in_is_on_the_list_once(session, enrolment, young_person, now):
    for _twice in range(2):
        standing = enter(session, young_person.user, now)
    assert (standing.state, standing.hours, standing.recorded_by) == ("present", Decimal(4), young_person.user)
    assert AttendanceMark.objects.count() == 1
    assert Event.objects.filter(verb="pathways.attendance_recorded").count() == 1


def test_an_old_code_is_refused(session, enrolment, young_person, now, as_user):
    yesterday = check_in.code_of(session, now - timedelta(days=1))
    assert refusal(session, young_person.user, now, shown=now - timedelta(days=1)) == "old"
    assert refusal(session, young_person.user, now, shown=now - timedelta(minutes=4)) == "old"
    assert refusal(session, young_person.user, now, shown=now + timedelta(minutes=4)) == "old"  # nor one ahead
    assert not Attendance.objects.exists()
    # Time to open the page and to tap.
    assert enter(session, young_person.user, now + timedelta(minutes=2), shown=now)
    for method in ("get", "post"):
        page = getattr(as_user(young_person.user), method)(reverse("pathways:check-in", args=[yesterday]))
        assert page.status_code == 410
        assert "Questo codice è vecchio" in page.content.decode()


def test_the_code_changes_and_is_of_one_session(session, now):
    codes = {check_in.code_of(session, now + timedelta(seconds=30 * n)) for n in range(4)}
    assert len(codes) == 4
    other = factories.SessionFactory(run=session.run, starts_at=now + timedelta(days=2))
    assert check_in.read(check_in.code_of(other, now))[0] == other.pk
    assert check_in.read("B" + check_in.code_of(session, now)[1:]) is None


def test_only_who_is_enrolled_and_only_around_the_session(session, enrolment, other_young_person, young_person, now):
    assert refusal(session, other_young_person.user, now) == "not_enrolled"
    waiting = factories.EnrolmentFactory(
        run=session.run, participation=ways.taker(session.run.opportunity.edition), state="waiting"
    )
    assert refusal(session, waiting.participation.person.user, now) == "not_enrolled"
    for when in (now - timedelta(minutes=21), session.ends_at):
        assert refusal(session, young_person.user, when) == "time"
    assert enter(session, young_person.user, now - timedelta(minutes=19))


def test_who_comes_late_has_the_hours_that_are_left(session, enrolment, young_person, now):
    standing = enter(session, young_person.user, session.starts_at + timedelta(minutes=50))
    assert (standing.state, standing.hours) == ("late", Decimal(3))  # 3 h 10: in quarters


def test_what_the_trainer_marked_stays(session, enrolment, young_person, partner_staff, now):
    actions.record_attendance(session=session, marks={enrolment.pk: "absent"}, by=partner_staff, now=now)
    assert refusal(session, young_person.user, now) == "marked"
    assert Attendance.objects.get().state == "absent"


def test_nobody_checks_in_while_their_data_are_limited(session, enrolment, young_person, now):
    young_person.limited_at = now
    young_person.save(update_fields=["limited_at"])
    assert refusal(session, young_person.user, now) == "limited"


def test_opening_writes_nothing_and_the_button_does(session, enrolment, young_person, partner_staff, as_user):
    start = timezone.now() + timedelta(minutes=5)
    session.starts_at, session.ends_at = start, start + timedelta(hours=2)
    session.save()
    screen = as_user(partner_staff).get(reverse("pathways:session-qr", args=[session.pk]))
    assert int(screen["Refresh"]) < check_in.PERIOD
    assert "data:image/svg+xml" in screen.content.decode()
    assert "Finora: 0 su 1" in screen.content.decode()
    page = reverse("pathways:check-in", args=[check_in.code_of(session, timezone.now())])
    assert "Sì, ci sono" in as_user(young_person.user).get(page).content.decode()
    assert not Attendance.objects.exists()
    assert as_user(young_person.user).post(page).status_code == 302
    assert Attendance.objects.get().state == "present"
    assert "Sei nell’elenco" in as_user(young_person.user).get(page).content.decode()
