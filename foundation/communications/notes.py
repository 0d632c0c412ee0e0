"""What a provider has accepted, noted outside the database at the very moment: docs/adr/0005-outbox-sends-once.md."""

import logging

from django.core.cache import cache

from foundation.communications.models import OutgoingMessage

log = logging.getLogger(__name__)

SECONDS = 7 * 24 * 3600


def key(message: OutgoingMessage) -> str:
    return f"outbox:accepted:{message.pk}"


def write(message: OutgoingMessage, reference: str) -> None:
    """`message` has left. To be called by a transport as the first thing after the provider's yes."""
    try:
        cache.set(key(message), reference, SECONDS)
    except Exception:
        # It has left: to fail now would send it again.
        log.warning("could not note that message %s was accepted", message.pk)


def read(message: OutgoingMessage) -> str | None:
    """The provider's reference if `message` has left in an attempt that was not recorded."""
    return cache.get(key(message))
