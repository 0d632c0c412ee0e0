"""A sign-up between the page and the code: kept in the session, nowhere else, until the code proves the address.

Who never writes the code leaves no row behind. Known and unknown addresses go the
same way: both get a code, and it opens the account that is there or makes one.
"""

import secrets
import time
from dataclasses import asdict, dataclass, field

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

SESSION_KEY = "accounts_sign_up"
CODE_SECONDS = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
# A button pressed twice asks twice within this time: both get the same code and one message.
SAME_CODE_SECONDS = 20
# An abandoned sign-up leaves the session after this time.
SESSION_SECONDS = 3600
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
class PendingSignUp:
    """What one wrote, and the state of the code that was sent."""

    answers: dict
    channel: str
    address: str
    next_url: str = ""
    code_digest: str = ""
    sent_at: float = 0
    sent_id: str = ""
    resends: int = 0
    # By which its messages are found again: none stays of who may not take part.
    attempt: str = field(default_factory=lambda: secrets.token_hex(16))
    # What SPID or CIE said, where one comes from there; `hidden` where the address is not one's own to see.
    eid: dict | None = None
    hidden: bool = False

    @classmethod
    def of(cls, request) -> "PendingSignUp | None":
        state = request.session.get(cls.session_key())
        return cls(**state) if state else None

    @classmethod
    def session_key(cls) -> str:
        return SESSION_KEY

    @property
    def page(self) -> str:
        """The page on which it began, for who has to correct something."""
        if self.eid:
            return "account_eid_signup"
        return "account_claim" if "claim" in self.answers else "account_signup"

    def keep(self, request) -> None:
        request.session[SESSION_KEY] = asdict(self)
        request.session.set_expiry(SESSION_SECONDS)

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


class PendingContact(PendingSignUp):
    """A new address of somebody who is signed in, until the code proves it. Their session lives on as it was."""

    page = "account_change_contact"

    @classmethod
    def session_key(cls) -> str:
        return "accounts_new_contact"

    def keep(self, request) -> None:
        request.session[self.session_key()] = asdict(self)

    def forget(self, request) -> None:
        request.session.pop(self.session_key(), None)


def forget(request) -> None:
    """Nothing of the sign-up stays; a session that held nothing else goes, with its row."""
    if request.session.pop(SESSION_KEY, None):
        request.session.set_expiry(None)
        if not request.session.keys():
            request.session.flush()


def forget_at_sign_in(sender, request, **kwargs) -> None:
    """Whoever signs in another way leaves a begun sign-up behind, and its short session with it."""
    if request is not None:
        forget(request)
