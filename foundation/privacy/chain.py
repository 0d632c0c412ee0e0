"""The arithmetic of the chain of seals: from an event to its digest, from digests to a seal's hash. No database."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

from django.core.serializers.json import DjangoJSONEncoder

# What the first seal follows.
NOTHING = "0" * 64
# The columns of an event that its digest covers, in this order. Nothing here may ever have to be erased.
COVERED = ("id", "at", "by_id", "verb", "about", "on_type", "on_id", "fields", "detail_digest")


def digest(row: Iterable) -> str:
    """The digest of an event, given as the values of COVERED."""
    key, at, by, verb, about, on_type, on_id, fields, detail_digest = row
    told = [
        key,
        moment(at),
        by.hex if by else None,
        verb,
        about.hex if about else None,
        on_type,
        on_id,
        list(fields),
        detail_digest,
    ]
    return _sha256(json.dumps(told, separators=(",", ":"), ensure_ascii=False))


def seal_hash(*, previous: str, at: datetime, digests: Iterable[tuple[int, str]]) -> str:
    """The hash of a seal over (id, digest) of its events, in the order of their ids, and over the seal before it."""
    return _sha256("\n".join([previous, moment(at), *(f"{key}:{value}" for key, value in digests)]))


def salted(values) -> tuple[str, str]:
    """A fresh salt, and the digest of `values` with it, for an event that keeps its values apart."""
    salt = secrets.token_hex(16)
    return salt, detail_digest(salt, values)


def detail_digest(salt: str, values) -> str:
    """Salted, so that who guesses a value cannot confirm it once value and salt are erased."""
    plain = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return _sha256(salt + plain)


def moment(at: datetime) -> str:
    """A moment as text: one for each, whatever the time zone in which it came."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
