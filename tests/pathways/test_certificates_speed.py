"""How long two hundred certificates take: hardly more than drawing their pages, which is WeasyPrint's work."""

from time import process_time

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
# Of its own processor time. Drawing a page takes much less than when 1.2 was set for the whole, for the fonts are
# unpacked once (foundation.documents.pdf): what is written to the database weighs more beside it.
MOST = 1.4
# So often at most: the first round in which it is so is enough, for what disturbs only makes it longer.
ROUNDS = 3


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
    begun = process_time()
    actions.make_certificates(batch_id=asked.pk, now=now)
    return process_time() - begun


def their_pages() -> float:
    """The pages of the last batch, each drawn with its code to scan and rendered, in one loop."""
    certificates = list(Certificate.objects.select_related("document").order_by("-issued_at", "-pk")[:MANY])
    begun = process_time()
    pages = [pdf.render(page, language="it") for page in pages_of(certificates)]
    assert len(pages) == MANY
    return process_time() - begun


def test_two_hundred_take_hardly_longer_than_their_pages(course, edition, partner_staff, now, monkeypatch):
    monkeypatch.setattr(tasks.make_certificates, "delay", lambda **kwargs: None)
    factories.CertificateRuleFactory(opportunity=course)
    pdf.render("<p>Fonts and profiles are read once, for both.</p>", language="it")
    for _round in range(ROUNDS):
        whole, floor = batch(course, edition, partner_staff, now), their_pages()
        if whole <= MOST * floor:
            return
    pytest.fail(f"{whole:.1f} s for {MANY} certificates, {floor:.1f} s for their pages alone")
