"""A code on its way to an address: kept in the session, nowhere else, until it proves the address.

pending = PendingSignUp(channel, address, answers=…)
pending.expect(new_code(address)); pending.keep(request)
…
pending.may_try() and pending.matches(typed)
"""

import secrets
import time
from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

CODE_SECONDS = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
# A button pressed twice asks twice within this time: both get the same code and one message.
SAME_CODE_SECONDS = 20
MAX_ATTEMPTS = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
MAX_RESENDS = settings.ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND


def digest(*parts: str) -> str:
    """What stands for an address or a code where it must not be readable."""
    return salted_hmac("accounts.signup", ":".join(parts), algorithm="sha256").hexdigest()


def new_code(address: str, resends: int = 0) -> str:
    """A code for this address; the same again when the same is asked twice in a moment."""
    key = f"sign-up-code:{digest(address)}:{resends}"
    return cache.get_or_set(key, get_adapter().generate_login_code, SAME_CODE_SECONDS)


@dataclass
class PendingCode:
    """An address to prove, and the state of the code that was sent there."""

    session_key: ClassVar[str]
    # The page on which it began, for who has to correct the address.
    page: ClassVar[str]

    channel: str
    address: str
    code_digest: str = ""
    sent_at: float = 0
    sent_id: str = ""
    resends: int = 0
    # Whether the address is not the reader's own to see.
    hidden: bool = False

    @classmethod
    def of(cls, request) -> Self | None:
        state = request.session.get(cls.session_key)
        return cls(**state) if state else None

    def keep(self, request) -> None:
        request.session[self.session_key] = asdict(self)

    def expect(self, code: str) -> None:
        """From now on `code` is the right one."""
        self.code_digest = digest(self.address, code)
        self.sent_at = time.time()
        self.sent_id = secrets.token_hex(8)

    def may_try(self) -> bool:
        """Whether one more code may be tried; it counts as tried.

        Counted in the cache, at one stroke: requests sent all at once read the same session.
        """
        key = f"sign-up-attempts:{self.sent_id}"
        cache.add(key, 0, CODE_SECONDS)
        return time.time() - self.sent_at <= CODE_SECONDS and cache.incr(key) <= MAX_ATTEMPTS

    @property
    def can_resend(self) -> bool:
        return self.resends < MAX_RESENDS

    def matches(self, code: str) -> bool:
        digits = "".join(c for c in code if c.isalnum())
        return secrets.compare_digest(self.code_digest, digest(self.address, digits))


@dataclass
class PendingContact(PendingCode):
    """A new address of somebody who is signed in. Their session lives on as it was."""

    session_key = "accounts_new_contact"
    page = "account_change_contact"

    def forget(self, request) -> None:
        request.session.pop(self.session_key, None)
