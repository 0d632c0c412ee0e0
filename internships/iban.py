"""International bank account numbers (ISO 13616)."""

import re

# How long an account number of a country is; of others only the check digits are looked at.
LENGTHS = {"IT": 27, "SM": 27, "DE": 22, "FR": 27, "ES": 24, "BE": 16, "NL": 18, "LT": 20, "IE": 22, "PT": 25, "RO": 24}


def cleaned(text: str) -> str:
    """As it is kept: capitals, no blanks."""
    return re.sub(r"[\s.-]", "", text).upper()


def is_valid(iban: str) -> bool:
    """Whether the check digits of a cleaned number are right, and its length that of its country."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", iban):
        return False
    if len(iban) != LENGTHS.get(iban[:2], len(iban)):
        return False
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def hidden(iban: str) -> str:
    """As it is shown: its country and its last four signs."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"
