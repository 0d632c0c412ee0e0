"""The sheet to sign: `/attivita/incontri/…/foglio.pdf`."""

import io

import pikepdf
import pytest
from django.urls import reverse

from foundation.privacy.models import Access
from tests import factories
from tests.pathways import ways
from tests.pdf import beyond_the_edge, text_of

LONG = "Massimiliano-Ferdinando Bartolomeo"


@pytest.fixture
def run(course, now):
    return ways.started_run(course, now, sessions=1, places=60)


def enrolled(run, first, last, now, **person):
    somebody = ways.taker(run.opportunity.edition, first_name=first, last_name=last, **person)
    return factories.EnrolmentFactory(run=run, participation=somebody, asked_at=now)


def sheet(client, run):
    return client.get(reverse("pathways:session-sheet", args=[run.sessions.get().pk]))


def test_sheet(as_user, run, partner_staff, now):
    enrolled(run, "Zoe", "Álvarez", now)
    enrolled(run, LONG, "Wijewardena-Kariyawasam Della Rovere di Montefeltro", now)
    enrolled(run, "Ada", "Alvisi", now)
    enrolled(run, "Tace", "Nascosta", now, limited_at=now)
    waiting = enrolled(run, "Aspetta", "Fuori", now)
    waiting.state = "waiting"
    waiting.save()
    answer = sheet(as_user(partner_staff), run)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    text = text_of(answer.content)
    for words in (run.opportunity.title, "14:00–18:00 (4 ore)", run.opportunity.organisation.name, "Firma in entrata"):
        assert words in text
    # By surname, accents apart; who waits or asked for silence is not on it.
    assert text.index("Álvarez Zoe") < text.index("Alvisi Ada") < text.index("Wijewardena")
    assert "Fuori" not in text
    assert "Nascosta" not in text
    assert " 6 " in text  # three lines for whoever comes besides
    assert beyond_the_edge(answer.content) == ""
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot
        assert len(document.pages) == 1
    assert Access.objects.filter(what="pathways:session-sheet", by_id=partner_staff.pk).count() == 3


def test_a_long_list_has_its_head_on_every_page(as_user, run, partner_staff, now):
    for number in range(40):
        enrolled(run, "Ada", f"Rossi {number:02}", now)
    answer = sheet(as_user(partner_staff), run)
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 3
    assert text_of(answer.content).count("Firma in uscita") == 3


def test_sheet_of_a_session_without_people(as_user, run, partner_staff, now):
    assert "Firma in entrata" in text_of(sheet(as_user(partner_staff), run).content)


def test_who_is_enrolled_once_more_stands_there_once(as_user, run, partner_staff, now):
    row = enrolled(run, "Ada", "Alvisi", now)
    factories.EnrolmentFactory(run=run, participation=row.participation, state="withdrawn", asked_at=now)
    assert text_of(sheet(as_user(partner_staff), run).content).count("Alvisi") == 1
