"""Files that people bring: typed by their bytes, kept whole, handed out so that nothing runs."""

import hashlib
import io

import pikepdf
import pytest
from csp.middleware import CSPMiddleware
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation

from foundation.files import actions, forms, serving
from foundation.files.models import StoredFile
from foundation.files.names import LONGEST, clean_name
from foundation.privacy.models import Event
from tests.factories import StoredFileFactory

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20


def pdf(*, script="", packed=False, password="") -> bytes:
    """A real PDF of one page; with `script` it runs that when it is opened."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if script:
        made.Root.OpenAction = made.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(script))
        )
    streams = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    made.save(
        out,
        object_stream_mode=streams,
        encryption=pikepdf.Encryption(owner=password, user=password) if password else False,
    )
    return out.getvalue()


def upload(content, name="firma.pdf", content_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


def keep(content, name="firma.pdf", **changes):
    return actions.store(upload=upload(content, name), **{"kind": "signed-paper", "about": None, **changes})


def test_a_file_is_kept_whole(young_person, operator, now):
    content = pdf()
    stored = keep(content, "../../Firma di\nAmina.PDF.pdf", about=young_person, by=operator, now=now)

    stored.refresh_from_db()
    with stored.file.open() as file:
        assert file.read() == content
    assert (stored.sha256, stored.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (stored.about, stored.stored_by, stored.stored_at) == (young_person.pk, operator, now)
    assert stored.name == "Firma di Amina.PDF.pdf"
    assert "Amina" not in stored.file.name
    event = Event.objects.get()
    assert (event.verb, event.about, event.on_id) == ("files.file_stored", young_person.pk, str(stored.pk))


@pytest.mark.parametrize(
    ("content", "content_type", "suffix"),
    [(PNG, "image/png", ".png"), (JPG, "image/jpeg", ".jpg"), (b"%PDF-1.7", "application/pdf", ".pdf")],
)
def test_the_bytes_say_what_it_is(operator, now, content, content_type, suffix):
    stored = keep(content, "page.html", by=operator, now=now)
    assert (stored.content_type, stored.name) == (content_type, f"page.html{suffix}")


@pytest.mark.parametrize("content", [b"<html>", b"MZ\x90", b"\n%PDF-1.7", b"GIF89a", b"<svg onload='x'>"])
def test_what_is_no_such_file_is_kept_nowhere(operator, now, content):
    with pytest.raises(ValidationError, match="PDF"):
        keep(content, by=operator, now=now)
    assert not StoredFile.objects.exists()


def test_a_row_that_is_refused_leaves_no_file_behind(operator, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(Exception, match="stored_file_has_a_name"):
        actions.store_made(
            content=b"{}", name="", content_type="application/json", kind="copy", about=None, by=operator, now=now
        )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Carta d’identità.pdf", "Carta d’identità.pdf"),
        ("scan.PDF", "scan.pdf"),
        ("C:\\Users\\amina\\scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('a"; filename="b.exe', "a filename= b.exe.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe.pdf"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie b.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("صورة.pdf", "صورة.pdf"),
    ],
)
def test_names_are_clean(name, clean):
    assert clean_name(name, ".pdf") == clean


def test_a_name_of_ten_thousand_letters_fits_and_keeps_its_ending():
    assert clean_name("x" * 10_000, ".jpg") == "x" * (LONGEST - 4) + ".jpg"
    assert clean_name("photo.JPEG", ".jpg") == "photo.jpg"


def field(**kwargs):
    return forms.UploadField(**kwargs)


def test_the_field_takes_what_it_says(db):
    assert {"PDF", "JPG", "PNG"} <= set(str(field().help_text).replace(",", "").split())
    assert field(kinds={"pdf"}).widget.attrs["accept"] == "application/pdf"
    for content in (PNG, JPG, pdf(), pdf(packed=True)):
        taken = field().clean(upload(content))
        assert taken.read() == content, "it is handed on from its beginning"
    assert field(required=False).clean(None) is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<script>alert(1)</script>", "type"),
        (b"", "empty"),
        (PNG + b"\0" * 1024 * 1024, "size"),
    ],
)
def test_the_field_refuses(content, code):
    with pytest.raises(ValidationError) as refused:
        field(most_mb=1).clean(upload(content))
    assert refused.value.code == code


def test_a_field_for_pdfs_refuses_pictures_with_the_name_of_a_pdf():
    with pytest.raises(ValidationError) as refused:
        field(kinds={"pdf"}).clean(upload(PNG, "firma.pdf"))
    assert refused.value.messages == ["Questo file è di un altro tipo. Scegline uno di questi: PDF."]


@pytest.mark.parametrize(
    "content",
    [
        pdf(script="app.alert(1)"),
        pdf(script="app.alert(1)", packed=True),
        pdf(password="segreto"),
        pdf(script="app.alert(1)").replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS"),
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\nnot packed\nendstream",
    ],
    ids=["script", "packed script", "locked", "script in disguise", "unreadable"],
)
def test_a_pdf_that_runs_something_or_hides_it_is_refused(content):
    with pytest.raises(ValidationError) as refused, translation.override("en"):
        field().clean(upload(content))
    assert refused.value.code == "runs"


def test_a_file_is_handed_out_to_be_saved_and_never_run(db):
    stored = StoredFileFactory(name="Carta d’identità.pdf")
    answer = CSPMiddleware(lambda request: serving.response(stored))(RequestFactory().get("/"))

    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Carta%20d")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    answer.close()
