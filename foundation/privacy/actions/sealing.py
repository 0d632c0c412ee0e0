"""Sealing what happened: a chain of hashes, in which nothing can be altered, taken out or put in unseen."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from foundation.privacy import chain
from foundation.privacy.models import Event, Seal, SealedEvent

BATCH = 10_000
# A transaction may have been open for that long before what it wrote was seen.
LATEST = timedelta(days=1)
# Of the advisory lock: any number that nobody else takes.
LOCK = 5_341_001


def seal(*, now: datetime, whole: bool = False) -> Seal | None:
    """Seal every event that can be seen and lies under no seal yet; the last seal made, or None.

    Events are listed one by one, not as a range of ids: what was begun early and committed late has a low id
    and is simply not yet listed when it appears, so that the next seal takes it. Of what was
    written more than a day before the last seal only `whole` takes what is missing.
    """
    last = None
    while True:
        with transaction.atomic():
            made = _seal_next(now, whole) if _alone() else None
        if made is None:
            return last
        last = made
        if made.count < BATCH:
            return made


def _alone() -> bool:
    """Whether this transaction is the only one that seals."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _seal_next(now, whole) -> Seal | None:
    before = Seal.objects.order_by("-pk").first()
    events = Event.objects.filter(~Exists(SealedEvent.objects.filter(event_id=OuterRef("pk"))))
    if before and not whole:
        events = events.filter(written_at__gte=before.at - LATEST)
    rows = list(events.order_by("pk").values_list(*chain.COVERED)[:BATCH])
    if not rows:
        return None
    previous = before.hash if before else chain.NOTHING
    digests = [(row[0], chain.digest(row)) for row in rows]
    made = Seal.objects.create(
        at=now,
        previous=previous,
        hash=chain.seal_hash(previous=previous, at=now, digests=digests),
        count=len(rows),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO privacy_sealedevent (event_id, seal_id) SELECT unnest(%s::bigint[]), %s::bigint",
            [[key for key, _digest in digests], made.pk],
        )
    return made
