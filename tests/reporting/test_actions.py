"""Expenses and reports: what is done, refused and noted."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from foundation.documents import pdf
from foundation.documents.models import Document
from foundation.privacy.models import Event
from migwork.errors import NotNow
from migwork.jobs import holding
from programme.models import BudgetLine
from reporting import actions, queries, tasks
from reporting.enums import ReportState
from reporting.models import Expense, Figures, Report
from tests import factories as f


@pytest.fixture
def line(edition, partner):
    return BudgetLine.objects.filter(edition=edition, partnership__organisation=partner).first()


@pytest.fixture
def invoice(line, now):
    return {
        "line": line,
        "supplier": "Cartoleria  Bìanchi srl ",
        "document_number": "12 / A",
        "document_date": date(2026, 4, 20),
        "description": "Quaderni",
        "amount": Decimal("120.50"),
        "now": now,
    }


def test_an_expense_is_charged_to_its_line_and_noted(invoice, line, partner_staff, partner_admin, coordinator):
    expense = actions.enter_expense(**invoice, by=partner_staff)
    assert (expense.supplier, expense.supplier_key) == ("Cartoleria Bìanchi srl", "cartoleria bianchi srl")
    assert Event.objects.get(verb="reporting.expense_entered").by == partner_staff
    for user, number in ((partner_admin, "2"), (coordinator, "3")):
        actions.enter_expense(**invoice | {"document_number": number}, by=user)
    assert line.expenses.count() == 3


def test_who_may_not_enter_an_expense(invoice, other_partner_staff, other_partner_admin, evaluator, operator):
    for user in (other_partner_staff, other_partner_admin, evaluator, operator):
        with pytest.raises(PermissionDenied):
            actions.enter_expense(**invoice, by=user)
    assert not Expense.objects.exists()


def test_the_same_document_is_refused_however_it_is_written(invoice, coordinator, edition):
    actions.enter_expense(**invoice, by=coordinator)
    other_line = BudgetLine.objects.filter(edition=edition).last()
    again = invoice | {"line": other_line, "supplier": "CARTOLERIA BIANCHI SRL", "document_number": "12/A"}
    with pytest.raises(NotNow) as refused:
        actions.enter_expense(**again, by=coordinator)
    assert "document_number" in refused.value.message_dict
    assert Expense.objects.count() == 1


def test_a_line_is_never_overspent(invoice, line, coordinator):
    first = invoice | {"amount": line.amount - Decimal("10.00")}
    actions.enter_expense(**first, by=coordinator)
    with pytest.raises(NotNow) as refused:
        actions.enter_expense(**invoice | {"document_number": "2", "amount": Decimal("10.01")}, by=coordinator)
    assert "10,00" in str(refused.value.message_dict["amount"])
    actions.enter_expense(**invoice | {"document_number": "3", "amount": Decimal("10.00")}, by=coordinator)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("document_date", {"document_date": date(2025, 1, 1)}),
        ("document_date", {"document_date": date(2026, 5, 6)}),
        ("paid_on", {"paid_on": date(2026, 5, 6)}),
        ("paid_on", {"paid_on": date(2026, 4, 19)}),
    ],
)
def test_days_outside_the_edition_or_to_come_are_refused(invoice, coordinator, field, changes):
    with pytest.raises(NotNow) as refused:
        actions.enter_expense(**invoice | changes, by=coordinator)
    assert list(refused.value.message_dict) == [field]


def test_paying_makes_it_spent_once(invoice, partner_staff, other_partner_staff, now):
    expense = actions.enter_expense(**invoice, by=partner_staff)
    with pytest.raises(PermissionDenied):
        actions.pay_expense(expense=expense, paid_on=date(2026, 5, 1), by=other_partner_staff, now=now)
    actions.pay_expense(expense=expense, paid_on=date(2026, 5, 1), by=partner_staff, now=now)
    with pytest.raises(NotNow):
        actions.pay_expense(expense=expense, paid_on=date(2026, 5, 2), by=partner_staff, now=now)
    assert Event.objects.get(verb="reporting.expense_paid").fields == ["paid_on"]


def test_figures_are_counted_once_an_edition_and_renewed(edition, facts, now, coordinator, evaluator):
    tasks.refresh_figures()
    stored = Figures.objects.get(edition=edition)
    assert stored.data["indicators"][0]["count"] == facts["involved"]
    actions.refresh_figures(edition=edition, now=now + timedelta(minutes=1), by=coordinator)
    assert Figures.objects.get(edition=edition).counted_at == now + timedelta(minutes=1)
    with pytest.raises(PermissionDenied):
        actions.refresh_figures(edition=edition, now=now, by=evaluator)


def test_editions_long_over_are_not_counted_again(edition, now):
    over = f.EditionFactory(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    assert over in queries.editions_to_count(now), "never counted yet"
    actions.refresh_figures(edition=over, now=now)
    assert queries.editions_to_count(now) == [edition]


# --- Reports ----------------------------------------------------------------------------


@pytest.fixture
def asked(edition, coordinator, now):
    return {
        "edition": edition,
        "from_day": edition.starts_on,
        "to_day": now.date(),
        "language": "it",
        "by": coordinator,
        "now": now,
    }


@pytest.fixture
def no_pdf(monkeypatch):
    """PDFs without their cost, where a test is not about them."""
    made = []

    def render(html, **kwargs):
        made.append(html)
        return b"%PDF-1.7 " + html.encode()

    monkeypatch.setattr(pdf, "render", render)
    return made


def test_a_report_is_built_and_kept_as_one_document(asked, facts, now, no_pdf):
    report = actions.ask_report(**asked)
    assert report.state == ReportState.QUEUED
    actions.build_report(report_id=report.pk, now=now)
    report.refresh_from_db()
    assert (report.state, report.progress, report.attempts) == (ReportState.READY, 100, 1)
    assert report.frozen["indicators"][0]["count"] == facts["involved"]
    assert actions.fingerprint(report.frozen) in no_pdf[0]
    assert actions.build_report(report_id=report.pk, now=now) is None, "twice is the same as once"
    assert Document.objects.count() == len(no_pdf) == 1
    assert [e.verb for e in Event.objects.filter(on_id=str(report.pk)).order_by("pk")] == [
        "reporting.report_asked",
        "reporting.report_ready",
    ]


def test_the_fingerprint_survives_the_database(asked, facts, now, no_pdf):
    report = actions.ask_report(**asked)
    actions.build_report(report_id=report.pk, now=now)
    assert actions.fingerprint(Report.objects.get(pk=report.pk).frozen) in no_pdf[0]


def test_asked_twice_while_waiting_is_one_report(asked):
    assert actions.ask_report(**asked) == actions.ask_report(**asked)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("user", ["evaluator", "operator", "partner_admin"])
def test_who_may_not_ask(asked, user, request):
    with pytest.raises(PermissionDenied):
        actions.ask_report(**asked | {"by": request.getfixturevalue(user)})


def test_periods_that_cannot_be_are_refused(asked, now):
    for changes, field in (
        ({"from_day": date(2025, 1, 1)}, "from_day"),
        ({"to_day": now.date() + timedelta(days=1)}, "to_day"),
        ({"from_day": date(2026, 3, 2), "to_day": date(2026, 3, 1)}, "to_day"),
    ):
        with pytest.raises(NotNow) as refused:
            actions.ask_report(**asked | changes)
        assert list(refused.value.message_dict) == [field]


def test_an_interrupted_report_goes_on_from_its_frozen_figures(asked, facts, now, monkeypatch, no_pdf, city):
    report = actions.ask_report(**asked)

    def cut_off(**kwargs):
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr(actions, "make_document", cut_off)
        with pytest.raises(SystemExit):
            actions.build_report(report_id=report.pk, now=now)
    report.refresh_from_db()
    assert (report.state, report.progress) == (ReportState.BUILDING, 60)
    assert not Document.objects.exists()

    # Somebody new comes meanwhile: the report must not change its mind.
    participation = f.ParticipationFactory(edition=asked["edition"])
    f.ReceptionFactory(participation=participation, organisation=city, at=now)
    assert queries.unfinished_reports() == [report.pk]
    actions.build_report(report_id=report.pk, now=now + timedelta(minutes=1))
    report.refresh_from_db()
    assert (report.state, report.attempts) == (ReportState.READY, 2)
    assert report.frozen["indicators"][0]["count"] == facts["involved"]


def test_errors_end_after_three_tries_and_can_be_tried_again(asked, coordinator, evaluator, now, monkeypatch, no_pdf):
    report = actions.ask_report(**asked)

    def broken(**kwargs):
        raise OSError("disk full")

    with monkeypatch.context() as cut:
        cut.setattr(actions, "make_document", broken)
        for state in (ReportState.QUEUED, ReportState.QUEUED, ReportState.FAILED):
            actions.build_report(report_id=report.pk, now=now)
            report.refresh_from_db()
            assert report.state == state
    assert report.error
    assert "disk" not in report.error
    with pytest.raises(PermissionDenied):
        actions.retry_report(report=report, by=evaluator, now=now)
    actions.retry_report(report=report, by=coordinator, now=now)
    actions.build_report(report_id=report.pk, now=now)
    report.refresh_from_db()
    assert report.state == ReportState.READY
    with pytest.raises(NotNow):
        actions.retry_report(report=report, by=coordinator, now=now)


def test_a_report_killed_three_times_is_given_up(asked, now, no_pdf):
    report = actions.ask_report(**asked)
    Report.objects.filter(pk=report.pk).update(state=ReportState.BUILDING, attempts=actions.MAX_ATTEMPTS)
    actions.build_report(report_id=report.pk, now=now)
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert not no_pdf


def test_without_pango_the_report_says_what_to_install(asked, now, monkeypatch):
    def missing(html, **kwargs):
        raise pdf.Unavailable

    monkeypatch.setattr(pdf, "render", missing)
    report = actions.ask_report(**asked)
    actions.build_report(report_id=report.pk, now=now)
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert "libpango" in report.error


def in_another_session(function):
    """What `function` returns on a database connection of its own."""
    found = []

    def run():
        try:
            found.append(function())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def held(report_id):
    with holding(report_id) as mine:
        return mine


@pytest.mark.django_db(transaction=True)
def test_two_sessions_never_build_the_same_report(asked, now, no_pdf, monkeypatch):
    monkeypatch.setattr(tasks.build_report, "delay", lambda **kwargs: None)
    report = actions.ask_report(**asked)
    with holding(report.pk) as mine:
        assert mine
        assert not in_another_session(lambda: held(report.pk))
        assert in_another_session(lambda: actions.build_report(report_id=report.pk, now=now)) is None
        report.refresh_from_db()
        assert report.state == ReportState.QUEUED
    assert in_another_session(lambda: held(report.pk))


@pytest.mark.django_db(transaction=True)
def test_two_expenses_at_once_cannot_overspend_a_line(invoice, line, coordinator):
    half = line.amount / 2 + 1
    results = []

    def enter(number):
        try:
            actions.enter_expense(**invoice | {"document_number": number, "amount": half}, by=coordinator)
            results.append("entered")
        except NotNow:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=[str(n)]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["entered", "refused"]
