"""Attendance and completion: `pathways.actions.attendance`."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions
from pathways.enums import AttendanceState, EnrolmentState
from pathways.models import Attendance
from tests import factories
from tests.pathways import ways


@pytest.fixture
def run(course, now):
    """Two sessions of four hours, both over, none recorded."""
    return ways.started_run(course, now)


@pytest.fixture
def enrolment(run, participation, plan_action, now):
    return actions.enrol(
        run=run, participation=participation, plan_action=plan_action, by=participation.person.user, now=now
    )


def record(session, marks, by, now):
    return actions.record_attendance(session=session, marks=marks, by=by, now=now)


def test_hours_of_who_came_go_to_the_plan(run, enrolment, plan_action, partner_staff, now):
    first, second = run.sessions.all()
    record(first, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    record(second, {enrolment.pk: AttendanceState.LATE}, partner_staff, now)
    plan_action.refresh_from_db()
    run.refresh_from_db()
    assert plan_action.hours_done == Decimal("8.0")
    assert run.state == "running"


def test_a_correction_takes_the_hours_back(run, enrolment, plan_action, partner_staff, now):
    session = run.sessions.first()
    record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    record(session, {enrolment.pk: AttendanceState.EXCUSED}, partner_staff, now)
    plan_action.refresh_from_db()
    assert plan_action.hours_done == 0
    assert Attendance.objects.get().hours == 0


def test_the_same_list_sent_twice_changes_nothing(run, enrolment, partner_staff, now):
    session = run.sessions.first()
    for _n in range(2):
        record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    assert Attendance.objects.count() == 1
    assert Event.objects.filter(verb="pathways.attendance_recorded").count() == 1


def test_only_who_has_a_place_is_marked(run, enrolment, edition, partner_staff, now):
    waiting = factories.EnrolmentFactory(run=run, participation=ways.taker(edition), state="waiting")
    elsewhere = factories.EnrolmentFactory()
    marks = dict.fromkeys([waiting.pk, elsewhere.pk], AttendanceState.PRESENT)
    record(run.sessions.first(), marks, partner_staff, now)
    assert not Attendance.objects.exists()


def test_no_attendance_before_the_day(run, enrolment, partner_staff, now):
    coming = factories.SessionFactory(run=run, starts_at=now + timedelta(days=1))
    with pytest.raises(NotNow):
        record(coming, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)


def test_only_the_partner_that_runs_it_records(run, enrolment, other_partner_staff, operator, coordinator, now):
    for stranger in (other_partner_staff, operator, coordinator, enrolment.participation.person.user):
        with pytest.raises(PermissionDenied):
            record(run.sessions.first(), {}, stranger, now)


def test_completing_makes_the_plans_action_done(run, enrolment, plan_action, partner_staff, now):
    record(run.sessions.first(), {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    actions.complete_enrolment(enrolment=enrolment, by=partner_staff, now=now)
    plan_action.refresh_from_db()
    assert (plan_action.state, plan_action.hours_done) == ("done", Decimal("4.0"))
    with pytest.raises(NotNow):
        actions.complete_enrolment(enrolment=enrolment, by=partner_staff, now=now)


def test_not_completing_leaves_the_plans_action_open(run, enrolment, plan_action, partner_staff, now):
    record(run.sessions.first(), {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    actions.fail_enrolment(enrolment=enrolment, by=partner_staff, now=now)
    plan_action.refresh_from_db()
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.NOT_COMPLETED
    assert (plan_action.state, plan_action.hours_done) == ("doing", Decimal("4.0"))


def test_a_correction_after_the_end_still_reaches_the_plan(run, enrolment, plan_action, partner_staff, now):
    first, second = run.sessions.all()
    record(first, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    record(second, {enrolment.pk: AttendanceState.ABSENT}, partner_staff, now)
    actions.complete_run(run=run, by=partner_staff, now=now)
    record(second, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    plan_action.refresh_from_db()
    assert (plan_action.state, plan_action.hours_done) == ("done", Decimal("8.0"))


def test_a_run_ends_for_everybody(run, enrolment, edition, partner_staff, administrator, now):
    never_came = actions.enrol(run=run, participation=ways.taker(edition), by=administrator, now=now)
    waiting = factories.EnrolmentFactory(run=run, participation=ways.taker(edition), state="waiting")
    marks = {enrolment.pk: AttendanceState.PRESENT, never_came.pk: AttendanceState.ABSENT}
    for session in run.sessions.all():
        record(session, marks, partner_staff, now)
    actions.complete_run(run=run, by=partner_staff, now=now)
    states = {e.pk: e.state for e in run.enrolments.all()}
    assert states == {enrolment.pk: "completed", never_came.pk: "not_completed", waiting.pk: "withdrawn"}
    assert OutgoingMessage.objects.filter(key=f"pathways:list_closed:{waiting.pk}").exists()
    with pytest.raises(NotNow):
        actions.complete_run(run=run, by=partner_staff, now=now)


def test_a_run_does_not_end_without_its_evidence(run, enrolment, partner_staff, now):
    first, second = run.sessions.all()
    record(first, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    with pytest.raises(NotNow) as refusal:
        actions.complete_run(run=run, by=partner_staff, now=now)
    assert refusal.value.code == "attendance"
    record(second, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    factories.SessionFactory(run=run, starts_at=now + timedelta(days=1))
    with pytest.raises(NotNow) as refusal:
        actions.complete_run(run=run, by=partner_staff, now=now)
    assert refusal.value.code == "early"
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ENROLLED


def test_of_who_is_limited_nothing_is_recorded(as_user, run, enrolment, plan_action, partner_staff, now):
    """The others' list is saved and the run concluded; theirs goes on when they lift it."""
    somebody = ways.taker(run.opportunity.edition)
    other = actions.enrol(run=run, participation=somebody, by=somebody.person.user, now=now)
    person = enrolment.participation.person
    person.limited_at = now
    person.save(update_fields=["limited_at"])
    first, second = run.sessions.all()
    address = reverse("pathways:session-attendance", args=[first.pk])
    page = as_user(partner_staff)
    assert "non usare per ora i suoi dati" in page.get(address).content.decode()
    # A mark that was posted all the same counts for nothing.
    posted = page.post(address, {str(other.pk): "present", str(enrolment.pk): "present"})
    assert posted.status_code == 302
    record(second, dict.fromkeys([other.pk, enrolment.pk], AttendanceState.PRESENT), partner_staff, now)
    assert set(Attendance.objects.values_list("enrolment", flat=True)) == {other.pk}
    for end in (actions.complete_enrolment, actions.fail_enrolment):
        with pytest.raises(NotNow, match="non usare"):
            end(enrolment=enrolment, by=partner_staff, now=now)
    actions.complete_run(run=run, by=partner_staff, now=now)
    enrolment.refresh_from_db()
    other.refresh_from_db()
    plan_action.refresh_from_db()
    assert (enrolment.state, other.state) == (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)
    assert plan_action.hours_done == 0
    person.limited_at = None
    person.save(update_fields=["limited_at"])
    assert actions.fail_enrolment(enrolment=enrolment, by=partner_staff, now=now)
