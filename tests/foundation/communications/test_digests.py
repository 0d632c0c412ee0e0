"""Many messages in one."""

from datetime import timedelta
from uuid import uuid4

import pytest

from foundation.communications.actions import cancel, save_preferences, send_digests, sweep
from foundation.communications.enums import MessageState
from foundation.communications.models import MailboxMessage, OutgoingMessage
from tests.foundation.communications.ways import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(now):
    person = uuid4()
    save_preferences(about=person, digest="daily", by=None, now=now)
    return person


def states():
    return dict(OutgoingMessage.objects.exclude(key__startswith="digest:").values_list("key", "state"))


def test_one_message_each_news_once(words, now, person):
    for number, name in enumerate(("Uno", "Due", "Tre"), start=1):
        write(now, person, number=number, name=name, topic="plan")
    write(now, person, number=4, name="Subito", topic="appointments")
    evening = now.replace(hour=18, minute=5)

    assert sweep(now=now) == 1
    assert send_digests(now=now) == 0
    assert send_digests(now=evening) == 1
    assert send_digests(now=evening) == 0
    # What comes after the round waits for the next one.
    write(evening, person, number=5, name="Domani", topic="plan")
    assert send_digests(now=evening + timedelta(minutes=15)) == 0

    assert sweep(now=evening) == 1
    text = MailboxMessage.objects.order_by("-arrived_at").first().message.text
    assert [text.count(name) for name in ("Uno", "Due", "Tre", "Subito", "Domani")] == [1, 1, 1, 0, 0]
    assert states() == {
        "hello:1": MessageState.DIGESTED,
        "hello:2": MessageState.DIGESTED,
        "hello:3": MessageState.DIGESTED,
        "hello:4": MessageState.SENT,
        "hello:5": MessageState.QUEUED,
    }
    # The same occasion is not told again.
    assert write(evening, person, number=1, topic="plan") is None
    assert send_digests(now=evening + timedelta(days=1)) == 1


def test_a_weeks_digest_leaves_on_friday(words, now, person):
    save_preferences(about=person, digest="weekly", by=None, now=now)
    write(now, person, topic="plan")
    tuesday_evening = now.replace(hour=20)
    assert send_digests(now=tuesday_evening) == 0
    assert send_digests(now=tuesday_evening + timedelta(days=2)) == 0
    assert send_digests(now=tuesday_evening + timedelta(days=3)) == 1


def test_what_was_called_off_or_switched_off_is_not_in_it(words, now, person):
    write(now, person, number=1, topic="plan", cause="action:1")
    write(now, person, number=2, topic="news")
    assert cancel(cause="action:1", now=now) == 1
    save_preferences(about=person, off=["news"], by=None, now=now)
    assert send_digests(now=now + timedelta(days=1)) == 0
    assert set(states().values()) == {MessageState.CANCELLED}


def test_who_no_more_wants_one_gets_each_by_itself(words, now, person):
    write(now, person, number=1, topic="plan")
    write(now, person, number=2, topic="plan")
    save_preferences(about=person, digest="now", by=None, now=now)
    assert send_digests(now=now) == 0
    assert sweep(now=now) == 2


def test_by_sms_it_is_one_line(words, now, person):
    for number in (1, 2):
        write(now, person, number=number, topic="plan", channel="sms", to="+393331234567")
    assert send_digests(now=now + timedelta(days=1)) == 1
    digest = OutgoingMessage.objects.get(key__startswith="digest:")
    assert digest.text == "MiG-Work: Ciao Amina, a presto · Ciao Amina, a presto"
