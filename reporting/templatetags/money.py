"""Amounts to the cent."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

register = template.Library()

COMMAS_AND_DOTS = str.maketrans(",.", ".,")


def write(amount, language: str) -> str:
    """1234.5 → 1.234,50 € (€1,234.50 in English). Exact for amounts in cents."""
    text = f"{Decimal(amount):,.2f}"
    if language.startswith("en"):
        return f"-€{text[1:]}" if text.startswith("-") else f"€{text}"
    return text.translate(COMMAS_AND_DOTS) + "\xa0€"


@register.filter
def money(amount) -> str:
    """{{ expense.amount|money }}: always with its cents."""
    return write(amount, get_language() or "")
