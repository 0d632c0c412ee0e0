"""Whom the offer covers, in a table that becomes a list on phones."""

from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from migwork.tables import table
from migwork.templatetags.ui import status
from pathways.enums import Situation
from reporting.coverage import Cell
from reporting.presentation.results import NOT_SHOWN


def band_word(band: tuple[int, int]) -> str:
    low, high = band
    return f"{low}" if low == high else f"{low}–{high}"


def coverage_table(edition, cells: list[Cell]) -> SafeString:
    """A row for each situation, a column for each age band; what is covered opens its modules."""
    bands = list(dict.fromkeys(cell.band for cell in cells))
    columns = [_("For whoever…"), *(_("%(band)s years") % {"band": band_word(band)} for band in bands)]
    rows = [
        [situation.label, *(_cell(edition, cell) for cell in row)]
        for situation, row in groupby(cells, key=lambda cell: cell.situation)
    ]
    return table(_("Modules by situation and age"), columns, rows)


def _cell(edition, cell: Cell) -> SafeString:
    if not cell.applies:
        return SafeString("–")
    people = NOT_SHOWN if cell.people is None else cell.people
    came = ngettext("%(n)s person", "%(n)s people", cell.people or 0) % {"n": people}
    if not cell.is_covered:
        gap = status("warn", _("Nothing yet"))
        return format_html("<span>{}<br>{}</span>", gap, came) if cell.people != 0 else gap
    places = ngettext("%(n)s free place", "%(n)s free places", cell.places) % {"n": cell.places}
    modules = ngettext("%(n)s module", "%(n)s modules", cell.modules) % {"n": cell.modules}
    url = cell_url(edition, cell.situation.value, cell.band[0])
    return format_html('<span><a href="{}">{}</a><br>{}<br>{}</span>', url, modules, places, came)


def cell_url(edition, situation: str, lowest=None) -> str:
    """Where the modules of a cell are; the same page, further down."""
    query = {"edizione": edition.code, "situazione": situation or "nessuna"}
    if lowest is not None:
        query["da"] = lowest
    return f"{reverse('reporting:coverage')}?{urlencode(query)}#moduli"


def gaps(cells: list[Cell]) -> list[str]:
    """What nothing is offered for, a sentence for each situation."""
    found = []
    for situation, row in groupby(cells, key=lambda cell: cell.situation):
        row = list(row)
        missing = [cell for cell in row if cell.applies and not cell.is_covered]
        if not missing:
            continue
        ages = _("at any age")
        if len(missing) < len(row):
            ages = _("at %(bands)s years") % {"bands": ", ".join(band_word(cell.band) for cell in missing)}
        found.append(f"{capfirst(situation.label)}: {ages}")
    return found


def cell_title(situation: str, band: tuple[int, int] | None) -> str:
    """What the list of modules is called."""
    if not situation:
        return _("Activities that do not say for whom they were thought")
    words = _("For whoever %(who)s") % {"who": Situation(situation).label}
    return f"{words}, {_('%(band)s years') % {'band': band_word(band)}}" if band else words
