"""Keeping files: typed by their bytes, hashed, under a clean name."""

import hashlib
from datetime import datetime
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.files.models import StoredFile
from foundation.files.names import clean_name
from foundation.files.pictures import portrait
from foundation.files.types import type_of
from foundation.privacy.actions import erase, record


def store(*, upload, kind: str, about, by, now: datetime) -> StoredFile:
    """Keep a file that somebody brought (a form's UploadedFile, checked by forms.UploadField).

    `kind` says what it is for, `about` is the person or their id. ValidationError when its
    bytes are of no type that can be brought.
    """
    upload.seek(0)
    content = upload.read()
    found = type_of(content)
    if found is None:
        raise ValidationError(_("This file is neither a PDF nor a picture (JPG or PNG)."), code="type")
    return store_made(
        content=content,
        name=clean_name(upload.name or "", found.suffix),
        content_type=found.content_type,
        kind=kind,
        about=about,
        by=by,
        now=now,
    )


def store_portrait(*, upload, kind: str, by, now: datetime) -> StoredFile:
    """Keep of a picture that a member of staff brought a small square, drawn anew. ValidationError when it is none."""
    return store_made(
        content=portrait(upload),
        name="portrait.jpg",
        content_type="image/jpeg",
        kind=kind,
        about=None,
        by=by,
        now=now,
    )


@transaction.atomic
def throw_away(stored: StoredFile) -> None:
    """The row at once, the file when the change is certain. For what nobody's term of retention holds."""
    storage, name = stored.file.storage, stored.file.name
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def store_made(*, content: bytes, name: str, content_type: str, kind: str, about, by, now: datetime) -> StoredFile:
    """Keep a file that the portal made itself, such as the copy of somebody's data."""
    stored = StoredFile(
        about=getattr(about, "pk", about),
        kind=kind,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        content_type=content_type,
        stored_at=now,
        stored_by=by,
    )
    # On the disk the name tells nothing about anybody.
    stored.file.save(f"{stored.pk}{PurePath(name).suffix}", ContentFile(content), save=False)
    try:
        stored.save(force_insert=True)
        record(verb="files.file_stored", by=by, now=now, on=stored, about=stored.about)
    except BaseException:
        stored.file.storage.delete(stored.file.name)
        raise
    return stored


@transaction.atomic
def forget(*, stored: StoredFile, by, now: datetime) -> None:
    """Delete a file that nobody needs any more, from the storage too once the transaction is done.

    The room that owns it has asked for the right, and lets go of the row first.
    """
    record(verb="files.file_deleted", by=by, now=now, on=stored, about=stored.about)
    erase(StoredFile.objects.filter(pk=stored.pk))
