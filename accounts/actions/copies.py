"""Copies of one's own data, as PDF and JSON: asked for, made in the background, taken away after some days."""

import json
import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import CopyState
from accounts.models import DataCopy
from accounts.permissions import can_decide_on_own_data, check
from accounts.queries import reach
from accounts.queries.my_data import copy_of, machine_copy_of
from foundation.communications.actions import queue
from foundation.documents.actions import make_document
from foundation.files.actions import store_made
from foundation.privacy.actions import record
from migwork.db import sentence_of
from migwork.errors import NotNow
from migwork.links import absolute_url

log = logging.getLogger(__name__)

DAYS = 7
# How long a copy may be in the making before it is given up: whoever asked can ask again.
GIVEN_UP = timedelta(hours=1)


def _start(pk) -> None:
    from accounts.tasks import build_copy as task

    task.delay(copy_id=str(pk))


@transaction.atomic
def ask_copy(*, person, by, now: datetime) -> DataCopy:
    """Ask for a copy of all that is kept about oneself. By the person; one at a time."""
    check(can_decide_on_own_data(by, person))
    try:
        with transaction.atomic():
            copy = DataCopy.objects.create(person=person, asked_at=now)
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="accounts.copy_asked", by=by, now=now, on=copy, about=person)
    # robust: a broker that is away must not break the page; the next round makes it then.
    transaction.on_commit(partial(_start, copy.pk), robust=True)
    return copy


def build_copy(*, copy_id, now: datetime) -> bool:
    """Make the two files and tell the person. By the portal itself; whether they are there now. Safe to repeat."""
    try:
        return _build(copy_id, now)
    except Exception:
        log.exception("copy %s could not be made", copy_id)
        _give_up(copy_id, now)
        return False


@transaction.atomic
def _build(copy_id, now) -> bool:
    # Whoever else is at it holds the row until both files are there.
    copy = (
        DataCopy.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("person__user")
        .filter(pk=copy_id, state=CopyState.WAITING)
        .first()
    )
    if copy is None:
        return False
    person = copy.person
    with translation.override(person.language):
        parts = copy_of(person, person.language)
        title = _("All that MiG-Work keeps about you")
        copy.pdf = make_document(
            kind="data-copy",
            title=title,
            language=person.language,
            template="accounts/documents/data_copy.html",
            context={"parts": parts, "person": person},
            by=None,
            now=now,
            about=person,
        )
        copy.json = store_made(
            content=json.dumps(machine_copy_of(person, now), ensure_ascii=False, indent=2).encode(),
            name=_("my-data") + ".json",
            content_type="application/json",
            kind="data-copy",
            about=person,
            by=None,
            now=now,
        )
    copy.state, copy.ready_at, copy.ends_at = CopyState.READY, now, now + timedelta(days=DAYS)
    copy.save(update_fields=["pdf", "json", "state", "ready_at", "ends_at"])
    record(verb="accounts.copy_ready", by=None, now=now, on=copy, about=person)
    _tell(copy, now)
    return True


def _tell(copy, now) -> None:
    if way := reach(copy.person):
        queue(
            key=f"copy:{copy.pk}:ready",
            channel=way[0],
            to=way[1],
            language=copy.person.language,
            template="accounts/messages/copy_ready",
            context={"link": absolute_url("accounts:my-copy")},
            now=now,
            about=copy.person_id,
            topic="privacy",
        )


@transaction.atomic
def _give_up(copy_id, now) -> None:
    copy = DataCopy.objects.select_for_update().filter(pk=copy_id, state=CopyState.WAITING).first()
    # Tried again until then: a machine that lacks something for a minute must not end it.
    if copy is not None and copy.asked_at < now - GIVEN_UP:
        copy.state = CopyState.FAILED
        copy.save(update_fields=["state"])
        record(verb="accounts.copy_failed", by=None, now=now, on=copy, about=copy.person_id)


@transaction.atomic
def note_download(*, copy, by, now: datetime) -> None:
    """Note that the person took their copy. By themselves."""
    check(can_decide_on_own_data(by, copy.person))
    if copy.downloaded_at is None:
        DataCopy.objects.filter(pk=copy.pk).update(downloaded_at=now)
        record(verb="accounts.copy_downloaded", by=by, now=now, on=copy, about=copy.person_id)


def forget_copies(*, now: datetime) -> int:
    """Take away the copies whose days are over: both files; how many. Safe to repeat."""
    ended = DataCopy.objects.filter(state=CopyState.READY, ends_at__lte=now).values_list("pk", flat=True)
    return sum(_forget(pk, now) for pk in list(ended))


@transaction.atomic
def _forget(pk, now) -> bool:
    copy = DataCopy.objects.select_for_update(skip_locked=True).filter(pk=pk, state=CopyState.READY).first()
    if copy is None:
        return False
    document, stored = copy.pdf, copy.json
    copy.state, copy.pdf, copy.json = CopyState.GONE, None, None
    copy.save(update_fields=["state", "pdf", "json"])
    record(verb="accounts.copy_gone", by=None, now=now, on=copy, about=copy.person_id)
    # Number and hash of the document stay, as of every document; what it said goes.
    for kept in (document.file, stored.file):
        transaction.on_commit(partial(kept.storage.delete, kept.name))
    document.file = ""
    document.save(update_fields=["file"])
    stored.delete()
    return True
