"""Lists as people keep them in a spreadsheet: CSV and XLSX, read with suspicion and written without formulas.

Whatever is wrong with a file is said in a sentence (`Unreadable`), with the row where there is one.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from migwork.text import for_xml

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A list that people keep by hand is far smaller; unpacked it may hold this much, in so many parts.
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 200
# Empty rows are counted, too: somebody may have coloured a whole sheet.
MOST_ROWS = 20_000
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+\d+)"')
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)
# A spreadsheet runs a cell that begins like this.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """The file, or a row of it, cannot be read: why, in words."""

    def __init__(self, sentence: str, row: int | None = None):
        super().__init__(sentence)
        self.sentence, self.row = sentence, row


@dataclass
class Cell:
    """What stands in a cell, as text; `fault` says in words why it cannot be taken as it is."""

    text: str
    fault: str = ""


@dataclass
class Line:
    """A row that holds something; `number` as the spreadsheet counts."""

    number: int
    cells: list[Cell]


@dataclass
class Sheet:
    """The rows of a file, read as one goes; `notes` says how it was understood where that is a guess."""

    lines: Iterator[Line]
    notes: list[str] = field(default_factory=list)


def read(content: bytes, *, knows=frozenset()) -> Sheet:
    """The first sheet of a CSV or XLSX file, by its bytes and not by its name.

    `knows` are the headings one hopes for, in small letters: by them the sign between the columns of a CSV is found.
    """
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith(_OLD_EXCEL):
        raise Unreadable(_("This is an old Excel file (.xls) or a locked one. Save it as .xlsx without a password."))
    if content.startswith(_ZIP):
        return Sheet(_rows_of_xlsx(content))
    return _read_csv(content, knows)


# --- CSV -----------------------------------------------------------------------------------


def _read_csv(content, knows) -> Sheet:
    text, note = _decoded(content)
    text = text.removeprefix("\ufeff")
    skipped = 0
    if text[:4].lower() == "sep=":
        # By this line Excel is told which sign stands between the columns.
        text = text.partition("\n")[2]
        skipped = 1
    sign = max(";,\t", key=lambda sign: _known_in(text, sign, knows))
    return Sheet(_rows_of_csv(text, sign, skipped), [note] if note else [])


def _decoded(content) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ""
        except UnicodeDecodeError as error:
            raise Unreadable(_not_text()) from error
    if b"\0" in content:
        raise Unreadable(_not_text())
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    try:
        # What Excel on Windows writes as "CSV".
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(_not_text()) from error
    return text, _("The file is not in UTF-8: it was read as Excel on Windows writes it. Check the accents.")


def _not_text() -> str:
    return _("This is no list that can be read. Save it as “CSV UTF-8” or as XLSX.")


def _known_in(text, sign, knows) -> tuple[int, int]:
    try:
        heads = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
    except csv.Error:
        heads = []
    return sum(1 for head in heads if head.strip().casefold() in knows), len(heads)


def _rows_of_csv(text, sign, skipped) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = skipped
    while True:
        number += 1
        try:
            values = next(reader, None)
        except csv.Error as error:
            sentence = _("From here on the quotes do not match: a text in quotes has no end, or goes on after it.")
            raise Unreadable(sentence, number) from error
        if values is None:
            return
        if any(value.strip() for value in values):
            yield Line(number, [_typed(value) for value in values])


def _typed(value: str) -> Cell:
    value = value.strip()
    if value.startswith("="):
        return Cell(value, _formula())
    if re.fullmatch(r"\d[.,]\d+E[+-]?\d+", value):
        return Cell(value, _("The spreadsheet has shortened this number. Format the column as text and type it again."))
    return Cell(value)


def _formula() -> str:
    return _("This is a formula: write the text itself.")


# --- XLSX ----------------------------------------------------------------------------------


def _rows_of_xlsx(content) -> Iterator[Line]:
    _inspect(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable(_("The file is empty."))
        # What the file says of its own size is not trusted.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if number > MOST_ROWS:
                raise Unreadable(_too_large())
            line = [_read_cell(cell) for cell in cells]
            while line and not line[-1].text:
                line.pop()
            if line:
                yield Line(number, line)
    except Unreadable:
        raise
    except (*_BROKEN, LookupError, TypeError, AttributeError, SyntaxError) as error:
        # openpyxl has no exception of its own for a file that is not as it should be.
        raise Unreadable(_damaged()) from error


def _inspect(content) -> None:
    """Refuse what unpacks to more than a list ever is, what declares entities, and cells that are merged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            # Nothing more is unpacked of a part than it says here.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable(_too_large())
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                text = packed.read(part)
                if _DECLARES.search(text):
                    raise Unreadable(_not_text())
                if found := part.filename.startswith("xl/worksheets/") and _MERGED.search(text):
                    cells = f"{found[1].decode()}{found[2].decode()}:{found[3].decode()}"
                    sentence = _("The cells %s are merged: separate them, each line by itself.") % cells
                    raise Unreadable(sentence, int(found[2]))
    except _BROKEN as error:
        raise Unreadable(_damaged()) from error


def _too_large() -> str:
    return _("The file is far too large inside. Copy the list alone into a new file.")


def _damaged() -> str:
    return _("The file is damaged, or is no XLSX. Open it in your spreadsheet and save it again.")


def _read_cell(cell) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "f":
        return Cell(str(value), _formula())
    if cell.data_type == "e":
        return Cell(str(value), _("The spreadsheet reports an error in this cell."))
    if isinstance(value, date | datetime | time | timedelta):
        return Cell(str(value), _("The spreadsheet made a date of this. Format the column as text and type it again."))
    if isinstance(value, bool):
        return Cell(_("yes") if value else _("no"))
    if isinstance(value, float) and value.is_integer():
        return Cell(str(int(value)))
    return Cell(str(value).strip())


# --- Writing -------------------------------------------------------------------------------


def harmless(value) -> str:
    """As text that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RUNS) else text


def as_csv(columns: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A CSV that Excel opens with its accents: UTF-8 with its mark, semicolons as in Italy."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(column) for column in columns])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence], *, others=(), width: int = 24) -> bytes:
    """An XLSX whose cells are all typed as text; `others` are further sheets: (title, columns, rows) each."""
    book = Workbook()
    book.remove(book.active)
    for name, heads, lines in [(title, columns, rows), *others]:
        _write_sheet(book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31]), heads, lines, width)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(sheet, columns, rows, width):
    for number, values in enumerate([columns, *rows], start=1):
        for place, value in enumerate(values, start=1):
            cell = sheet.cell(number, place)
            # Typed as text: what begins like a formula stays what it is, without a sign before it.
            cell.value = for_xml("" if value is None else str(value))
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
            cell.quotePrefix = str(value).startswith(_RUNS)
    for place in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
