"""A partner's list: what is read, what is refused and with which words, and that nothing is half done."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook, load_workbook

from foundation.privacy.models import Event
from migwork import sheets
from pathways import actions, forms
from pathways.actions.imports import LineRefused
from pathways.models import Opportunity
from pathways.queries import workspace
from tests import factories
from tests.pathways import ways

HEADS = [
    "Che tipo di attività",
    "Titolo",
    "In una frase",
    "Per chi è",
    "Dai … anni",
    "Ai … anni",
    "Che cosa ottieni",
    "Che cos’è",
    "Dove",
    "Municipio",
    "Contatto",
]
LINE = [
    "Imparare un mestiere",
    "Barman per eventi",
    "Impari a preparare caffè e cocktail.",
    "Per chi ama stare con la gente.",
    "16",
    "24",
    "Un attestato.",
    "Quaranta ore dietro un bancone.",
    "Via Dogana 2",
    "1",
    "corsi@example.org",
]
ADDRESS = "/attivita/importa/"


@pytest.fixture(autouse=True)
def _italian():
    with translation.override("it"):
        yield


def line(**changed):
    """LINE with some of its cells changed: line(Titolo="…")."""
    return [changed.get(head, value) for head, value in zip(HEADS, LINE, strict=True)]


def as_text(*rows, sign=",", heads=HEADS):
    return "\r\n".join(sign.join(f'"{cell}"' for cell in row) for row in [heads, *rows])


def as_book(*rows, heads=HEADS, change=None):
    book = Workbook()
    for row in [heads, *rows]:
        book.active.append(row)
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def columns(partner, edition):
    return forms.Columns(
        organisations=type(partner).objects.filter(pk=partner.pk), macro_actions=workspace.macro_actions_of(edition)
    )


@pytest.fixture
def bring(client, as_user, partner_staff, partner, edition):
    """The partner's staff bring a file; what the page says."""
    signed_in = as_user(partner_staff)

    def send(content, name="elenco.csv"):
        if isinstance(content, str):
            content = content.encode()
        return signed_in.post(ADDRESS, {"file": SimpleUploadedFile(name, content)}).content.decode()

    return send


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def bomb():
    """Thirty-odd megabytes in thirty-odd kilobytes."""
    return packed(xl__worksheets__sheet1=b" " * (sheets.MOST_UNPACKED + 1))


def laughs():
    return packed(
        xl__workbook=b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><workbook>&lol2;</workbook>'
    )


def cell_at(place, value):
    def change(sheet):
        sheet[place] = value

    return change


