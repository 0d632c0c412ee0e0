"""The PDF: tagged, and with the very figures that were frozen and that the screen shows."""

import html
import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from foundation.privacy import actions as privacy
from reporting import actions
from reporting.presentation import report_context
from tests import factories as f
from tests.pdf import text_of


@pytest.fixture
def report(edition, facts, coordinator, now):
    line = edition.budget_lines.first()
    f.ExpenseFactory(line=line, amount="1234.56")
    f.ExpenseFactory(line=line, amount="78.90", paid_on=None)
    report = actions.ask_report(
        edition=edition, from_day=edition.starts_on, to_day=now.date(), language="it", by=coordinator, now=now
    )
    actions.refresh_figures(edition=edition, now=now)
    return actions.build_report(report_id=report.pk, now=now)


@pytest.fixture
def content(report):
    with report.document.file.open("rb") as file:
        return file.read()


def words(text):
    """Text without the differences of how pages break it."""
    return re.sub(r"\s+", " ", html.unescape(text).replace("\u00a0", " "))


def test_the_pdf_is_tagged_for_people(content):
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang) == "it"
        assert document.Root.MarkInfo.Marked
        tags, drawings = set(), []

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for child in node:
                    walk(child)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    tags.add(str(node.S))
                    if str(node.S) == "/Figure":
                        drawings.append(str(node.get("/Alt", "")))
                if "/K" in node:
                    walk(node.K)

        walk(document.Root.StructTreeRoot)
        assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= tags
        assert drawings
        assert all(drawings), "each drawing says what it shows"
        with document.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert "Rapporto di monitoraggio" in xmp["dc:title"]


def test_the_pdf_shows_the_frozen_figures(report, content, facts):
    text = text_of(content)
    assert f"{facts['involved']} / 800" in text
    assert f"{facts['in_training']} / 140" in text
    assert re.search(rf"Giovani coinvolti {facts['involved']} ", text)
    for amount in ("356.545,00 €", "153.519,00 €", "203.026,00 €", "1.234,56 €", "78,90 €"):
        assert amount in text
    assert report.document.protocol_number in text
    assert actions.fingerprint(report.frozen) in text.replace(" ", "")


def test_the_results_of_the_report_are_those_of_the_page(edition, facts, coordinator, now, as_user):
    """Who left: the same table, with the same figures left out; also for who fetches the frozen figures."""
    for gender, people in (("f", 6), ("m", 5), ("x", 1)):
        for _n in range(people):
            f.FollowUpFactory(
                participation__edition=edition,
                participation__person__gender=gender,
                due_on=now.date(),
                asked_at=now,
                answered_at=now,
                sheet=f.AnswerSheetFactory(),
                situation="employed",
            )
    asked = actions.ask_report(
        edition=edition, from_day=edition.starts_on, to_day=now.date(), language="it", by=coordinator, now=now
    )
    report = actions.build_report(report_id=asked.pk, now=now)
    with report.document.file.open("rb") as file:
        text = text_of(file.read())
    row = "Lavora 6 5 * * 12 100 %"
    shown = words(re.sub(r"<[^>]+>", " ", as_user(coordinator).get("/cruscotto/risultati/").text))
    assert row in shown
    assert row in text
    assert "12 risposte su 12" in text
    first = report.frozen["results"][0]["rows"][0]
    assert (first["genders"], first["count"]) == ([6, 5, None, None], 12)


def test_the_seal_of_the_day_before_is_frozen_and_printed(edition, coordinator, now):
    f.EventFactory()
    seal = privacy.seal(now=now - timedelta(days=1))
    asked = actions.ask_report(
        edition=edition, from_day=edition.starts_on, to_day=now.date(), language="it", by=coordinator, now=now
    )
    report = actions.build_report(report_id=asked.pk, now=now)

    assert report.frozen["seal"] == {"day": "2026-05-04", "hash": seal.hash}
    with override("it"):
        context = report_context(report.frozen, actions.fingerprint(report.frozen))
        page = render_to_string(
            "reporting/documents/report.html", {**context, "document": report.document, "language": "it"}
        )
    assert seal.hash in page
    assert "4 maggio 2026" in page


def test_screen_frozen_figures_and_document_say_the_same(report, facts, as_user, coordinator, monkeypatch):
    page = words(as_user(coordinator).get("/cruscotto/").content.decode())
    counts = {row["slug"]: row["count"] for row in report.frozen["indicators"]}
    assert counts["involved"] == facts["involved"]
    for slug, count in counts.items():
        shown = re.search(rf'href="/cruscotto/{slug}/[^"]*">([^<]+)</a></dd>', page)[1]
        assert shown == (f"{count.replace('.', ',')} h" if slug == "hours" else str(count))
    budget = words(as_user(coordinator).get("/bilancio/").content.decode())
    total = report.frozen["budget"]["total"]
    assert (total["allocated"], total["spent"], total["committed"]) == ("356545.00", "1234.56", "78.90")
    for amount in ("356.545,00 €", "1.234,56 €", "78,90 €"):
        assert amount in budget


def test_the_figures_can_be_fetched_and_have_the_printed_hash(report, as_user, evaluator):
    import hashlib

    answer = as_user(evaluator).get(f"/rapporti/{report.pk}/cifre.json")
    assert hashlib.sha256(answer.content).hexdigest() == actions.fingerprint(report.frozen)


def test_a_report_speaks_the_language_asked_for(edition, facts, coordinator, now, monkeypatch):
    seen = []
    monkeypatch.setattr("foundation.documents.pdf.render", lambda page, **kwargs: seen.append(page) or b"%PDF")
    report = actions.ask_report(
        edition=edition, from_day=edition.starts_on, to_day=now.date(), language="en", by=coordinator, now=now
    )
    actions.build_report(report_id=report.pk, now=now)
    assert "In one page" in seen[0]
    assert "356,545.00" in seen[0]
    assert "{{" not in seen[0]
