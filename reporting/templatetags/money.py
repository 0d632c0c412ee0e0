"""Amounts to the cent, many on a page: written in Python, for hundreds of filters cost more than the queries."""

from decimal import Decimal

from django import template
from django.utils.html import escape
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
