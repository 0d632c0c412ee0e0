"""The outbox: written once, sent once, tried again, kept back."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from foundation.communications import actions, tasks, transports
from foundation.communications.enums import Channel, MessageState
from foundation.communications.models import MailboxMessage, OutgoingMessage
from tests.factories import OutgoingMessageFactory

pytestmark = pytest.mark.django_db


def queue(now, **changes):
    fields = {
        "key": "hello:1",
        "channel": Channel.EMAIL,
        "to": "amina@example.org",
        "language": "it",
        "template": "tests/messages/hello",
        "context": {"name": "Niccolò D'Àvila"},
        "now": now,
    }
    return actions.queue(**{**fields, **changes})


def test_queue_writes_the_words_in_the_readers_language_and_sends_after_the_commit(
    words, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = queue(now)
        assert not MailboxMessage.objects.exists()

    message.refresh_from_db()
    assert (message.subject, message.text) == ("Sì, see you", "Ciao Niccolò D'Àvila\n\nGrazie")
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, now, 1)
    assert message.arrived.arrived_at == now


def test_the_same_occasion_is_written_once(words, now):
    assert queue(now)
    assert queue(now, to="other@example.org") is None
    assert OutgoingMessage.objects.get().to == "amina@example.org"


def test_a_message_dies_with_its_transaction(words, now):
    with transaction.atomic():
        queue(now)
        transaction.set_rollback(True)
    assert not OutgoingMessage.objects.exists()


def test_an_sms_has_its_own_words_on_one_line_and_no_subject(words, now):
    message = queue(now, channel=Channel.SMS, to="+393331234567")
    assert (message.subject, message.text) == ("", "Ciao Niccolò D'Àvila, a presto")


def test_a_message_for_later_waits_for_the_sweep(words, now, django_capture_on_commit_callbacks):
    later = now + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        message = queue(now, not_before=later)

    assert actions.sweep(now=now) == 0
    assert actions.sweep(now=later) == 1
    assert actions.sweep(now=later) == 0
    message.refresh_from_db()
    assert message.sent_at == later


def test_cancel_keeps_back_what_has_not_left(words, now):
    gone = queue(now, cause="appointment:1")
    assert actions.send_message(message_id=gone.pk, now=now)
    waiting = queue(now, key="hello:2", cause="appointment:1")
    other = queue(now, key="hello:3", cause="appointment:2")

    assert actions.cancel(cause="appointment:1", now=now) == 1

    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (waiting.state, other.state) == (MessageState.CANCELLED, MessageState.QUEUED)
    assert not actions.send_message(message_id=waiting.pk, now=now)


def test_a_message_is_sent_once_however_often_it_is_asked_for(now):
    message = OutgoingMessageFactory()
    for _again in range(3):
        tasks.send_message(message_id=str(message.pk))
        tasks.sweep_outbox()
    assert MailboxMessage.objects.count() == 1


@override_settings(COMMUNICATIONS_TRANSPORTS={"email": "tests.foundation.communications.ways.busy"})
def test_a_passing_trouble_is_tried_again_later_and_later_then_given_up(now):
    message = OutgoingMessageFactory()
    pauses = []
    at = now
    while message.state == MessageState.QUEUED:
        assert not actions.send_message(message_id=message.pk, now=at)
        message.refresh_from_db()
        pauses.append(message.not_before - at)
        at = message.not_before

    assert pauses == [*actions.PAUSES, timedelta()]
    assert (message.state, message.error) == (MessageState.FAILED, "busy")


def test_a_channel_without_a_provider_fails_at_once_and_says_why(now, settings):
    settings.COMMUNICATIONS_TRANSPORTS = {"sms": "foundation.communications.transports.none"}
    message = OutgoingMessageFactory(channel=Channel.SMS)

    assert not actions.send_message(message_id=message.pk, now=now)

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "SMS" in message.error


@override_settings(COMMUNICATIONS_TRANSPORTS={"email": "tests.foundation.communications.ways.counting"})
def test_what_the_server_took_before_a_crash_is_not_sent_again(now):
    from tests.foundation.communications.ways import counting

    message = OutgoingMessageFactory()
    counting.sent.clear()
    with transaction.atomic():
        actions.send_message(message_id=message.pk, now=now)
        transaction.set_rollback(True)  # killed before the commit
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED

    assert actions.sweep(now=now) == 1

    message.refresh_from_db()
    assert (message.state, message.provider_reference) == (MessageState.SENT, "250 taken")
    assert counting.sent == [message.pk]


@override_settings(COMMUNICATIONS_TRANSPORTS={"email": "tests.foundation.communications.ways.counting"})
def test_a_cache_that_breaks_after_the_sending_does_not_undo_it(now, monkeypatch):
    message = OutgoingMessageFactory()

    def broken(*args):
        raise ConnectionError

    monkeypatch.setattr(cache, "set", broken)
    assert actions.send_message(message_id=message.pk, now=now)


def test_no_address_reaches_the_log(now, settings, caplog):
    settings.COMMUNICATIONS_TRANSPORTS = {"email": "tests.foundation.communications.ways.busy"}
    message = OutgoingMessageFactory(to="amina@example.org")
    actions.send_message(message_id=message.pk, now=now)
    assert str(message.pk) in caplog.text
    assert "amina" not in caplog.text


def test_a_mail_keeps_its_message_id(now):
    message = OutgoingMessageFactory.build()
    assert transports.message_id(message) == transports.message_id(message) == f"<{message.pk}@localhost>"
