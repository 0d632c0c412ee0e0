"""Transports for tests."""

from foundation.communications import notes
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.communications.transports import TryLater


def busy(message, now):
    raise TryLater("busy")


def counting(message, now):
    counting.sent.append(message.pk)
    notes.write(message, "250 taken")
    return "250 taken"


counting.sent = []


def write(now, person, *, number=1, name="Amina", **changes):
    """A message to `person` in the words of the fixture `words`."""
    fields = {
        "key": f"hello:{number}",
        "channel": Channel.EMAIL,
        "to": "amina@example.org",
        "language": "it",
        "template": "tests/messages/hello",
        "context": {"name": name},
        "now": now,
        "about": person,
    }
    return queue(**{**fields, **changes})
