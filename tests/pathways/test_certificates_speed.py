"""How long two hundred certificates take: hardly more than drawing their pages, which is WeasyPrint's work."""

from time import perf_counter

import pytest
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


def pages_of(certificates):
    """The very pages of these certificates."""
    with override("it"):
        for certificate in certificates:
            context = {**paper_of(certificate, held=certificate.hours), "document": certificate.document}
            yield render_to_string("pathways/documents/certificate.html", {**context, "language": "it", "demo": False})


def test_two_hundred_take_hardly_longer_than_their_pages(
    course, edition, partner_staff, now, monkeypatch, record_property
):
    monkeypatch.setattr(tasks.make_certificates, "delay", lambda **kwargs: None)
    factories.CertificateRuleFactory(opportunity=course)
    run = finished_run(course, now)
    group(run, edition, MANY)
    batch = actions.ask_certificates(run=run, by=partner_staff, now=now)
    begun = perf_counter()
    actions.make_certificates(batch_id=batch.pk, now=now)
    whole = perf_counter() - begun
    pages = list(pages_of(Certificate.objects.select_related("document")))
    assert len(pages) == MANY
    begun = perf_counter()
    for page in pages:
        pdf.render(page, language="it")
    floor = perf_counter() - begun
    assert whole <= MOST * floor, f"{whole:.1f} s for {MANY} certificates, {floor:.1f} s for their pages alone"
