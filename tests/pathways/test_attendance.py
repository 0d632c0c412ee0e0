"""Attendance and completion: `pathways.actions.attendance`."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions
from pathways.actions import Mark, MarkedMeanwhile, Tap
from pathways.enums import AttendanceState, EnrolmentState
from pathways.models import Attendance, AttendanceMark, ClosedList
from reporting.counting import count
from reporting.indicators import INDICATORS, Scope
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


def correct(session, marks, by, now):
    return actions.record_attendance(session=session, marks=marks, by=by, now=now, reason="Era presente")


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
    correct(second, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
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


# -- late, corrected, closed ----------------------------------------------------------------


def hours_reported(edition) -> Decimal:
    return count(INDICATORS["hours"], Scope.of(edition)).total


def test_hours_of_who_came_late(run, enrolment, plan_action, partner_staff, now):
    edition, session = run.opportunity.edition, run.sessions.first()
    before = hours_reported(edition)
    record(session, {enrolment.pk: Mark(AttendanceState.LATE, Decimal("2.5"))}, partner_staff, now)
    plan_action.refresh_from_db()
    assert plan_action.hours_done == Decimal("2.5")
    assert hours_reported(edition) - before == Decimal("2.5")
    # Three quarters of an hour more, and the plan's hours have one decimal.
    record(session, {enrolment.pk: Mark(AttendanceState.LATE, Decimal("3.25"))}, partner_staff, now)
    plan_action.refresh_from_db()
    assert plan_action.hours_done == Decimal("3.3")
    assert hours_reported(edition) - before == Decimal("3.25")
    for wrong in ("0", "0.1", "4.25"):
        with pytest.raises(NotNow) as refusal:
            record(session, {enrolment.pk: Mark(AttendanceState.LATE, Decimal(wrong))}, partner_staff, now)
        assert refusal.value.code == "hours"
    for state in (AttendanceState.EXCUSED, AttendanceState.ABSENT):
        record(session, {enrolment.pk: Mark(state, Decimal(3))}, partner_staff, now)
        plan_action.refresh_from_db()
        assert (plan_action.hours_done, hours_reported(edition)) == (0, before)


def test_the_database_gives_no_hours_to_who_was_not_there(run, enrolment):
    with pytest.raises(IntegrityError, match="attendance_hours_of_who_was_there"), transaction.atomic():
        factories.AttendanceFactory(session=run.sessions.first(), enrolment=enrolment, state="absent", hours=4)


def test_a_correction_leaves_a_trace(as_user, run, enrolment, plan_action, partner_staff, partner_admin, now):
    session, marks = run.sessions.first(), {enrolment.pk: Mark(AttendanceState.LATE, Decimal(3))}
    record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    day_after = now + timedelta(days=1)
    with pytest.raises(NotNow) as refusal:
        record(session, marks, partner_admin, day_after)
    assert refusal.value.code == "reason"
    assert Attendance.objects.get().state == AttendanceState.PRESENT
    actions.record_attendance(
        session=session, marks=marks, by=partner_admin, now=day_after, reason="  È arrivata alle 15, dice il foglio "
    )
    first, change = AttendanceMark.objects.all()
    assert (first.was_state, first.state, first.by, first.reason) == ("", "present", partner_staff, "")
    assert (change.was_state, change.was_hours) == ("present", Decimal(4))
    assert (change.state, change.hours) == ("late", Decimal(3))
    assert (change.by, change.at, change.reason) == (partner_admin, day_after, "È arrivata alle 15, dice il foglio")
    plan_action.refresh_from_db()
    assert plan_action.hours_done == 3
    assert Event.objects.filter(verb="pathways.attendance_corrected", by_id=partner_admin.pk).count() == 1
    page = as_user(partner_staff).get(reverse("pathways:session-attendance", args=[session.pk])).content.decode()
    assert "da «Presente» a «In ritardo, 3 ore»" in page
    assert "È arrivata alle 15, dice il foglio" in page
    assert str(partner_admin) in page


def test_a_slip_of_the_thumb_needs_no_reason_and_leaves_a_trace(run, enrolment, partner_staff, now):
    session = run.sessions.first()
    record(session, {enrolment.pk: AttendanceState.ABSENT}, partner_staff, now)
    record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now + timedelta(minutes=14))
    assert [(mark.was_state, mark.state) for mark in AttendanceMark.objects.all()] == [
        ("", "absent"),
        ("absent", "present"),
    ]
    with pytest.raises(NotNow):
        record(session, {enrolment.pk: AttendanceState.ABSENT}, partner_staff, now + timedelta(minutes=30))


def close(session, by, now):
    return actions.close_list(session=session, by=by, now=now)


def test_closing_a_session(run, enrolment, edition, partner_staff, other_partner_staff, administrator, now):
    session = run.sessions.first()
    other = actions.enrol(run=run, participation=ways.taker(edition), by=administrator, now=now)
    record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    session.refresh_from_db()
    assert session.recorded_at is None  # somebody is not marked yet
    with pytest.raises(NotNow) as refusal:
        close(session, partner_staff, now)
    assert refusal.value.code == "unmarked"
    record(session, {other.pk: AttendanceState.ABSENT}, partner_staff, now)
    with pytest.raises(PermissionDenied):
        close(session, other_partner_staff, now)
    for _twice in range(2):
        close(session, partner_staff, now)
    assert (ClosedList.objects.get().closed_by, ClosedList.objects.get().closed_at) == (partner_staff, now)
    soon = now + timedelta(minutes=1)
    with pytest.raises(NotNow) as refusal:
        record(session, {enrolment.pk: AttendanceState.ABSENT}, partner_staff, soon)
    assert refusal.value.code == "reason"
    record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, soon)  # says nothing new
    # Also a first mark, of somebody who joins afterwards.
    newcomer = actions.enrol(run=run, participation=ways.taker(edition), by=administrator, now=soon)
    with pytest.raises(NotNow):
        record(session, {newcomer.pk: AttendanceState.PRESENT}, partner_staff, soon)
    actions.record_attendance(
        session=session, marks={newcomer.pk: "present"}, by=partner_staff, now=soon, reason="Era nel foglio"
    )
    assert AttendanceMark.objects.get(attendance__enrolment=newcomer).reason == "Era nel foglio"


def test_the_database_refuses_to_change_a_closed_list_without_a_reason(run, enrolment, partner_staff, now):
    session, soon = run.sessions.first(), now + timedelta(minutes=1)
    record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    close(session, partner_staff, now)

    def tamper():
        with transaction.atomic():
            Attendance.objects.update(state="absent", hours=0, recorded_at=soon)
            connection.check_constraints()

    with pytest.raises(IntegrityError, match="changes only with a reason"):
        tamper()
    with pytest.raises(IntegrityError, match="attendance_late_marks_say_why"), transaction.atomic():
        AttendanceMark.objects.update(is_late=True)


def test_concluding_a_run_closes_its_lists(run, enrolment, partner_staff, now):
    for session in run.sessions.all():
        record(session, {enrolment.pk: AttendanceState.PRESENT}, partner_staff, now)
    actions.complete_run(run=run, by=partner_staff, now=now)
    assert ClosedList.objects.count() == 2
    with pytest.raises(NotNow) as refusal:
        record(session, {enrolment.pk: AttendanceState.ABSENT}, partner_staff, now)
    assert refusal.value.code == "reason"


# -- by a phone -----------------------------------------------------------------------------


@pytest.fixture
def tap(run, enrolment, partner_staff, now):
    """`tap("present")`: what the phone of the partner's staff sends of the first session."""

    def send(state, *, key=None, at=now, seen=0, by=partner_staff, hours=None, when=now):
        return actions.mark_by_phone(
            session=run.sessions.first(),
            enrolment=enrolment.pk,
            mark=Mark(AttendanceState(state), hours),
            tap=Tap(key=key or uuid4(), at=at, seen=seen),
            by=by,
            now=when,
        )

    return send


