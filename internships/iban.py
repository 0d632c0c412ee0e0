"""International bank account numbers (ISO 13616)."""

from stdnum.iban import compact, is_valid

__all__ = ["cleaned", "hidden", "is_valid"]


def cleaned(text: str) -> str:
    """As it is kept: capitals, nothing between."""
    return compact(text)


def hidden(iban: str) -> str:
    """As it is shown: its country and its last four signs."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"
