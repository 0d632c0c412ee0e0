"""The papers as PDF: tagged, for the archive, with the words and who signs."""

import io

import pytest

from internships.actions.signatures import make_paper
from migwork.markup import SafeString

pikepdf = pytest.importorskip("pikepdf")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["agreement", "training-project"])
def test_the_project_is_tagged_and_made_for_the_archive(kind, partner_staff, now):
    words = SafeString("<h2>Obiettivi</h2><p>Servire al bancone</p><ul><li>venire</li></ul>")
    document = make_paper(
        kind, "Progetto formativo", words, ["Luigi Basso", "Amina Bianchi"], about=None, by=partner_staff, now=now
    )
    with document.file.open("rb") as kept:
        pdf = pikepdf.open(io.BytesIO(kept.read()))
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot is not None
    assert str(pdf.Root.Lang) == "it"
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"].upper()) == ("3", "A")
    assert document.protocol_number.endswith(f"/{now.year}")
