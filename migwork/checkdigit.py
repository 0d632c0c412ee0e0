"""Check digits: of numbers of eleven digits (VAT numbers, fiscal codes of bodies, provisional ones of people), and of
codes that people read from paper and type.
"""

import re
import secrets

# No two of these look or sound alike. They are 23, a prime: so one wrong symbol and any two that changed places show.
SYMBOLS = "23456789ACDEFHKMNPRTWXY"
# What people type for those that they resemble.
_TAKEN_FOR = str.maketrans("BGSZ", "8652")
CODE_LENGTH = 10


def check_digit(ten: str) -> str:
    """The eleventh digit of a number that begins with these `ten`."""
    total = 0
    for place, digit in enumerate(map(int, ten), start=1):
        if place % 2 == 0:
            digit = sum(divmod(digit * 2, 10))
        total += digit
    return str(-total % 10)


def is_valid(number: str) -> bool:
    """Eleven digits of which the last fits the others."""
    return bool(re.fullmatch(r"[0-9]{11}", number)) and number[10] == check_digit(number[:10])


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
