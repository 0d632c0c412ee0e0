"""Making documents: numbered without gaps, hashed, kept."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from foundation.documents import pdf
from foundation.documents.models import Document
from foundation.privacy.actions import record

_NEXT = """
    INSERT INTO documents_documentnumber AS counter (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = counter.last + 1
    RETURNING last
"""


def _next_number(year: int) -> int:
    """The year's next number. The row stays locked to the end of the transaction: no number twice, none left out."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [year])
        return cursor.fetchone()[0]


@transaction.atomic
def make_document(
    *,
    kind: str,
    title: str,
    language: str,
    template: str,
    context: dict,
    by,
    now: datetime,
    about=None,
    archive: bool = False,
) -> Document:
    """Render `template` (it extends documents/base.html) as a PDF with the next protocol number, and keep it.

    The template also gets `document` (its number and title) and `demo`. `about` is the young
    person or their id. Raises pdf.Unavailable when the machine cannot make PDFs.
    """
    year = timezone.localtime(now).year
    document = Document(
        kind=kind,
        year=year,
        number=_next_number(year),
        title=title,
        language=language,
        about=getattr(about, "pk", about),
        made_at=now,
        made_by=by,
    )
    with translation.override(language):
        html = render_to_string(
            template, {**context, "document": document, "language": language, "demo": settings.DEMO}
        )
    content = pdf.render(html, language=language, archive=archive)
    document.sha256 = hashlib.sha256(content).hexdigest()
    document.file.save(f"{document.pk}.pdf", ContentFile(content), save=False)
    try:
        document.save(force_insert=True)
        record(verb="documents.document_made", by=by, now=now, on=document, about=document.about)
    except BaseException:
        document.file.storage.delete(document.file.name)
        raise
    return document


@transaction.atomic
def withdraw_document(*, document, by, now: datetime) -> None:
    """It holds no more: whoever checks it reads that. The room that made it has checked the right of `by`."""
    Document.objects.filter(pk=document.pk, withdrawn_at=None).update(withdrawn_at=now)
    record(verb="documents.document_withdrawn", by=by, now=now, on=document, about=document.about)
