"""Writing events, one per action in the action's own transaction; and who opened what."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from foundation.privacy import chain
from foundation.privacy.models import Access, Event, EventDetail, NoticeShown
from migwork.prepared import insert, insert_for_each


def record(*, verb: str, by, now: datetime, on, about=None, fields: Iterable[str] = (), values=None) -> Event:
    """Note that `by` (None: the portal itself) did `verb` on the model instance `on` at `now`.

    `about` is the young person concerned, or their id. `fields` are the names of
    what changed, never values: an event outlives the data it speaks of. `values` (what JSON can say) that must
    be kept go apart, encrypted, and may be erased. Call it inside
    the action's transaction, so that there is no change without its event.
    """
    salt, digest = chain.salted(values) if values is not None else ("", "")
    event = Event(
        at=now,
        by_id=by.pk if by is not None else None,
        verb=verb,
        about=_id(about),
        on_type=on._meta.label_lower,
        on_id=str(on.pk),
        fields=sorted(fields),
        detail_digest=digest,
    )
    insert(event)
    if values is not None:
        insert(EventDetail(event=event, salt=salt, values=values))
    return event


def record_access(*, by, about, **opening) -> None:
    """Note that `by` opened what is kept about the young person `about`. See `record_accesses`."""
    record_accesses(by=by, abouts=[about], **opening)


def record_accesses(
    *,
    by,
    abouts,
    what: str,
    why: str,
    now: datetime,
    reason: str = "",
    special: bool = False,
    as_role: str = "",
    organisation: str = "",
) -> None:
    """Note that `by` opened the page `what` (its name in the addresses) about these people at `now`, and `why`.

    `reason` is what they typed; data that need special care (`special`) are not opened without one.
    `as_role` and `organisation` are shown to the person, the name is not. In one statement, however many they are.
    The page does not wait for the disk, unless it shows data that need special care (docs/adr/0017).
    """
    opening = Access(
        at=now,
        by_id=by.pk,
        what=what,
        why=why,
        reason=reason,
        as_role=as_role,
        organisation=organisation,
        special=special,
    )
    insert_for_each(opening, "about", [_id(about) for about in abouts], waits=special)


def note_shown(*, about, audience: str, language: str, now: datetime, version: str = "") -> None:
    """Note that this person was shown the privacy notice, that in force unless `version` says which. Again: nothing."""
    NoticeShown.objects.get_or_create(
        about=_id(about),
        version=version or settings.PRIVACY_NOTICE,
        audience=audience,
        defaults={"language": language, "at": now},
    )


def forget_details(*, abouts, now: datetime) -> int:
    """Delete the values of all events about these people. The events stay, and the chain of seals holds."""
    return EventDetail.objects.filter(event__about__in=[_id(about) for about in abouts]).delete()[0]


def _id(about) -> UUID | None:
    return about if about is None or isinstance(about, UUID) else about.pk
