"""Writing events: one per action, in the action's own transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from foundation.privacy.models import Event
from migwork.prepared import insert


def record(*, verb: str, by, now: datetime, on, about=None, fields: Iterable[str] = ()) -> Event:
    """Note that `by` (None: the portal itself) did `verb` on the model instance `on` at `now`.

    `about` is the young person concerned, or their id. `fields` are the names of
    what changed, never values: an event outlives the data it speaks of. Call it inside
    the action's transaction, so that there is no change without its event.
    """
    if about is not None and not isinstance(about, UUID):
        about = about.pk
    event = Event(
        at=now,
        by_id=by.pk if by is not None else None,
        verb=verb,
        about=about,
        on_type=on._meta.label_lower,
        on_id=str(on.pk),
        fields=sorted(fields),
    )
    return insert(event)
