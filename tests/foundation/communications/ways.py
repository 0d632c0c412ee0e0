"""Transports for tests."""

from foundation.communications import notes
from foundation.communications.transports import TryLater


def busy(message, now):
    raise TryLater("busy")


def counting(message, now):
    counting.sent.append(message.pk)
    notes.write(message, "250 taken")
    return "250 taken"


counting.sent = []
