"""Every write of the reporting room: counted figures, expenses, reports."""

import hashlib
import json
import logging
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from time import monotonic

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.documents import pdf
from foundation.documents.actions import make_document
from foundation.privacy.actions import record
from foundation.privacy.queries import last_hash_of
from migwork.db import sentence_of
from migwork.errors import NotNow
from migwork.jobs import holding
from migwork.prepared import Prepared, insert
from migwork.text import sort_key
from programme.models import BudgetLine, Edition
from reporting import permissions
from reporting.budget import Line
from reporting.counting import count_figures
from reporting.enums import ReportState
from reporting.models import Expense, Figures, Report
from reporting.presentation import report_context
from reporting.templatetags.money import money

logger = logging.getLogger(__name__)

# A report that a crash or an error stopped so often needs a person's look.
MAX_ATTEMPTS = 3


# --- Figures ----------------------------------------------------------------------------


def refresh_figures(*, edition: Edition, now: datetime, by=None) -> Figures:
    """Count an edition's figures and keep them for the dashboard. By the clock (None), or by a coordinator."""
    if by is not None:
        permissions.check_can_refresh_figures(by)
    today = timezone.localdate(now)
    started = monotonic()
    data = count_figures(edition, from_day=edition.starts_on, to_day=today, now=now)
    data["seconds"] = round(monotonic() - started, 1)
    figures, _created = Figures.objects.update_or_create(edition=edition, defaults={"counted_at": now, "data": data})
    return figures


# --- Expenses ---------------------------------------------------------------------------


def enter_expense(
    *,
    line: BudgetLine | Line,
    supplier: str,
    document_number: str,
    document_date: date,
    description: str,
    amount: Decimal,
    paid_on: date | None = None,
    by,
    now: datetime,
) -> Expense:
    """Charge a supplier's document to a budget line. By the line's partner or a coordinator.

    Refused: a document entered before, more than the line has left, days outside the edition or to come.
    """
    expense = Expense(
        line_id=line.pk,
        supplier=" ".join(supplier.split()),
        supplier_key=sort_key(supplier)[:200],
        document_number="".join(document_number.split()),
        document_date=document_date,
        description=description.strip(),
        amount=amount,
        paid_on=paid_on,
        entered_at=now,
        entered_by=by,
    )
    try:
        with transaction.atomic():
            line = _locked_line.first(line=line.pk)
            permissions.check_can_write_expense(by, line.partnership.organisation_id)
            _check_days(line.edition, document_date, paid_on, timezone.localdate(now))
            _check_left(line, amount)
            insert(expense)
            record(verb="reporting.expense_entered", by=by, now=now, on=expense)
    except IntegrityError as error:
        raise NotNow({"document_number": sentence_of(error)}) from error
    return expense


# A statement of its own, before the sum: only so the sum sees what others charged while the lock was waited for.
_locked_line = Prepared(
    lambda line: (
        BudgetLine.objects.select_for_update(of=("self",))
        .select_related("partnership", "edition")
        .only("amount", "partnership__organisation", "edition__starts_on", "edition__ends_on")
        .filter(pk=line)
        .order_by()
    )
)


def _check_left(line, amount):
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(amount), 0.00) FROM reporting_expense WHERE line_id = %s", [line.pk])
        [charged] = cursor.fetchone()
    left = line.amount - charged
    if amount > left:
        raise NotNow(
            {
                "amount": _("This line has %(left)s left of %(whole)s. Choose another line, or ask the coordinator.")
                % {"left": money(left), "whole": money(line.amount)}
            }
        )


@transaction.atomic
def pay_expense(*, expense: Expense, paid_on: date, by, now: datetime) -> Expense:
    """Note that an expense was paid: from committed to spent. By the line's partner or a coordinator."""
    expense = (
        Expense.objects.select_for_update(of=("self",))
        .select_related("line__partnership", "line__edition")
        .get(pk=expense.pk)
    )
    permissions.check_can_write_expense(by, expense.line.partnership.organisation_id)
    if expense.paid_on:
        raise NotNow(_("This expense is already paid."))
    _check_days(expense.line.edition, expense.document_date, paid_on, timezone.localdate(now))
    expense.paid_on = paid_on
    expense.save(update_fields=["paid_on"])
    record(verb="reporting.expense_paid", by=by, now=now, on=expense, fields=["paid_on"])
    return expense


def _check_days(edition, document_date, paid_on, today):
    wrong = {}
    if document_date < edition.starts_on or (edition.ends_on and document_date > edition.ends_on):
        wrong["document_date"] = _("The document's date lies outside the edition, which runs %(dates)s.") % {
            "dates": edition_dates(edition)
        }
    elif document_date > today:
        wrong["document_date"] = _("The document's date is still to come.")
    if paid_on and paid_on > today:
        wrong["paid_on"] = _("The day of payment is still to come: leave it empty until it is paid.")
    elif paid_on and paid_on < document_date:
        wrong["paid_on"] = _("The payment cannot be before the document's date.")
    if wrong:
        raise NotNow(wrong)


def edition_dates(edition) -> str:
    """'from 01/10/2020 to 31/10/2021'."""
    if edition.ends_on is None:
        return _("from %(start)s on") % {"start": f"{edition.starts_on:%d/%m/%Y}"}
    return _("from %(start)s to %(end)s") % {
        "start": f"{edition.starts_on:%d/%m/%Y}",
        "end": f"{edition.ends_on:%d/%m/%Y}",
    }


# --- Reports ------------------------------------------------------------------------------


