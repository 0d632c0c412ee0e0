"""Amounts as people type them."""

import re
from decimal import Decimal

# Groups of three between points, then perhaps a comma and cents; or the other way round; or no groups at all.
# Groups begin with a digit that counts: "0.001" is no thousand. Beyond twenty digits nothing is an amount.
_ITALIAN = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3}){1,5}|\d{1,20})(?:,\d{1,2})?", re.ASCII)
_ENGLISH = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3}){1,5}|\d{1,20})(?:\.\d{1,2})?", re.ASCII)


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
