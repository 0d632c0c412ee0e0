"""The demo walks the real actions; the bench's rows have its shape."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from accounts.models import PrivacyRequest
from foundation.communications.models import OutgoingMessage
from foundation.communications.queries import recent_failures
from foundation.privacy.models import Access, Event, RetentionRule, SealedEvent
from foundation.questionnaires.models import AnswerSheet
from intake.enums import AppointmentKind, ParticipationState, QueueState
from intake.models import (
    Appointment,
    Interview,
    Participation,
    Plan,
    PlanAction,
    QueueEntry,
    Reception,
    Referral,
    Slot,
)
from internships.enums import InternshipState
from internships.models import Internship, RegisterDay
from pathways.models import Attendance, Enrolment, Opportunity, Run
from portal.bench.data import Filler
from portal.management.commands.bench import empty
from portal.management.commands.load_demo import seven_months_before
from programme.models import Edition
from reporting.models import Expense, Figures

pytestmark = pytest.mark.django_db

# Of these tables a person has about as many rows in the bench as in the demo.
PER_PERSON = [Reception, Appointment, Interview, AnswerSheet, Plan, PlanAction, Enrolment, Attendance, Event]


class Undo(Exception):
    pass


def rows_per_person() -> dict:
    persons = Participation.objects.count()
    return {model.__name__: model.objects.count() / persons for model in PER_PERSON}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """A demo of a hundred people, gone after the module."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                call_command("load_demo", persons=100, verbosity=0)
                yield Edition.objects.get(is_demo=True)
                raise Undo
        except Undo:
            pass


@pytest.mark.slow
def test_the_chain_of_the_demo_holds(demo):
    """`privacy verify` passes after the whole demo, and says so when one of its events is altered."""
    assert SealedEvent.objects.count() == Event.objects.count() > 1000
    call_command("privacy", "verify", verbosity=0)

    point = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE privacy_event SET verb = 'x' WHERE id = (SELECT max(id) FROM privacy_event)")
    with pytest.raises(CommandError, match="altered"):
        call_command("privacy", "verify", verbosity=0)
    transaction.savepoint_rollback(point)


def test_the_planner_knows_how_many_rows_there_are(demo):
    """Else it joins the demo's tables as if they were empty: minutes for a figure, until statistics come by chance."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Participation._meta.db_table])
        assert cursor.fetchone()[0] == Participation.with_merged.count()


def test_what_is_kept_how_long_is_there(demo):
    assert RetentionRule.objects.exists()


@pytest.mark.slow
def test_the_privacy_officer_finds_work(demo):
    """A request near its term, one for an erasure, one that came by letter, one granted; openings; a lost message."""
    requests = {(request.kind, request.state): request for request in PrivacyRequest.objects.all()}
    assert set(requests) == {
        ("names", "open"),
        ("erasure", "open"),
        ("objection", "open"),
        ("correction", "granted"),
    }
    near = requests["names", "open"]
    assert 0 < (near.due_on - timezone.localdate()).days <= 7
    assert Access.objects.filter(about=near.person_id).count() == 3
    assert requests["objection", "open"].asked_by.name == "Livia Serra"
    (lost,) = OutgoingMessage.objects.filter(state="bounced")
    assert [message.pk for message in recent_failures(timezone.now() - timedelta(days=30))] == [lost.pk]


@pytest.mark.slow
def test_has_people_at_every_stage(demo):
    there = set(demo.participations.values_list("state", flat=True))
    assert set(ParticipationState) - there <= {ParticipationState.DROPPED, ParticipationState.CLOSED}


@pytest.mark.slow
def test_hours_can_be_booked_and_the_queue_has_people_at_every_stage(demo):
    """Newcomers find hours, young people have booked some, and who came by today stands at each stage."""
    newcomer = demo.participations.filter(state=ParticipationState.REGISTERED).first()
    for kind in AppointmentKind:
        assert Slot.objects.for_way(newcomer, timezone.now()).for_kind(kind).count() > 20
    booked = Appointment.objects.filter(slot__isnull=False)
    assert {"booked", "seen"} <= set(booked.values_list("state", flat=True))
    today = QueueEntry.objects.filter(day=timezone.localdate())
    assert set(today.values_list("state", flat=True)) == set(QueueState)


@pytest.mark.slow
def test_offers_all_families_and_waits_for_two_reviews(demo):
    assert Opportunity.objects.published().values("family").distinct().count() == 9
    # Beside 25 activities the offers of internships.
    assert Opportunity.objects.published().filter(internship_offer=None).count() == 25
    assert Opportunity.objects.filter(state="in_review").count() == 2


@pytest.mark.slow
def test_internships_run_and_end(demo):
    there = set(Internship.objects.values_list("state", flat=True))
    assert {InternshipState.RUNNING, InternshipState.COMPLETED} <= there
    assert RegisterDay.objects.exists()


@pytest.mark.slow
def test_the_demo_is_never_over_capacity(demo):
    for run in Run.objects.all():
        assert run.enrolments.holding_a_place().count() == run.places_taken <= run.places


@pytest.mark.slow
def test_budget_is_the_document_s_to_the_euro(demo):
    by_kind = dict(demo.budget_lines.values_list("funder__kind").annotate(Sum("amount")))
    assert by_kind == {"grant": Decimal(153_519), "own": Decimal(203_026)}


@pytest.mark.slow
def test_no_line_is_overspent(demo):
    spent = Expense.objects.values("line").annotate(spent=Sum("amount"))
    assert Expense.objects.exists()
    assert not spent.filter(spent__gt=F("line__amount")).exists()


@pytest.mark.slow
def test_today_lies_in_the_edition_and_its_figures_are_counted(demo):
    assert demo.starts_on < timezone.localdate() < demo.ends_on
    assert Figures.objects.filter(edition=demo).exists()


@pytest.mark.slow
def test_old_messages_have_arrived(demo):
    old = timezone.now() - timedelta(days=2)
    assert OutgoingMessage.objects.filter(created_at__lt=old).exists()
    assert not OutgoingMessage.objects.filter(created_at__lt=old, state="queued", not_before__lt=old).exists()


@pytest.mark.slow
def test_the_demo_is_loaded_once(demo):
    before = Participation.objects.count()
    call_command("load_demo", persons=100, verbosity=0)
    assert Participation.objects.count() == before


@pytest.mark.slow
def test_bench_has_its_shape(demo):
    walked = rows_per_person()
    walked_states = set(Participation.objects.values_list("state", flat=True))
    with transaction.atomic():
        # What the demo left to be checked at the commit would stand in the way.
        connection.check_constraints()
        empty()
        Filler(persons=300, opportunities=30, now=timezone.now()).fill()
        filled = rows_per_person()
        filled_states = set(Participation.objects.values_list("state", flat=True))
        assert Referral.objects.count() >= Internship.objects.count() > 0
        transaction.set_rollback(True)
    assert walked_states <= filled_states
    far_off = {name: (walked[name], filled[name]) for name in walked if not 0.4 < filled[name] / walked[name] < 2.5}
    assert not far_off


def test_demo_is_for_demo_mode_only(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode"):
        call_command("load_demo")


@pytest.mark.parametrize(
    ("today", "begins"), [("2026-11-22", "2026-05-01"), ("2027-03-31", "2026-09-01"), ("2028-02-29", "2027-08-01")]
)
def test_demo_begins_so_that_today_is_in_its_seventh_month(today, begins):
    assert seven_months_before(date.fromisoformat(today)) == date.fromisoformat(begins)


def test_bench_refuses_a_database_of_another_name():
    with pytest.raises(CommandError, match="bench"):
        call_command("bench")