@transaction.atomic
def ask_report(*, edition: Edition, from_day: date, to_day: date, language: str, by, now: datetime) -> Report:
    """Ask for a monitoring report; it is built in the background. By a coordinator.

    The same report asked for while one is being made is that one.
    """
    permissions.check_can_ask_report(by)
    # The edition's row keeps two askers apart, so that neither misses the other's report.
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    wrong = {}
    if from_day < edition.starts_on:
        wrong["from_day"] = _("The edition runs %(dates)s: start on its first day or later.") % {
            "dates": edition_dates(edition)
        }
    if to_day > timezone.localdate(now):
        wrong["to_day"] = _("The last day is still to come.")
    elif to_day < from_day:
        wrong["to_day"] = _("The last day cannot be before the first.")
    if wrong:
        raise NotNow(wrong)
    same = Report.objects.filter(
        edition=edition,
        from_day=from_day,
        to_day=to_day,
        language=language,
        state__in=[ReportState.QUEUED, ReportState.BUILDING],
    ).first()
    if same:
        return same
    report = Report.objects.create(
        edition=edition, from_day=from_day, to_day=to_day, language=language, asked_at=now, asked_by=by
    )
    record(verb="reporting.report_asked", by=by, now=now, on=report)
    _start_on_commit(report)
    return report


@transaction.atomic
def retry_report(*, report: Report, by, now: datetime) -> Report:
    """Try once more to make a report that failed. By a coordinator."""
    permissions.check_can_ask_report(by)
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.state != ReportState.FAILED:
        raise NotNow(_("Only a report that could not be made can be tried again."))
    report.state, report.attempts, report.progress, report.error = ReportState.QUEUED, 0, 0, ""
    report.save(update_fields=["state", "attempts", "progress", "error"])
    record(verb="reporting.report_retried", by=by, now=now, on=report)
    _start_on_commit(report)
    return report


def _start_on_commit(report):
    from reporting.tasks import build_report as task

    transaction.on_commit(partial(task.delay, report_id=str(report.pk)), robust=True)


def frozen_bytes(frozen: dict) -> bytes:
    """The frozen figures as the bytes that are hashed: keys sorted, no blanks, UTF-8."""
    return json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(frozen: dict) -> str:
    """SHA-256 of the frozen figures, printed in the report: who holds both can prove that they belong together."""
    return hashlib.sha256(frozen_bytes(frozen)).hexdigest()


def build_report(*, report_id, now: datetime) -> Report | None:
    """Build a report step by step, going on where an earlier try was cut off; None when there is nothing to do.

    The figures are counted once and kept before anything is drawn, so that every try shows the same. The
    document and the state "ready" come in one transaction: there is one document, or none.
    """
    with holding(report_id) as held:
        if not held:
            return None
        report = _begin(report_id, now)
        if report is None:
            return None
        try:
            if report.frozen is None:
                _freeze(report, now)
            return _finish(report, now)
        except pdf.Unavailable as error:
            return _give_up(report, str(error), now)
        except Exception:
            logger.exception("Report %s could not be made (try %s)", report.pk, report.attempts)
            if report.attempts >= MAX_ATTEMPTS:
                return _give_up(report, _("Making the report failed %(n)s times.") % {"n": MAX_ATTEMPTS}, now)
            Report.objects.filter(pk=report.pk).update(state=ReportState.QUEUED)
            return None


@transaction.atomic
def _begin(report_id, now):
    """Note one more try, or that there have been enough of them."""
    report = Report.objects.select_for_update(of=("self",)).select_related("edition", "asked_by").get(pk=report_id)
    if report.state not in (ReportState.QUEUED, ReportState.BUILDING):
        return None
    if report.attempts >= MAX_ATTEMPTS:
        _give_up(report, _("Making the report was interrupted %(n)s times.") % {"n": MAX_ATTEMPTS}, now)
        return None
    report.state, report.attempts = ReportState.BUILDING, report.attempts + 1
    report.progress = max(report.progress, 10)
    report.save(update_fields=["state", "attempts", "progress"])
    return report


def _freeze(report, now):
    report.frozen = count_figures(report.edition, from_day=report.from_day, to_day=report.to_day, now=now)
    # Printed, it stands where nobody who works on the database can reach it (`privacy verify --expect`).
    day = timezone.localdate(now) - timedelta(days=1)
    if seal := last_hash_of(day):
        report.frozen["seal"] = {"day": day.isoformat(), "hash": seal}
    report.progress = 40
    report.save(update_fields=["frozen", "progress"])


def _finish(report, now):
    with override(report.language):
        title = _("Monitoring report, %(start)s – %(end)s") % {
            "start": f"{report.from_day:%d/%m/%Y}",
            "end": f"{report.to_day:%d/%m/%Y}",
        }
        context = report_context(report.frozen, fingerprint(report.frozen))
    Report.objects.filter(pk=report.pk).update(progress=60)
    with transaction.atomic():
        report.document = make_document(
            kind="monitoring-report",
            title=title,
            language=report.language,
            template="reporting/documents/report.html",
            context={**context, "title": title},
            by=report.asked_by,
            now=now,
        )
        report.state, report.progress, report.ready_at, report.error = ReportState.READY, 100, now, ""
        report.save(update_fields=["document", "state", "progress", "ready_at", "error"])
        record(verb="reporting.report_ready", by=None, now=now, on=report)
    return report


@transaction.atomic
def _give_up(report, sentence, now):
    report.state, report.error = ReportState.FAILED, sentence[:300]
    report.save(update_fields=["state", "error"])
    record(verb="reporting.report_failed", by=None, now=now, on=report)
    return report
