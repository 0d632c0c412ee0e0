"""Checking in by a code on the partner's screen: it changes every half minute, so that a picture of it soon is worth
nothing."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from migwork.signed import SignedKey

PERIOD = 30  # seconds for which one code is shown
# For how many periods after its own a code opens the page, and can be confirmed there.
OPENS_FOR = 2
CONFIRMS_FOR = 6
# One can check in from half an hour before a session, and comes late from a quarter of an hour after its beginning.
BEFORE = timedelta(minutes=30)
LATE_AFTER = timedelta(minutes=15)

_keys = SignedKey("pathways.check_in")
_HALF = 64


def _period(now: datetime) -> int:
    return int(now.timestamp()) // PERIOD


def code_of(session, now: datetime) -> str:
    """The code that the screen shows now: names the session and the half minute, signed."""
    return _keys.token(UUID(int=session.pk << _HALF | _period(now)))


def read(code: str) -> tuple[int, int] | None:
    """The session's key and the half minute that `code` names; None if the portal did not write it."""
    key = _keys.key(code)
    return (key.int >> _HALF, key.int & (1 << _HALF) - 1) if key else None


def is_good(period: int, now: datetime, *, periods: int) -> bool:
    """Whether a code was shown at most so many `periods` ago (and not ahead, but for clocks that differ a little)."""
    return -1 <= _period(now) - period <= periods


def is_open(session, now: datetime) -> bool:
    """Whether one can check in to this session now."""
    return session.starts_at - BEFORE <= now < session.ends_at


def hours_left(session, now: datetime) -> Decimal | None:
    """For how many hours somebody who comes now is there, in quarters; None for who comes in time."""
    if now < session.starts_at + LATE_AFTER:
        return None
    quarters = int((session.ends_at - now).total_seconds() // 900)
    return Decimal(max(quarters, 1)) / 4