def test_what_is_sent_twice_is_written_once(run, enrolment, tap, partner_admin, now):
    key = uuid4()
    assert tap("present", key=key).state == "present"
    assert tap("present", key=key).state == "present"
    assert AttendanceMark.objects.count() == 1
    assert Event.objects.filter(verb="pathways.attendance_recorded").count() == 1
    # Sent a third time when somebody else has corrected it, and the list is closed: it still undoes nothing.
    record(run.sessions.first(), {enrolment.pk: AttendanceState.EXCUSED}, partner_admin, now)
    close(run.sessions.first(), partner_admin, now)
    assert tap("present", key=key).state == "excused"
    assert AttendanceMark.objects.count() == 2


def test_an_earlier_tap_that_comes_later_is_let_go(tap, now):
    assert tap("absent", at=now + timedelta(seconds=2)).state == "absent"
    assert tap("present", at=now).state == "absent"
    # Also where the later one changed nothing.
    assert tap("absent", at=now + timedelta(seconds=9)).state == "absent"
    assert tap("present", at=now + timedelta(seconds=5)).state == "absent"


def test_a_tap_overwrites_nobody_elses_mark_unread(run, enrolment, tap, partner_admin, now):
    tap("present")
    seen = AttendanceMark.objects.latest("pk").pk
    record(run.sessions.first(), {enrolment.pk: AttendanceState.LATE}, partner_admin, now)
    with pytest.raises(MarkedMeanwhile) as refusal:
        tap("absent", seen=seen)
    assert refusal.value.enrolments == [enrolment.pk]
    assert tap("absent", seen=AttendanceMark.objects.latest("pk").pk).state == "absent"


def test_the_whole_list_overwrites_nobody_elses_mark_unread(as_user, run, enrolment, partner_staff, partner_admin, now):
    session, page = run.sessions.first(), as_user(partner_staff)
    address = reverse("pathways:session-attendance", args=[session.pk])
    record(session, {enrolment.pk: AttendanceState.LATE}, partner_admin, timezone.now())
    answer = page.post(address, {str(enrolment.pk): "absent", "seen": "0"})
    assert answer.status_code == 200
    assert "Intanto qualcun altro ha segnato" in answer.content.decode()
    assert answer.context["form"][str(enrolment.pk)].value() == "late"
    seen = answer.context["form"]["seen"].value()
    assert page.post(address, {str(enrolment.pk): "absent", "seen": str(seen)}).status_code == 302
    assert Attendance.objects.get().state == AttendanceState.ABSENT
