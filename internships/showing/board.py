"""What the board draws: its table, its filters, and its rows as a file."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django.db.models import Choices
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from internships.enums import InternshipState
from internships.queries import Row
from internships.showing import KINDS
from migwork.tables import Figures, link, table
from migwork.templatetags.ui import grouped, status
from migwork.words import day_in_words


def board_table(rows: list[Row], *, own: bool, mixed: bool = False, choose: bool = False) -> SafeString:
    """Rows of the board; who sees those of several promoters (not `own`) sees whose each is.

    `mixed`: of several states, so that each says its own. `choose`: a box before each name.
    """
    under = '<span>{}<br><span class="small muted">{}</span></span>'
    name = _box(_("Choose %(name)s")) if choose else lambda row: link(row.url, row.person)
    states = {state: status(KINDS[state], InternshipState(state).label) for state in {row.state for row in rows}}
    before, after = status("warn", "|").split("|")
    cells = [
        (
            name(row),
            *([states[row.state]] if mixed else []),
            row.host if own else format_html(under, row.host, row.promoter),
            f"{day_in_words(row.starts_on, 'j b')} – {day_in_words(row.ends_on, 'j b Y')}",
            f"{grouped(row.hours_attended or 0)} / {grouped(row.hours_planned)}",
            _what_is_due(row, before, after),
        )
        for row in rows
    ]
    columns = [_("Intern"), *([_("State")] if mixed else []), _("Host"), _("Dates"), Figures(_("Hours"))]
    return table("", [*columns, _("What is due")], cells, kind="table-even table-board")


def _box(words: str):
    def written(row):
        chosen = escape(words % {"name": row.person})
        return SafeString(
            f'<span class="choose"><input type="checkbox" name="riga" value="{row.pk}" aria-label="{chosen}">'
            f'<a href="{row.url}">{escape(row.person)}</a></span>'
        )

    return written


def _what_is_due(row, before: str, after: str) -> str:
    """All that is due, the late first and marked: `before` and `after` are what stands around their words."""
    if not row.dues:
        return InternshipState(row.state).label
    said = [f"{before}{escape(due.sentence)}{after}" if due.late else escape(due.sentence) for due in row.dues]
    return SafeString(f'<ul class="dues"><li>{"</li><li>".join(said)}</li></ul>')


@lru_cache(maxsize=512)
def options(choices: type[Choices] | tuple, chosen, language: str) -> SafeString:
    """The options of a filter in the language of the moment; the first means all. Kept: they are the same each time."""
    pairs = [("", _("Any")), *(choices if isinstance(choices, tuple) else choices.choices)]
    return SafeString(
        "".join(
            f'<option value="{escape(str(value))}"{" selected" if str(value) == str(chosen or "") else ""}>'
            f"{escape(str(label))}</option>"
            for value, label in pairs
        )
    )


def file_columns() -> Sequence[str]:
    return [
        *(_("Intern"), _("State"), _("Kind"), _("Host"), _("Workplace"), _("Tutor at the host"), _("Our tutor")),
        *(_("Promoter"), _("First day"), _("Last day"), _("Hours a week"), _("Hours confirmed"), _("Hours planned")),
        _("What is due"),
    ]


def file_rows(internships, rows: dict) -> list[list]:
    """Each internship in one line, with what is due of its row of the board. Nothing that a host may not read."""
    return [
        [
            row.person,
            internship.get_state_display(),
            internship.get_kind_display(),
            row.host,
            f"{internship.unit.address}, {internship.unit.municipality}",
            internship.host_tutor.name,
            internship.promoter_tutor.name,
            row.promoter,
            internship.starts_on.isoformat(),
            internship.ends_on.isoformat(),
            grouped(internship.weekly_hours, 1),
            grouped(row.hours_attended or 0, 2),
            grouped(row.hours_planned),
            "; ".join(due.sentence for due in row.dues),
        ]
        for internship in internships
        if (row := rows.get(internship.pk))
    ]
