"""Amounts as people type them."""

import re
from decimal import Decimal

# Groups of three between points, then perhaps a comma and cents; or the other way round; or no groups at all.
_ITALIAN = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?", re.ASCII)
_ENGLISH = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?", re.ASCII)


def parse_amount(text: str) -> Decimal:
    """'1.234,56', '1234,56', '1234.56', '€ 1 234' → Decimal. ValueError for anything that could mean two things.

    '1.234' is one thousand two hundred and thirty-four: an amount has no third decimal.
    """
    bare = re.sub(r"[\s\u00a0\u202f€]|EUR", "", text)
    if _ITALIAN.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", ".")).quantize(Decimal("0.01"))
    if _ENGLISH.fullmatch(bare):
        return Decimal(bare.replace(",", "")).quantize(Decimal("0.01"))
    raise ValueError(text)
