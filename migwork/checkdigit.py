"""Codes that people read from paper and type: what they mistype shows."""

import re
import secrets

# No two of these look or sound alike. They are 23, a prime: so one wrong symbol and any two that changed places show.
SYMBOLS = "23456789ACDEFHKMNPRTWXY"
# What people type for those that they resemble.
_TAKEN_FOR = str.maketrans("BGSZ", "8652")
CODE_LENGTH = 10


def _code_check(symbols: str) -> str:
    total = sum(weight * SYMBOLS.index(symbol) for weight, symbol in enumerate(symbols, start=2))
    return SYMBOLS[-total % len(SYMBOLS)]


def new_code() -> str:
    """Ten symbols drawn at random, the last of which checks the others: one of 1.8 million millions."""
    drawn = "".join(secrets.choice(SYMBOLS) for _n in range(CODE_LENGTH - 1))
    return drawn + _code_check(drawn)


def read_code(typed: str) -> str | None:
    """The code that somebody typed, whatever the case, blanks and dashes; None if it is none, or mistyped."""
    code = re.sub(r"[\s\-–.]", "", typed).upper().translate(_TAKEN_FOR)
    known = len(code) == CODE_LENGTH and set(code) <= set(SYMBOLS)
    return code if known and code[-1] == _code_check(code[:-1]) else None


def spaced_code(code: str) -> str:
    """As it is printed, in two halves: "7KA4P-29XWE"."""
    return f"{code[:5]}-{code[5:]}"
