"""Amounts to the cent, many on a page: written in Python, for hundreds of filters cost more than the queries."""

from decimal import Decimal

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


def write(amount, language: str) -> str:
    """1234.5 → 1.234,50 € (€1,234.50 in English). Exact for amounts in cents."""
    text = f"{Decimal(amount):,.2f}"
    if language.startswith("en"):
        return f"-€{text[1:]}" if text.startswith("-") else f"€{text}"
    return text.translate(str.maketrans(",.", ".,")) + "\xa0€"


@register.filter
def money(amount) -> str:
    """{{ expense.amount|money }}: always with its cents."""
    return write(amount, get_language() or "")


@register.simple_tag
def money_cells(labels, *amounts):
    """The cells of one row of a table of money; `labels` stand beside the amounts on phones."""
    language = get_language() or ""
    return SafeString(
        "".join(
            f'<td class="num" data-label="{escape(label)}">{write(amount, language)}</td>'
            for label, amount in zip(labels, amounts, strict=True)
        )
    )


@register.simple_tag
def budget_lines(lines, head, enter_url=""):
    """The rows of all lines: a name, which leads to a new expense where one may be entered, and three amounts.

    `head` names the columns after the first.
    """
    language = get_language() or ""
    row = (
        '<tr><th scope="row">{{}}{{}}</th><td data-label="{}">{{}}</td><td data-label="{}">{{}}</td>'
        '<td class="num" data-label="{}">{{}}</td><td class="num" data-label="{}">{{}}</td>'
        '<td class="num" data-label="{}">{{}}</td></tr>'
    ).format(*map(escape, head))
    demo = SafeString(' <span class="muted small">(demo)</span>')
    rows = []
    for line in lines:
        name = f"{line.macro_action}. {line.cost_item}"
        if enter_url:
            name = format_html('<a href="{}&amp;riga={}">{}</a>', SafeString(enter_url), line.pk, name)
        amounts = (write(amount, language) for amount in (line.amount, line.committed, line.spent))
        rows.append((name, demo if line.is_demo else "", line.partner, line.funder, *amounts))
    return format_html_join("", row, rows)
