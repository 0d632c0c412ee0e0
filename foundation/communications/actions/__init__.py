"""Every write of the outbox and of how people want to be written to."""

from foundation.communications.actions.digests import send_digests
from foundation.communications.actions.outbox import PAUSES, cancel, forget, queue, report_delivery, send_message, sweep
from foundation.communications.actions.preferences import close_channels, save_preferences
from foundation.communications.actions.threads import read_threads, told_by, write_to_thread

__all__ = [
    "PAUSES",
    "cancel",
    "close_channels",
    "forget",
    "queue",
    "read_threads",
    "report_delivery",
    "save_preferences",
    "send_digests",
    "send_message",
    "sweep",
    "told_by",
    "write_to_thread",
]
