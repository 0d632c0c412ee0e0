"""Italian VAT numbers, and the numeric fiscal codes of bodies."""

from stdnum.it.iva import compact, is_valid

__all__ = ["cleaned", "is_valid"]


def cleaned(text: str) -> str:
    """As people type it ("IT 0123…", with blanks or dots) to its digits."""
    return compact(text.replace(".", ""))
