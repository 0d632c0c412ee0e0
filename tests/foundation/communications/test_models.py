"""What the tables of messages and preferences refuse."""

from datetime import UTC, datetime, time

import pytest
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from tests import factories as f
from tests.foundation.refusals import assert_refused, constraints_of


def message(**fields):
    return lambda: f.OutgoingMessageFactory(**fields)


def part_of_itself():
    whole = f.OutgoingMessageFactory()
    OutgoingMessage.objects.filter(pk=whole.pk).update(state="digested", digest=True, digest_of=whole.pk)


def digested(**fields):
    return lambda: f.OutgoingMessageFactory(state="digested", digest_of=f.OutgoingMessageFactory(), **fields)


def preference(**fields):
    return lambda: f.PreferenceFactory(**fields)


NIGHT = time(22)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
REFUSED = {
    "message_sent_has_its_time": [
        lambda: f.OutgoingMessageFactory(state="bounced", sent_at=timezone.now()),
        message(state="bounced"),
    ],
    "message_digested_has_its_digest": [digested(digest=True), digested()],
    "message_is_no_part_of_itself": [part_of_itself],
    "message_delivered_was_sent": [
        lambda: f.OutgoingMessageFactory(state="sent", sent_at=timezone.now(), delivered_at=timezone.now()),
        lambda: f.OutgoingMessageFactory(delivered_at=timezone.now()),
    ],
    "thread_message_reading_is_whole": [
        lambda: f.ThreadMessageFactory(read_at=LATER, read_by=f.UserFactory()),
        lambda: f.ThreadMessageFactory(read_at=LATER),
    ],
    "preference_quiet_hours_are_whole": [
        preference(quiet_from=NIGHT, quiet_to=time(7)),
        preference(quiet_from=NIGHT),
    ],
    "preference_channel_is_not_closed": [
        preference(closed=["email", "sms"]),
        preference(channel="sms", closed=["email"]),
        preference(channel="sms", closed=["sms"]),
    ],
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(db, name):
    assert_refused(name, *REFUSED[name])


def test_each_constraint_is_tried():
    assert constraints_of("communications") == set(REFUSED)


def test_no_quiet_hours_from_an_hour_to_the_same(db):
    assert_refused("preference_quiet_hours_are_whole", preference(quiet_from=NIGHT, quiet_to=NIGHT))


def test_what_waits_for_a_digest_does_not_leave_by_itself(db, now):
    alone = f.OutgoingMessageFactory()
    f.OutgoingMessageFactory(digest=True)
    assert list(OutgoingMessage.objects.due(now)) == [alone]
