"""Tables that become a card for each row on phones, written in Python: `{{ table }}`.

In a template the cells of a list of 25 rows cost more than all of its queries.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString

from migwork.markup import escaped


class Figures(str):
    """The heading of a column of figures: they stand at the end of their cells, digit below digit."""


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence], *, foot: Sequence = (), kind=""
) -> SafeString:
    """A table with a heading for every column; the first cell of each row is the row's own heading.

    Cells are text, or HTML as SafeString; an empty one does not show on phones. `foot` is a last row with
    sums, `kind` one more class of the table, an empty caption none at all.
    """
    head = "".join([f'<th scope="col"{_class(column)}>{escape(column)}</th>' for column in columns])
    openings = [f'<td{_class(column)} data-label="{escape(column)}">' for column in columns[1:]]
    caption = caption and f'<caption class="visually-hidden">{escape(caption)}</caption>'
    body = "\n".join([_row(openings, cells) for cells in rows])
    foot = f"\n<tfoot>{_row(openings, foot)}</tfoot>" if foot else ""
    return SafeString(
        f'<table class="table table-cards{kind and " " + kind}">{caption}<thead><tr>{head}</tr></thead>\n'
        f"<tbody>{body}</tbody>{foot}</table>"
    )


def link(url: str, text: str) -> SafeString:
    """A cell that leads somewhere."""
    return SafeString(f'<a href="{escape(url)}">{escape(text)}</a>')


def _class(column):
    return ' class="num"' if isinstance(column, Figures) else ""


def _row(openings, cells):
    heading, *others = cells
    cells = [f"{opening}{escaped(cell)}</td>" for opening, cell in zip(openings, others, strict=True)]
    return f'<tr><th scope="row">{escaped(heading)}</th>{"".join(cells)}</tr>'
