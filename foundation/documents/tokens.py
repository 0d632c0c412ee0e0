"""The secrets of signing. In the database there is only what cannot be turned back into them."""

import secrets

from django.utils.crypto import salted_hmac

CODE_DIGITS = 6


def new_token() -> str:
    """The part of a link that nobody can guess."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits, to be typed from an SMS, a mail or a letter."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def digest(kind: str, *parts: str) -> str:
    """What stands for a secret where it must not be readable. `kind` keeps tokens, codes and codici fiscali apart."""
    return salted_hmac(f"documents.{kind}", ":".join(parts), algorithm="sha256").hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two digests are the same, in a time that does not tell how much of them is."""
    return bool(one) and secrets.compare_digest(one, other)
