"""PDFs: tagged, in their language, and closed to what a document may name."""

import io

import pikepdf
import pytest

from foundation.documents import pdf

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Prova</title></head>
<body><h1>Prova</h1><p>Più città</p><img alt="Un punto" src="{source}"></body></html>"""
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def images_in(document):
    return [name for page in document.pages for name in page.get_images()]


@pytest.mark.parametrize(
    ("archive", "mark", "value"),
    [(False, "pdfuaid:part", "1"), (True, "pdfaid:part", "3")],
)
def test_every_pdf_is_tagged_in_its_language_and_says_its_standard(archive, mark, value):
    with opened(pdf.render(PAGE.format(source=DOT), language="it", archive=archive)) as document:
        root = document.Root
        assert str(root.Lang) == "it"
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        with document.open_metadata() as xmp:
            assert xmp[mark] == value
            assert xmp["dc:title"] == "Prova"
            if archive:
                assert xmp["pdfaid:conformance"] == "A"
        assert images_in(document)


@pytest.mark.parametrize(
    "source",
    ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "https://example.org/x.png", "/static/../manage.py", "/x.png"],
)
def test_a_document_reaches_no_file_and_no_network(source, monkeypatch):
    refused = []
    monkeypatch.setattr(pdf.Forbidden, "__init__", lambda self, url: refused.append(url))

    with opened(pdf.render(PAGE.format(source=source), language="it")) as document:
        assert not images_in(document)
    assert len(refused) == 1


def test_without_pango_it_says_what_to_install(monkeypatch):
    def missing():
        raise pdf.Unavailable

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    with pytest.raises(pdf.Unavailable, match="libpango"):
        pdf.render("<p>", language="it")
