"""SMS by an HTTP gateway."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.cache import cache

from foundation.communications import actions
from foundation.communications.enums import Channel, MessageState
from tests.factories import OutgoingMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(settings):
    """A gateway that answers as told in `answers` and keeps what it got in `got`."""
    got, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.headers, json.loads(body)))
            status, said = answers.pop(0)
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/sms"
    settings.SMS_TOKEN = "a secret of the gateway"
    settings.COMMUNICATIONS_TRANSPORTS = {"sms": "foundation.communications.transports.sms_gateway"}
    server.got, server.answers = got, answers
    yield server
    server.shutdown()
    server.server_close()


def sms():
    return OutgoingMessageFactory(channel=Channel.SMS, to="+393331234567", subject="", text="Ciao Amina")


def test_a_gateway(gateway, now):
    gateway.answers[:] = [(503, b""), (200, b'{"id": "gw-77"}')]
    message = sms()
    assert not actions.send_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert (message.state, message.attempts, "503" in message.error) == (MessageState.QUEUED, 1, True)
    later = now + timedelta(minutes=1)
    assert actions.send_message(message_id=message.pk, now=later)
    assert not actions.send_message(message_id=message.pk, now=later)

    message.refresh_from_db()
    assert (message.state, message.provider_reference) == (MessageState.SENT, "gw-77")
    (first, said), (second, again) = gateway.got
    assert said == {"from": "MiG-Work", "to": "+393331234567", "text": "Ciao Amina", "reference": str(message.pk)}
    assert first["Authorization"] == "Bearer a secret of the gateway"
    # By this a gateway knows the second attempt for the same message.
    assert first["Idempotency-Key"] == second["Idempotency-Key"] == str(message.pk)
    assert again == said


def test_a_kill_after_the_gateways_yes_sends_nothing_twice(gateway, now):
    gateway.answers[:] = [(200, b"OK")]
    message = sms()
    actions.send_message(message_id=message.pk, now=now)
    # As if the worker had died before its commit.
    type(message).objects.filter(pk=message.pk).update(state=MessageState.QUEUED, sent_at=None)
    assert actions.send_message(message_id=message.pk, now=now)
    assert len(gateway.got) == 1
    message.refresh_from_db()
    assert message.provider_reference == str(message.pk)


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_number_that_is_refused_is_given_up(gateway, now, status):
    gateway.answers[:] = [(status, b"{}")]
    message = sms()
    actions.send_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "333" not in message.error


@pytest.mark.parametrize("status", [302, 401, 403, 429, 500])
def test_what_is_the_gateways_fault_is_tried_again(gateway, now, status):
    gateway.answers[:] = [(status, b"")]
    message = sms()
    actions.send_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert len(gateway.got) == 1


def test_a_gateway_that_is_away(gateway, now, settings):
    settings.SMS_URL = "http://127.0.0.1:9/sms"
    message = sms()
    actions.send_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert cache.get(f"outbox:accepted:{message.pk}") is None