BAD = {
    "empty": (b"", "file è vuoto"),
    "blank": (b"  \r\n ", "file è vuoto"),
    "only headings": (as_text().encode(), "non c’è ancora niente"),
    "other headings": (b"nome,cognome\r\nAmina,Rossi", "non contiene le intestazioni"),
    "bytes": (b"\x00\x01\x02PNG", "CSV UTF-8"),
    "UTF-16 without its mark": (as_text(LINE).encode("utf-16-le"), "CSV UTF-8"),
    "UTF-16 cut": (b"\xff\xfea", "CSV UTF-8"),
    "neither UTF-8 nor Windows": (as_text(LINE).encode() + b"\x81\x8d", "CSV UTF-8"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"0" * 600, ".xls"),
    "no XLSX": (b"PK\x03\x04" + b"0" * 600, "danneggiato"),
    "a zip of something else": (packed(content=b"<a/>"), "danneggiato"),
    "half an XLSX": (as_book(LINE)[:3000], "danneggiato"),
    "bomb": (bomb(), "troppo grande"),
    "entities": (laughs(), "CSV UTF-8"),
    "too many lines": (as_text(*[LINE] * 50_000).encode()[: 2 * 1024 * 1024 - 9], "più di 300 attività"),
    "too heavy": (b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
    "a quote without end": (as_text(LINE).encode() + b'\r\n"Imparare', "virgolette"),
    "merged": (as_book(LINE, line(Titolo="Altro"), change=lambda sheet: sheet.merge_cells("B2:B3")), "B2:B3"),
    "formula": (as_book(LINE, change=cell_at("B2", "=A1&A3")), "formula"),
    "formula in CSV": (as_text(line(Titolo="=HYPERLINK(A1)")).encode(), "formula"),
    "error": (as_book(LINE, change=cell_at("B2", "#REF!")), "errore"),
    "a date": (as_book(LINE, change=cell_at("K2", date(2026, 4, 3))), "una data"),
    "a shortened number": (as_text(line(Contatto="3.33E+09"), sign=";").encode(), "accorciato"),
    "one title twice": (as_text(LINE, line(Titolo="BARMAN  per eventi")).encode(), "sta già nella riga 2"),
    "another's organisation": (
        as_text([*LINE, "Stranieri"], heads=[*HEADS, "Chi la organizza"]).encode(),
        "non è un’organizzazione per cui scrivi",
    ),
    "an unknown column": (as_text([*LINE, "12"], heads=[*HEADS, "Prezzo"]).encode(), "Non conosciamo questa colonna"),
    "a column twice": (as_text([*LINE, "12"], heads=[*HEADS, "Titolo"]).encode(), "due volte"),
    "a column missing": (as_text(LINE[:-1], heads=HEADS[:-1]).encode(), "Questa colonna manca"),
    "more cells than headings": (as_text([*LINE, "di troppo"]).encode(), "“di troppo”"),
    "no such family": (as_text(line(**{"Che tipo di attività": "Corso"})).encode(), "“Corso” non è tra questi"),
    "no such municipio": (as_text(line(Municipio="10")).encode(), "“10” non è tra questi"),
    "ages upside down": (as_text(line(**{"Ai … anni": "12"})).encode(), "età"),
    "no title": (as_text(line(Titolo="")).encode(), "Titolo"),
    "too long": (as_text(line(Titolo="x" * 151)).encode(), "150"),
    "a NUL": (as_text(line(Titolo="a\0b")).encode(), "CSV UTF-8"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files(case, bring):
    """Each is answered with its sentence on a page; nothing is saved."""
    content, sentence = BAD[case]
    html = bring(content)
    assert sentence.lower() in html.lower().replace("&quot;", '"')
    assert not Opportunity.objects.exists()
    assert not Event.objects.filter(verb="pathways.opportunity_created").exists()


@pytest.mark.parametrize(
    "content",
    [
        as_text(LINE).encode(),
        as_text(LINE).encode("utf-8-sig"),
        as_text(LINE).encode("utf-16"),
        as_text(LINE, sign=";").encode("cp1252"),
        as_text(LINE, sign="\t").encode(),
        b"sep=;\r\n" + as_text(LINE, sign=";").encode(),
        as_book(LINE),
        as_book(line(Municipio=1, **{"Dai … anni": 16.0})),
    ],
    ids=["commas", "BOM", "UTF-16", "semicolons of Windows", "tabs", "sep=", "XLSX", "XLSX with numbers"],
)
def test_good_files_become_drafts(content, bring, partner, partner_staff):
    assert "1 nuova bozza" in bring(content)
    draft = Opportunity.objects.get()
    assert (draft.title, draft.state, draft.organisation) == ("Barman per eventi", "draft", partner)
    assert (draft.summary, draft.municipio, draft.min_age, draft.max_age) == (LINE[2], 1, 16, 24)
    assert Event.objects.get(verb="pathways.opportunity_created").by_id == partner_staff.pk


def test_a_guess_is_told(bring):
    assert "Controlla gli accenti" in bring(as_text(LINE, sign=";").encode("cp1252"))


def test_wrong_lines_change_nothing_and_are_named(bring):
    html = bring(as_text(LINE, line(Titolo="Falegname", Municipio="Nord"), [""] * 11, line(Titolo="")))
    assert not Opportunity.objects.exists()
    assert "Non è stato salvato ancora niente" in html
    for number, column in (("3", "Municipio"), ("5", "Titolo")):
        assert f'<th scope="row">Riga {number}</th><td data-label="Colonna">{column}</td>' in html


def test_twice_is_the_same_as_once(bring, partner_staff, now):
    content = as_text(LINE, line(Titolo="Falegname"))
    bring(content)
    draft = Opportunity.objects.get(title="Falegname")
    actions.save_opportunity(opportunity=draft, summary="Corretto a mano.", by=partner_staff, now=now)
    before = list(Opportunity.objects.order_by("pk").values())
    events = Event.objects.count()
    assert "erano già tutte" in bring(content)
    assert list(Opportunity.objects.order_by("pk").values()) == before
    assert Event.objects.count() == events
    assert "1 nuova bozza" in bring(as_text(LINE, line(Titolo="Sarta")))


def test_what_is_published_stays(bring, partner, edition):
    course = ways.course(partner, edition, title="barman per EVENTI", summary="Com’era.")
    bring(as_text(LINE))
    course.refresh_from_db()
    assert (course.summary, Opportunity.objects.count()) == ("Com’era.", 1)


def test_a_line_refused_late_takes_all_others_back(partner, edition, partner_staff, columns, now):
    other = factories.MacroActionFactory(edition=factories.EditionFactory(), number=9)
    rows = columns.read(as_text(LINE, line(Titolo="Falegname")).encode()).rows
    rows[1][1]["macro_action"] = other
    with pytest.raises(LineRefused) as refused:
        actions.import_activities(rows=rows, edition=edition, by=partner_staff, now=now)
    assert refused.value.line == 3
    assert not Opportunity.objects.exists()


def test_the_template_can_be_filled_in_and_brought(columns, client, as_user, partner_staff, bring):
    got = as_user(partner_staff).get("/attivita/importa/modello.xlsx")
    book = load_workbook(io.BytesIO(got.content))
    first = book.worksheets[0]
    assert [cell.value for cell in first[1]] == columns.headings
    values = {"Titolo": "Sarta", "Macroazione del progetto": "3"}
    default = dict(zip(HEADS, LINE, strict=True))
    first.append([values.get(head, default.get(head, "")) for head in columns.headings])
    out = io.BytesIO()
    book.save(out)
    assert "1 nuova bozza" in bring(out.getvalue(), "elenco.xlsx")
    assert Opportunity.objects.get().macro_action.number == 3
    plain = as_user(partner_staff).get("/attivita/importa/modello.csv").content
    assert plain.startswith(b"\xef\xbb\xbf")
    assert columns.read(plain).faults[0].sentence == "Sotto le intestazioni non c’è ancora niente."


def test_several_words_in_a_cell_and_yes_or_no(columns):
    with_more = [*HEADS, *(columns.headings[columns.names.index(name)] for name in ("employment_in", "wants_plan"))]
    label = columns.allowed("employment_in")
    listed = columns.read(as_text([*LINE, f"{label[0]}; {label[1]}", "Sì"], heads=with_more).encode())
    assert listed.faults == []
    fields = listed.rows[0][1]
    assert (len(fields["employment_in"]), fields["wants_plan"]) == (2, True)
    faults = columns.read(as_text([*LINE, f"{label[0]}; astronauta", "forse"], heads=with_more).encode()).faults
    assert [fault.sentence.partition("”")[0] for fault in faults] == ["“astronauta", "“forse"]


def test_reading_asks_no_more_of_the_database_for_more_lines(columns, django_assert_num_queries):
    content = as_text(*[line(Titolo=f"Corso {n}") for n in range(forms.imports.MOST_LINES)]).encode()
    with django_assert_num_queries(0):
        assert len(columns.read(content).rows) == forms.imports.MOST_LINES
