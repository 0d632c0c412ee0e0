"""Italian VAT numbers, and the numeric fiscal codes of bodies."""

import re

from migwork.checkdigit import is_valid

__all__ = ["cleaned", "is_valid"]


def cleaned(text: str) -> str:
    """As people type it ("IT 0123…") to its digits."""
    return re.sub(r"[\s.]", "", text).upper().removeprefix("IT")
