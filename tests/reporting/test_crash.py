"""A worker killed in the middle of a report: after a restart there is one document, with the figures first frozen."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection, transaction

from foundation.documents.models import Document, DocumentNumber
from migwork.celery import app
from migwork.jobs import holding
from reporting import actions, tasks
from reporting.enums import ReportState
from reporting.models import Report
from tests import factories as f

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextmanager
def worker(queue):
    """A real Celery worker on the test's database; killed at the end if the test did not do so."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "migwork", "worker", "-Q", queue, "-c", "1", "--without-gossip"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.reporting.worker_settings",
            "DATABASE_URL": urlunsplit(database),
            "TEST_MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "TEST_QUEUE": queue,
        },
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_a_worker_killed_in_the_middle_leaves_one_document(edition, coordinator, city, now, monkeypatch):
    monkeypatch.setattr(tasks.build_report, "delay", lambda **kwargs: None)
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    participation = f.ParticipationFactory(edition=edition)
    f.ReceptionFactory(participation=participation, organisation=city, at=now)
    report = actions.ask_report(
        edition=edition, from_day=edition.starts_on, to_day=now.date(), language="it", by=coordinator, now=now
    )
    queue = f"crash-{uuid.uuid4().hex[:8]}"
    number = DocumentNumber.objects.create(year=_real_year())

    def now_in_database():
        return Report.objects.get(pk=report.pk)

    # Whoever makes a document waits for this row: the report stops right before its document.
    with worker(queue) as first, transaction.atomic():
        DocumentNumber.objects.select_for_update().get(pk=number.pk)
        app.send_task("reporting.tasks.build_report", kwargs={"report_id": str(report.pk)}, queue=queue)
        until(lambda: now_in_database().progress == 60)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert now_in_database().state == ReportState.BUILDING
    assert not Document.objects.exists()
    frozen = now_in_database().frozen

    # Meanwhile one more person comes; and the database notices that the builder is gone.
    f.ReceptionFactory(participation=f.ParticipationFactory(edition=edition), organisation=city, at=now)
    until(lambda: _free(report.pk))

    with worker(queue):
        app.send_task("reporting.tasks.resume_reports", queue=queue)
        until(lambda: now_in_database().state == ReportState.READY)
        app.send_task("reporting.tasks.resume_reports", queue=queue)
        app.send_task("reporting.tasks.build_report", kwargs={"report_id": str(report.pk)}, queue=queue)
        time.sleep(2)

    made = now_in_database()
    assert (made.attempts, made.frozen) == (2, frozen)
    document = Document.objects.get()
    assert document == made.document
    assert document.number == 1, "the killed try used up no number"
    content = Path(document.file.path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == document.sha256


def _free(report_id):
    with holding(report_id) as held:
        return held


def _real_year():
    """The worker lives in real time, whatever the test's clock says."""
    return int(subprocess.run(["date", "+%Y"], capture_output=True, text=True, check=True).stdout)
