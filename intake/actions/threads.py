"""A young person and whoever follows them write to each other."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import ids_of
from foundation.communications.actions import read_threads, write_to_thread
from foundation.communications.models import ThreadMessage
from intake import notifications
from intake.actions.participation import check_open, locked, note_contact
from intake.permissions import check_can_write_message, is_own
from migwork.errors import NotNow

LONGEST = 4000
# Far more than a talk needs; enough to stop a key that is stuck, or somebody who means harm.
MOST_AN_HOUR = 30


@transaction.atomic
def write_message(*, participation, text: str, by, now: datetime) -> ThreadMessage:
    """Write to the other side, who is told that a message waits, never what it says.

    By the young person, who follows them, or who stands in. What the young person writes is a contact.
    """
    participation = locked(participation)
    check_can_write_message(by, participation, now)
    check_open(participation)
    text = text.strip()
    if not text:
        raise NotNow(_("Write at least a word."), code="text")
    if len(text) > LONGEST:
        raise NotNow(_("This is too long for a message: say it in a talk."), code="text")
    if participation.operator_id is None:
        raise NotNow(_("Nobody follows you yet: book a talk, then you can write."), code="nobody")
    if participation.person.user_id is None:
        raise NotNow(_("This person has no account to read it with: call them."), code="no_account")
    if ThreadMessage.objects.filter(by=by, at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise NotNow(_("You have written a lot within an hour: wait a little."), code="often")
    from_person = is_own(by, participation)
    message, is_news = write_to_thread(
        about=participation.person_id, text=text, from_person=from_person, by=by, now=now
    )
    if from_person:
        note_contact(participation, now)
    if is_news:
        notifications.message_waiting(message, participation, now=now)
    return message


@transaction.atomic
def read_messages(*, participation, until: datetime, by, now: datetime) -> int:
    """Note that what the other side wrote up to `until` has been read. By whoever may write back."""
    participation = locked(participation, also_merged=True)
    check_can_write_message(by, participation, now)
    return read_threads(
        abouts=ids_of(participation.person),
        from_person=not is_own(by, participation),
        until=until,
        by=by,
        now=now,
    )
