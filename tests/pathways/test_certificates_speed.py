"""How long two hundred certificates take: hardly more than drawing their pages, which is WeasyPrint's work."""

from contextlib import contextmanager
from time import perf_counter, process_time

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import override

from foundation.documents import pdf
from pathways import actions, tasks
from pathways.actions.certificates import paper_of
from pathways.models import Certificate
from tests import factories
from tests.pathways.certificates import finished_run, group

pytestmark = pytest.mark.slow
MANY = 200
MOST = 1.2
ROUNDS = 2


class OneCore:
    """Seconds on one core: this process's own, and all for which it waited for the database.

    What else runs on the machine meanwhile is not counted.
    """

    def __init__(self):
        self.seconds = self._database = 0.0

    def _ask(self, execute, *args):
        begun, worked = perf_counter(), process_time()
        try:
            return execute(*args)
        finally:
            # What of it was this process's own work is counted already.
            self._database += max(perf_counter() - begun - (process_time() - worked), 0)

    @contextmanager
    def running(self):
        begun = process_time()
        with connection.execute_wrapper(self._ask):
            yield self
        self.seconds = process_time() - begun + self._database


def pages_of(certificates):
    """The very pages of these certificates."""
    with override("it"):
        for certificate in certificates:
            context = {**paper_of(certificate, held=certificate.hours), "document": certificate.document}
            yield render_to_string("pathways/documents/certificate.html", {**context, "language": "it", "demo": False})


def batch(course, edition, by, now) -> float:
    """So many people of a run of their own get their certificates."""
    run = finished_run(course, now)
    group(run, edition, MANY)
    asked = actions.ask_certificates(run=run, by=by, now=now)
    with OneCore().running() as batch:
        actions.make_certificates(batch_id=asked.pk, now=now)
    return batch.seconds


def their_pages() -> float:
    """The pages of the last batch, each drawn with its code to scan and rendered, in one loop."""
    certificates = list(Certificate.objects.select_related("document").order_by("-issued_at", "-pk")[:MANY])
    with OneCore().running() as loop:
        pages = [pdf.render(page, language="it") for page in pages_of(certificates)]
    assert len(pages) == MANY
    return loop.seconds


def test_two_hundred_take_hardly_longer_than_their_pages(course, edition, partner_staff, now, monkeypatch):
    monkeypatch.setattr(tasks.make_certificates, "delay", lambda **kwargs: None)
    factories.CertificateRuleFactory(opportunity=course)
    pdf.render("<p>Fonts and profiles are read once, for both.</p>", language="it")
    rounds = [(batch(course, edition, partner_staff, now), their_pages()) for _n in range(ROUNDS)]
    whole, floor = (min(seconds) for seconds in zip(*rounds, strict=True))
    assert whole <= MOST * floor, f"{whole:.1f} s for {MANY} certificates, {floor:.1f} s for their pages alone"
