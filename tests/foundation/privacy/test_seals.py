"""The chain of seals: late commits are not missed; altering, deleting, putting in and cutting off are found."""

import logging
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from foundation.privacy import actions, queries, tasks
from foundation.privacy.actions import record, sealing
from foundation.privacy.models import Event, EventDetail, Seal, SealedEvent
from tests.factories import EventFactory, YoungPersonFactory


def happen(count=1, **fields):
    return [EventFactory(**fields) for _ in range(count)]


def by_the_keeper_of_the_database(sql, *params):
    """A change by somebody whom no trigger holds."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def faults(**kwargs):
    return [str(fault) for fault in queries.verify(**kwargs)]


@pytest.mark.django_db
def test_sealing_lists_each_event_once_and_the_chain_holds(now):
    first = happen(3)
    one = actions.seal(now=now)
    assert actions.seal(now=now) is None
    second = happen(2)
    two = actions.seal(now=now + timedelta(minutes=1))

    assert (one.count, two.count, two.previous) == (3, 2, one.hash)
    assert set(one.events.values_list("pk", flat=True)) == {event.pk for event in first}
    assert set(two.events.values_list("pk", flat=True)) == {event.pk for event in second}
    assert faults() == []


@pytest.mark.django_db
def test_many_events_fill_several_seals(now, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    happen(10)
    actions.seal(now=now)
    assert list(Seal.objects.order_by("pk").values_list("count", flat=True)) == [4, 4, 2]
    assert faults() == []


def by_range_of_ids(*, now):
    """How it must not be done: whatever comes after the last id that was sealed."""
    last = SealedEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if rows := list(Event.objects.filter(pk__gt=last).values_list("pk", flat=True)):
        made = Seal.objects.create(at=now, previous=f"{last:064}", hash=f"{rows[-1]:064}", count=len(rows))
        SealedEvent.objects.bulk_create(SealedEvent(event_id=key, seal=made) for key in rows)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("strategy", "missed"), [(actions.seal, False), (by_range_of_ids, True)])
def test_a_late_commit_is_sealed_by_a_later_seal(strategy, missed):
    """One session writes the earlier event and commits after the seal. A range of ids would miss it for good."""
    written, may_commit, keys = threading.Event(), threading.Event(), []

    def slow():
        try:
            with transaction.atomic():
                keys.append(EventFactory().pk)
                written.set()
                may_commit.wait(20)
        finally:
            written.set()
            connection.close()

    session = threading.Thread(target=slow)
    session.start()
    written.wait(20)
    quick = EventFactory()
    strategy(now=timezone.now())
    assert list(SealedEvent.objects.values_list("pk", flat=True)) == [quick.pk]
    may_commit.set()
    session.join(20)
    assert keys[0] < quick.pk

    strategy(now=timezone.now())

    assert (not SealedEvent.objects.filter(pk=keys[0]).exists()) == missed
    if not missed:
        assert faults() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE privacy_event SET verb = 'tests.other' WHERE id = %s",
        "UPDATE privacy_event SET at = at - interval '1 microsecond' WHERE id = %s",
        "UPDATE privacy_event SET by_id = gen_random_uuid() WHERE id = %s",
        "UPDATE privacy_event SET about = gen_random_uuid() WHERE id = %s",
        "UPDATE privacy_event SET fields = ARRAY['surname'] WHERE id = %s",
        "UPDATE privacy_event SET on_id = '7' WHERE id = %s",
        "UPDATE privacy_event SET detail_digest = repeat('a', 64) WHERE id = %s",
        "UPDATE privacy_seal SET hash = repeat('a', 64) WHERE id = (SELECT seal_id FROM privacy_sealedevent"
        " WHERE event_id = %s)",
        "UPDATE privacy_seal SET at = at + interval '1 hour' WHERE id = (SELECT seal_id FROM privacy_sealedevent"
        " WHERE event_id = %s)",
        "UPDATE privacy_sealedevent SET event_id = event_id + 1000 WHERE event_id = %s",
    ],
)
def test_altering_is_found(now, change):
    event, _other = happen(2)
    actions.seal(now=now)
    happen()
    actions.seal(now=now + timedelta(minutes=1))
    assert faults() == []

    by_the_keeper_of_the_database(change, event.pk)

    assert faults()


@pytest.mark.django_db
def test_altered_values_are_found_and_erased_ones_are_none(young_person, operator, now):
    def told():
        return record(
            verb="tests.told", by=operator, now=now, on=young_person, about=young_person, values={"phone": "+39333"}
        )

    event, other = told(), told()
    assert queries.detail_of(event) == {"phone": "+39333"}
    assert event.detail_digest != other.detail_digest, "a salt of its own each"
    actions.seal(now=now)
    assert faults() == []

    EventDetail.objects.filter(pk=event.pk).update(values={"phone": "+39334"})
    assert faults() == [f"The values of event {event.pk} were altered."]

    assert actions.forget_details(abouts=[young_person], now=now) == 2
    assert queries.detail_of(event) is None
    assert faults() == []


@pytest.mark.django_db
def test_deleting_is_found(now):
    events = happen(3)
    actions.seal(now=now)
    happen()
    actions.seal(now=now + timedelta(minutes=1))

    with transaction.atomic():
        by_the_keeper_of_the_database("DELETE FROM privacy_event WHERE id = %s", events[1].pk)
        assert faults() == [f"Event {events[1].pk}, under seal {Seal.objects.earliest('pk').pk}, is gone."]
        by_the_keeper_of_the_database("DELETE FROM privacy_sealedevent WHERE event_id = %s", events[1].pk)
        assert any("lists 2" in fault for fault in faults())

    first = Seal.objects.earliest("pk").pk
    by_the_keeper_of_the_database("DELETE FROM privacy_sealedevent WHERE seal_id = %s", first)
    assert any("lists no events" in fault for fault in faults())
    by_the_keeper_of_the_database("DELETE FROM privacy_seal WHERE id = %s", first)
    assert any("does not follow" in fault for fault in faults())


@pytest.mark.django_db
def test_what_lies_under_no_seal_for_more_than_a_day_is_found_and_sealed_when_asked(now):
    happen()
    actions.seal(now=now)
    (late,) = happen()
    by_the_keeper_of_the_database("UPDATE privacy_event SET written_at = '2001-01-01 UTC' WHERE id = %s", late.pk)

    assert actions.seal(now=now) is None
    assert faults() == [f"Event {late.pk} was written more than a day ago and lies under no seal."]
    assert actions.seal(now=now, whole=True).count == 1
    assert faults() == []


@pytest.mark.django_db
def test_a_cut_off_tail_is_found(now, tmp_path):
    happen()
    actions.seal(now=now - timedelta(days=1))
    (last,) = happen()
    tail = actions.seal(now=now)
    today = timezone.localdate(now)
    log = tmp_path / "portal.log"
    log.write_text(f"2026-05-06 00:05 WARNING migwork.seals SEAL {today} {queries.last_hash_of(today)}\n")
    call_command("privacy", "verify", file=str(log), verbosity=0)

    by_the_keeper_of_the_database("DELETE FROM privacy_sealedevent WHERE seal_id = %s", tail.pk)
    by_the_keeper_of_the_database("DELETE FROM privacy_seal WHERE id = %s", tail.pk)
    by_the_keeper_of_the_database("DELETE FROM privacy_event WHERE id = %s", last.pk)

    assert faults() == [], "from within it cannot be seen"
    assert len(faults(expect={today: tail.hash})) == 1
    with pytest.raises(CommandError, match="cut off"):
        call_command("privacy", "verify", expect=[f"{today}={tail.hash}"])
    with pytest.raises(CommandError, match="cut off"):
        call_command("privacy", "verify", file=str(log))


@pytest.mark.django_db
def test_the_days_last_hash_leaves_the_database(now, caplog):
    happen()
    actions.seal(now=now - timedelta(days=1, hours=2))
    happen()
    yesterday = actions.seal(now=now - timedelta(days=1))
    happen()
    actions.seal(now=now)

    with caplog.at_level(logging.WARNING, logger="migwork.seals"):
        tasks.keep_hash()

    assert [record.getMessage() for record in caplog.records] == [f"SEAL 2026-05-04 {yesterday.hash}"]


@pytest.mark.django_db
def test_the_nightly_check_says_what_is_wrong_and_names_nobody(now, caplog):
    person = YoungPersonFactory(last_name="Zanardelli")
    (event,) = happen(about=person.pk)
    tasks.seal()
    tasks.verify_chain()
    assert caplog.records == []

    by_the_keeper_of_the_database("UPDATE privacy_event SET verb = 'tests.other' WHERE id = %s", event.pk)
    tasks.verify_chain()

    (said,) = caplog.records
    assert said.levelno == logging.ERROR
    assert "altered" in said.getMessage()
    assert str(person.pk) not in said.getMessage()


@pytest.mark.django_db
def test_anonymising_leaves_it_passing(young_person, privacy_officer, operator, now):
    from accounts.actions import anonymise_person

    record(verb="tests.told", by=operator, now=now, on=young_person, about=young_person, values={"name": "Amina"})
    actions.seal(now=now)
    before = Event.objects.count()

    anonymise_person(person=young_person, by=privacy_officer, now=now)

    assert Event.objects.count() == before + 1, "events stay, and there is one of the anonymising"
    assert not EventDetail.objects.exists()
    assert faults() == []
    actions.seal(now=now + timedelta(minutes=1))
    assert faults() == []
