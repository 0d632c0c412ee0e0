"""What the tables of privacy refuse."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.privacy.actions import record
from foundation.privacy.models import Access, EventDetail, RetentionRule, Seal, SealedEvent
from tests import factories as f
from tests.foundation.refusals import assert_refused, constraints_of

SOMEBODY = uuid.uuid4()


def warned():
    rule = RetentionRule.objects.first() or f.RetentionRuleFactory()
    f.WarnedFactory(about=SOMEBODY, rule=rule, due_on=date(2027, 1, 1))


REFUSED = {
    "event_detail_is_salted": [lambda: f.EventDetailFactory(salt="")],
    "access_special_has_its_reason": [
        lambda: f.AccessFactory(special=True, reason="A place for a wheelchair is needed"),
        lambda: f.AccessFactory(special=True),
    ],
    "seal_holds_events": [lambda: f.SealFactory(count=0)],
    "seal_follows_another": [lambda: f.SealFactory(previous="1" * 64, hash="1" * 64)],
    "chain_fault_settling_is_whole": [lambda: f.ChainFaultFactory(settled_at=timezone.now())],
    "retention_rule_has_months": [lambda: f.RetentionRuleFactory(months=0, warning_days=0)],
    "retention_rule_warns_within_its_term": [lambda: f.RetentionRuleFactory(months=1, warning_days=28)],
    "retention_rule_ends_after_it_begins": [
        lambda: f.RetentionRuleFactory(valid_from=date(2026, 5, 5), valid_to=date(2026, 5, 5)),
        lambda: f.RetentionRuleFactory(valid_from=date(2026, 5, 5), valid_to=date(2026, 5, 4)),
    ],
    "warned_once": [warned, warned],
    "notice_shown_once": [
        lambda: f.NoticeShownFactory(about=SOMEBODY),
        lambda: f.NoticeShownFactory(about=SOMEBODY, audience="minor"),
        lambda: f.NoticeShownFactory(about=SOMEBODY, language="en"),
    ],
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(db, name):
    # No months and no days of warning break two rules; which of them is named is PostgreSQL's choice by name.
    assert_refused(name, *REFUSED[name])


def test_each_constraint_is_tried():
    assert constraints_of("privacy") == set(REFUSED)


@pytest.mark.parametrize("model", [Seal, SealedEvent])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_a_seal(db, model, change):
    sealed = f.SealedEventFactory()
    column = {Seal: "count", SealedEvent: "event_id"}[model]
    table = model._meta.db_table
    statement = {"update": f"UPDATE {table} SET {column} = {column} + 1", "delete": f"DELETE FROM {table}"}[change]

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert SealedEvent.objects.get().seal.count == sealed.seal.count


def test_the_chain_cannot_fork_and_an_event_is_sealed_once(db):
    first = f.SealedEventFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        f.SealFactory(previous=first.seal.previous, hash="e" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedEvent.objects.create(event_id=first.event_id, seal=f.SealFactory())


def test_an_event_tells_the_time_it_was_given_and_the_databases_own(young_person, now):
    event = record(verb="accounts.person_corrected", by=None, now=now, on=young_person)

    event.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        clock = cursor.fetchone()[0]
    assert event.at == now == timezone.now()
    assert 0 <= (clock - event.written_at).total_seconds() < 60
    assert event.detail_digest == ""


def test_the_detail_of_an_event_is_unreadable_in_the_table_and_goes_without_it(db):
    detail = f.EventDetailFactory(values={"phone": "+393331234567"})

    with connection.cursor() as cursor:
        cursor.execute('SELECT "values" FROM privacy_eventdetail')
        assert "333" not in cursor.fetchone()[0]
    assert EventDetail.objects.get().values == {"phone": "+393331234567"}
    EventDetail.objects.all().delete()
    detail.event.refresh_from_db()


def test_the_typed_reason_of_an_access_is_unreadable_in_the_table(db):
    f.AccessFactory(special=True, reason="A place for a wheelchair is needed")

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM privacy_access")
        assert "wheelchair" not in cursor.fetchone()[0]
    assert Access.objects.get().reason == "A place for a wheelchair is needed"


def test_which_retention_rules_hold(db):
    ended = f.RetentionRuleFactory(valid_from=date(2024, 1, 1), valid_to=date(2025, 12, 31))
    holds = f.RetentionRuleFactory(valid_from=date(2026, 1, 1))
    assert list(RetentionRule.objects.in_force(date(2025, 12, 31))) == [ended]
    assert list(RetentionRule.objects.in_force(date(2026, 1, 1))) == [holds]


def test_access_reads_all_ids_of_merged_people_newest_first(db, now):
    other = uuid.uuid4()
    first, second = f.AccessFactory(about=SOMEBODY), f.AccessFactory(about=other)
    f.AccessFactory()
    assert list(Access.objects.about([SOMEBODY, other])) == [second, first]
