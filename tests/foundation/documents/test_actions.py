"""Documents: numbered without gaps, hashed, kept with their event."""

import hashlib
import io

import pikepdf
import pytest
from django.db import transaction

from foundation.documents import pdf
from foundation.documents.actions import make_document
from foundation.documents.models import Document, DocumentNumber
from foundation.privacy.models import Event


def make(by, now, **changes):
    fields = {"kind": "proof", "title": "Prova", "language": "it", "template": "documents/base.html", "context": {}}
    return make_document(**{**fields, "by": by, "now": now, **changes})


def test_a_document_is_kept_whole(operator, young_person, now):
    document = make(operator, now, about=young_person)

    document.refresh_from_db()
    with document.file.open() as file:
        content = file.read()
    assert document.protocol_number == "1/2026"
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    with pikepdf.open(io.BytesIO(content)) as read:
        assert str(read.Root.Lang) == "it"
        assert str(read.docinfo.Title) == "Prova"
        assert len(read.pages) == 2
    event = Event.objects.get()
    assert (event.verb, event.about, event.on_id) == ("documents.document_made", young_person.pk, str(document.pk))


def test_numbers_follow_each_other_and_begin_anew_each_year(operator, now, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda html, **kwargs: b"%PDF")
    numbers = [make(operator, at).protocol_number for at in (now, now, now.replace(year=2027), now)]
    assert numbers == ["1/2026", "2/2026", "1/2027", "3/2026"]


def test_a_failed_document_takes_no_number(operator, now, monkeypatch):
    def fail(html, **kwargs):
        raise pdf.Unavailable

    monkeypatch.setattr(pdf, "render", fail)
    with pytest.raises(pdf.Unavailable), transaction.atomic():
        make(operator, now)
    assert not DocumentNumber.objects.exists()
    assert not Document.objects.exists()
