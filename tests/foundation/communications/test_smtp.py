"""Messages through a real mail server, with and without a worker that is killed."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.cache.backends.redis import RedisCache
from django.db import connection

from foundation.communications import actions, hooks, notes, transports
from foundation.communications.enums import MessageState
from foundation.communications.models import OutgoingMessage
from migwork.hooks import Hook
from tests.factories import OutgoingMessageFactory


class Server:
    """What a mail server answers to each command; keeps what it took."""

    def __init__(self):
        self.taken = []
        self.recipient_answer = "250 OK"
        self.data_answer = "250 OK"
        self.seconds_per_recipient = 0
        self.holding = False
        self.at_farewell = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):
        import asyncio

        await asyncio.sleep(self.seconds_per_recipient)
        while self.holding:
            await asyncio.sleep(0.02)
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server, session, envelope):
        if self.data_answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content))
        return self.data_answer

    async def handle_QUIT(self, server, session, envelope):
        self.at_farewell()
        return "221 Bye"


@pytest.fixture
def server(settings, unused_port):
    settings.COMMUNICATIONS_TRANSPORTS = {"email": "foundation.communications.transports.smtp"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=unused_port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.django_db
def test_a_mail_leaves_whole(server, now):
    message = OutgoingMessageFactory(subject="Ci vediamo", text="Perché no?", html="<p>Perché no?</p>")

    assert actions.send_message(message_id=message.pk, now=now)

    [mail] = server.taken
    assert (mail["To"], mail["Subject"]) == (message.to, "Ci vediamo")
    assert mail["Message-ID"] == transports.message_id(message)
    plain, html = mail.get_payload()
    assert plain.get_payload(decode=True).decode().strip() == "Perché no?"
    assert html.get_content_type() == "text/html"


@pytest.mark.django_db
def test_that_it_was_taken_is_noted_before_the_farewell(server, now):
    message = OutgoingMessageFactory()
    noted = []
    server.at_farewell = lambda: noted.append(notes.read(message))

    assert actions.send_message(message_id=message.pk, now=now)

    assert noted == [transports.message_id(message)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"recipient_answer": "550 No such user"}, MessageState.FAILED),
        ({"recipient_answer": "450 Mailbox busy"}, MessageState.QUEUED),
        ({"data_answer": "554 No spam"}, MessageState.FAILED),
        ({"data_answer": "451 Try later"}, MessageState.QUEUED),
    ],
)
def test_a_refusal_is_final_and_a_trouble_is_not(server, now, answers, state):
    message = OutgoingMessageFactory(to="amina@example.org")
    for name, answer in answers.items():
        setattr(server, name, answer)

    assert not actions.send_message(message_id=message.pk, now=now)

    message.refresh_from_db()
    assert message.state == state
    assert next(iter(answers.values()))[:3] in message.error
    assert "amina" not in message.error
    assert (message.not_before > now) == (state == MessageState.QUEUED)


@pytest.mark.django_db
def test_without_a_server_a_message_waits(settings, unused_port, now):
    settings.COMMUNICATIONS_TRANSPORTS = {"email": "foundation.communications.transports.smtp"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    message = OutgoingMessageFactory()

    assert not actions.send_message(message_id=message.pk, now=now)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    assert "ConnectionRefusedError" in message.error


def start_worker(port, queue, log):
    """A real worker on this test's database, in its own group of processes."""
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "migwork.settings.development",
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST'].replace('/', '%2F')}"
        f":{database['PORT']}/{database['NAME']}",
        "MIGWORK_DEMO": "false",
        "MIGWORK_EMAIL_TRANSPORT": "foundation.communications.transports.smtp",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(port),
        "REDIS_URL": settings.REDIS_URL,
    }
    command = [sys.executable, "-m", "celery", "-A", "migwork", "worker", "-Q", queue, "-c", "3"]
    command += ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)


def wait_until(condition, seconds=40):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "took too long"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing_and_sends_nothing_twice(server, unused_port, settings, tmp_path):
    from django.utils import timezone

    from migwork.celery import app

    server.seconds_per_recipient = 0.15
    messages = OutgoingMessageFactory.create_batch(60, not_before=timezone.now())
    queue = f"outbox-{os.getpid()}-{time.time_ns()}"
    cache = RedisCache(settings.REDIS_URL, {})
    workers = []

    def put_in_queue(name, **kwargs):
        settings.CELERY_TASK_ALWAYS_EAGER = False
        app.send_task(f"foundation.communications.tasks.{name}", kwargs=kwargs, queue=queue)

    def sent():
        return OutgoingMessage.objects.filter(state=MessageState.SENT).count()

    with (tmp_path / "worker.log").open("wb") as log:
        try:
            for message in messages:
                put_in_queue("send_message", message_id=str(message.pk))
            for kill_after in (10, 30):
                workers.append(start_worker(unused_port, queue, log))
                wait_until(lambda count=kill_after: len(server.taken) >= count)
                # Each child is now in the middle of a message, and has recorded those before it: what
                # dies between the server's "250" and our note of it is SMTP's own gap, and not tested here.
                server.holding = True
                wait_until(lambda: sent() == len(server.taken))
                os.killpg(workers[-1].pid, signal.SIGKILL)
                workers[-1].wait()
                server.holding = False
            assert len(server.taken) < 60
            put_in_queue("sweep_outbox")
            workers.append(start_worker(unused_port, queue, log))
            wait_until(lambda: not OutgoingMessage.objects.filter(state=MessageState.QUEUED).exists())
        finally:
            for worker in workers:
                if worker.poll() is None:
                    os.killpg(worker.pid, signal.SIGKILL)
                    worker.wait()
            with app.connection_for_write() as broker:
                broker.default_channel.queue_delete(queue)
            cache.delete_many([notes.key(message) for message in messages])

    assert Counter(mail["Message-ID"] for mail in server.taken) == {transports.message_id(m): 1 for m in messages}
    assert set(OutgoingMessage.objects.values_list("state", flat=True)) == {MessageState.SENT}


@pytest.mark.django_db
def test_a_file_goes_with_the_mail_as_its_room_makes_it(server, now, monkeypatch):
    invitation = hooks.Attachment("a.ics", "è ora".encode(), "text", "calendar", (("method", "REQUEST"),))
    made = Hook("attachments")
    made.register(lambda message, now: [invitation] if message.cause == "dance" else [])
    monkeypatch.setattr(hooks, "attachments", made)
    for cause in ("dance", "walk"):
        assert actions.send_message(message_id=OutgoingMessageFactory(cause=cause).pk, now=now)
    with_file, without = server.taken
    (part,) = [part for part in with_file.walk() if part.get_filename()]
    assert (part.get_filename(), part.get_content_type(), part.get_param("method")) == (
        "a.ics",
        "text/calendar",
        "REQUEST",
    )
    assert part.get_payload(decode=True).decode() == "è ora"
    assert not any(part.get_filename() for part in without.walk())
