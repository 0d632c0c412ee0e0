"""A sign-up between the page and the code.

Who never writes the code leaves no row behind. Known and unknown addresses go the
same way: both get a code, and it opens the account that is there or makes one.
"""

import secrets
from dataclasses import dataclass, field

from accounts.codes import PendingCode

# An abandoned sign-up leaves the session after this time.
SESSION_SECONDS = 3600


@dataclass
class PendingSignUp(PendingCode):
    """What one wrote, beside the code that was sent."""

    session_key = "accounts_sign_up"

    answers: dict = field(default_factory=dict)
    next_url: str = ""
    # By which its messages are found again: none stays of who may not take part.
    attempt: str = field(default_factory=lambda: secrets.token_hex(16))
    # What SPID or CIE said, where one comes from there.
    eid: dict | None = None
    # The version of the privacy notice that stood on the page, "" where none did.
    notice: str = ""

    @property
    def page(self) -> str:
        if self.eid:
            return "account_eid_signup"
        return "account_claim" if "claim" in self.answers else "account_signup"

    def keep(self, request) -> None:
        super().keep(request)
        request.session.set_expiry(SESSION_SECONDS)


def forget(request) -> None:
    """Nothing of the sign-up stays; a session that held nothing else goes, with its row."""
    if request.session.pop(PendingSignUp.session_key, None):
        request.session.set_expiry(None)
        if not request.session.keys():
            request.session.flush()


def forget_at_sign_in(sender, request, **kwargs) -> None:
    """Whoever signs in another way leaves a begun sign-up behind, and its short session with it."""
    if request is not None:
        forget(request)
