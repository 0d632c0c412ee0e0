"""Threads: a young person and whoever follows them write to each other."""

from datetime import datetime

from django.db import transaction

from foundation.communications.actions.outbox import cancel
from foundation.communications.models import Thread, ThreadMessage
from foundation.privacy.actions import record


def told_by(thread, *, to_person: bool) -> str:
    """The cause under which one side is told that a message waits: read, it need not be told any more."""
    return f"thread:{thread.pk}:{'person' if to_person else 'staff'}"


@transaction.atomic
def write_to_thread(*, about, text: str, from_person: bool, by, now: datetime) -> tuple[ThreadMessage, bool]:
    """Write a message into the thread of the person `about` (their id), and whether it is the first unread one.

    Whoever calls this has checked the right. Only the first unread one is told by mail: nobody gets one for each line.
    """
    Thread.objects.get_or_create(about=about, defaults={"opened_at": now})
    thread = Thread.objects.select_for_update().get(about=about)
    waiting = thread.messages.unread().filter(from_person=from_person).exists()
    message = ThreadMessage.objects.create(thread=thread, by=by, from_person=from_person, text=text, at=now)
    record(verb="communications.message_written", by=by, now=now, on=message, about=about, fields=["text"])
    return message, not waiting


@transaction.atomic
def read_threads(*, abouts, from_person: bool, until: datetime, by, now: datetime) -> int:
    """Note that `by` has read what one side wrote up to `until`, in the threads of these ids; how many there were.

    Whoever calls this has checked the right. What came while one was reading stays unread.
    """
    read = 0
    for thread in Thread.objects.select_for_update().filter(about__in=abouts).order_by("pk"):
        unread = thread.messages.unread().filter(from_person=from_person, at__lte=until)
        number = unread.update(read_at=now, read_by=by)
        if number:
            cancel(cause=told_by(thread, to_person=not from_person), now=now)
            record(verb="communications.messages_read", by=by, now=now, on=thread, about=thread.about)
        read += number
    return read
