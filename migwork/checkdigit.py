"""The check digit of numbers of eleven digits: VAT numbers, fiscal codes of bodies, provisional ones of people."""

import re


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
