"""Reads of the audit trail: whether it holds, and who opened what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from foundation.privacy import chain
from foundation.privacy.models import Access, ChainFault, Event, EventDetail, Seal
from migwork.calendar import bounds_of

PAGE = 50


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the chain. `text` names seals and events by number, never a person."""

    text: str

    def __str__(self):
        return self.text


def verify(*, expect: Mapping[date, str] | None = None) -> list[Fault]:
    """Whatever in the audit trail is not as it was sealed; nothing if it holds.

    `expect`: the last hash of a day, as it was kept outside the database. Without one, a tail that was cut
    off cannot be seen from within.
    """
    with transaction.atomic():
        return [*_chain_faults(), *_unsealed_faults(), *_detail_faults(), *_kept_faults(expect or {})]


def _chain_faults():
    seals = {
        row[0]: row[1:] for row in Seal.objects.order_by("pk").values_list("pk", "at", "previous", "hash", "count")
    }
    before, listing = chain.NOTHING, set()
    for seal, rows in _sealed_events():
        listing.add(seal)
        if seal not in seals:
            yield Fault(f"Seal {seal} is gone.")
            continue
        at, previous, kept, count = seals[seal]
        missing, digests, seen = [], [], 0
        for event, row in rows:
            seen += 1
            if row[0] is None:
                missing.append(event)
                continue
            digests.append((event, chain.digest(row)))
        for event in missing:
            yield Fault(f"Event {event}, under seal {seal}, is gone.")
        if seen != count:
            yield Fault(f"Seal {seal} was made over {count} events and lists {seen}.")
        if not missing and chain.seal_hash(previous=previous, at=at, digests=digests) != kept:
            yield Fault(f"Seal {seal} or an event under it was altered.")
    for seal, (_at, previous, kept, _count) in seals.items():
        if previous != before:
            yield Fault(f"Seal {seal} does not follow the seal before it: one was altered, put in or taken out.")
        if seal not in listing:
            yield Fault(f"Seal {seal} lists no events any more.")
        before = kept


def _sealed_events():
    """(seal, [(event, its covered columns)]) in the order in which they were sealed, as a stream."""
    columns = ", ".join(f"e.{name}" for name in chain.COVERED)
    sql = (
        f"SELECT s.seal_id, s.event_id, {columns} FROM privacy_sealedevent s "  # noqa: S608
        "LEFT JOIN privacy_event e ON e.id = s.event_id ORDER BY s.seal_id, s.event_id"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        rows = (row for chunk in iter(lambda: cursor.fetchmany(2000), []) for row in chunk)
        for seal, group in groupby(rows, key=lambda row: row[0]):
            yield seal, ((row[1], row[2:]) for row in group)


def _unsealed_faults():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM privacy_event e LEFT JOIN privacy_sealedevent s ON s.event_id = e.id "
            "WHERE s.event_id IS NULL AND e.written_at < clock_timestamp() - interval '1 day' ORDER BY e.id LIMIT 20"
        )
        for (event,) in cursor.fetchall():
            yield Fault(f"Event {event} was written more than a day ago and lies under no seal.")


def _detail_faults():
    for detail in EventDetail.objects.select_related("event").order_by("pk").iterator(chunk_size=1000):
        if chain.detail_digest(detail.salt, detail.values) != detail.event.detail_digest:
            yield Fault(f"The values of event {detail.pk} were altered.")


def _kept_faults(expect):
    for day, kept in sorted(expect.items()):
        if last_hash_of(day) != kept:
            yield Fault(
                f"The seals of {day:%Y-%m-%d} do not end with the hash that was kept: they were cut off or made anew."
            )


def open_faults() -> list[ChainFault]:
    """What verifications found and nobody has settled, oldest first."""
    return list(ChainFault.objects.filter(settled_at=None)[:PAGE])


def last_hash_of(day: date) -> str:
    """The hash of the last seal made up to the end of `day`, local time; "" before the first."""
    seal = Seal.objects.filter(at__lt=bounds_of(day)[1]).order_by("-pk").first()
    return seal.hash if seal else ""


def detail_of(event: Event):
    """The values that `event` keeps apart; None when there are none, or no longer."""
    detail = EventDetail.objects.filter(event=event).first()
    return detail and detail.values


def accesses(abouts: list[UUID], *, after: tuple[datetime, int] | None = None) -> list[Access]:
    """Who opened the file of these people, newest first, a page of PAGE and one more. `after`: the last one seen."""
    rows = Access.objects.about(abouts)
    if after:
        at, key = after
        rows = rows.filter(at__lte=at).exclude(at=at, pk__gte=key)
    return list(rows[: PAGE + 1])


def current_notice() -> str:
    """The version of the privacy notice in force."""
    return settings.PRIVACY_NOTICE
