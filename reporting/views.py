"""Pages of coordinators and evaluators, and of partners for their own money."""

import hashlib

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import BadRequest, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts.access import RolesRequired, note_opening
from accounts.enums import Role
from accounts.permissions import check
from foundation.privacy.enums import AccessReason
from migwork.crypto import decrypt, encrypt
from migwork.small_numbers import LEAST
from pathways.enums import Situation
from pathways.queries import results as activities
from reporting import actions, budget, coverage, permissions, presentation, queries
from reporting.counting import target_of, target_scope
from reporting.enums import ReportState
from reporting.forms import ExpenseForm, PaymentForm, ReportForm
from reporting.indicators import INDICATORS, Scope
from reporting.models import Report
from reporting.results import as_data, results


class OfAnEdition(RolesRequired):
    """Pages about one edition: the one in ?edizione=, or the one that runs."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.editions = queries.editions_begun(timezone.localdate())
        code = request.GET.get("edizione")
        found = [edition for edition in self.editions if code in (None, "", edition.code)]
        if not found:
            raise Http404
        self.edition = found[0]

    def get_context_data(self, **kwargs):
        return super().get_context_data(edition=self.edition, editions=self.editions, **kwargs)


# --- Figures -----------------------------------------------------------------------------


class Dashboard(OfAnEdition, TemplateView):
    """Are we on the way to the targets, and where is the money? Reads the last count."""

    roles = permissions.FIGURE_READERS
    template_name = "reporting/dashboard.html"

    def get_context_data(self, **kwargs):
        stored = queries.stored_figures(self.edition)
        user = self.request.user
        return super().get_context_data(
            counted=stored is not None,
            figures=stored and self._figures(stored),
            may_ask=permissions.can_ask_report(user),
            may_refresh=permissions.can_refresh_figures(user),
            **kwargs,
        )

    def _figures(self, stored):
        """The part of the page that changes only with the count: drawn once for each count, language and day."""
        now = timezone.now()
        key = ("reporting.figures", stored.pk, stored.counted_at, get_language(), timezone.localdate(now))
        key = hashlib.sha256(repr(key).encode()).hexdigest()
        if (drawn := cache.get(key)) is None:
            context = presentation.dashboard_context(stored.data, stored.counted_at, now)
            drawn = render_to_string("reporting/_figures.html", {"edition": self.edition, **context})
            cache.set(key, drawn, 3600)
        return SafeString(drawn)


class FiguresRefresh(OfAnEdition, View):
    """Count the figures at once."""

    roles = permissions.FIGURE_READERS

    def post(self, request):
        actions.refresh_figures(edition=self.edition, now=timezone.now(), by=request.user)
        messages.success(request, _("The figures are counted anew."))
        return redirect(f"{reverse('reporting:dashboard')}?{urlencode({'edizione': self.edition.code})}")


class Results(OfAnEdition, TemplateView):
    """What became of those who left, four weeks and six months later; what people say of activities, in sum."""

    roles = permissions.FIGURE_READERS
    template_name = "reporting/results.html"

    def get_context_data(self, **kwargs):
        found = [as_data(result) for result in results(self.edition, timezone.localdate())]
        shown = [(part, presentation.result_table(part)) for part in presentation.result_parts(found)]
        said = activities.results_of(activities.of_edition(self.edition), get_language())
        return super().get_context_data(results=shown, said=said, least=LEAST, **kwargs)


class Coverage(OfAnEdition, TemplateView):
    """For which situations and ages there are modules, and for which there are none. No names, small numbers hidden."""

    roles = permissions.FIGURE_READERS
    template_name = "reporting/coverage.html"

    def get_context_data(self, **kwargs):
        today, edition = timezone.localdate(), self.edition
        cells = coverage.coverage(edition, today)
        context = {"table": presentation.coverage_table(edition, cells), "gaps": presentation.gaps(cells)}
        context["hides"] = any(cell.people is None for cell in cells)
        context["unnamed"] = coverage.without_situation(edition)
        context["unnamed_url"] = presentation.cell_url(edition, "")
        if wanted := self.request.GET.get("situazione"):
            context |= self._modules_of(wanted, today)
        return super().get_context_data(**context, **kwargs)

    def _modules_of(self, wanted, today):
        """The modules of the cell that the address names."""
        situation = "" if wanted == "nessuna" else wanted
        bands = {str(low): (low, high) for low, high in coverage.bands_of(self.edition)}
        band = bands.get(self.request.GET.get("da"))
        if situation and situation not in Situation.values:
            raise Http404
        rows = coverage.modules_behind(self.edition, situation, band and band[0], today)
        return {"rows": rows, "rows_title": presentation.cell_title(situation, band)}


class FigureRows(OfAnEdition, TemplateView):
    """The persons behind a figure: by name for coordinators, by pseudonym for evaluators."""

    roles = permissions.FIGURE_READERS
    template_name = "reporting/figure_rows.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        try:
            self.indicator = INDICATORS[kwargs["indicator"]]
            self.filters = queries.rows_filters(self.edition, request.GET)
        except (KeyError, ValueError):
            raise Http404 from None

    def get_context_data(self, **kwargs):
        filters, indicator = self.filters, self.indicator
        named = permissions.can_see_names(self.request.user)
        target = filters.target or target_of(indicator, filters.targets)
        scope = target_scope(indicator, Scope.of(self.edition, macro_actions=filters.macro_actions), target)
        scope = scope.within(
            macro_actions=[filters.macro_action.pk] if filters.macro_action else None,
            organisation=filters.partner.pk if filters.partner else None,
        )
        page_by = queries.page_by_name if named else queries.page_by_chance
        persons, following = page_by(indicator, scope, _read_cursor(self.request.GET.get("dopo", "")))
        if named:
            note_opening(self.request, *(person.person_id for person in persons), why=AccessReason.COUNTING)
        stored = presentation.stored_count(self.edition, indicator.slug, **filters.codes)
        return super().get_context_data(
            figure=indicator,
            filters=filters,
            named=named,
            definition=(target and target.definition) or indicator.rule,
            table=persons and presentation.person_table(indicator.name, self.edition, persons, named=named),
            following=following and self._url(dopo=encrypt(following)),
            first_url=self._url() if "dopo" in self.request.GET else "",
            count=stored and stored[1],
            counted_at=stored and timezone.localtime(stored[0]),
            **kwargs,
        )

    def _url(self, **more):
        return f"{self.request.path}?{urlencode({'edizione': self.edition.code, **self.filters.query, **more})}"


def _read_cursor(token):
    """Where the page before ended. Encrypted: an evaluator must not learn whose row that was."""
    if not token:
        return ""
    try:
        return decrypt(token)
    except InvalidToken:
        raise BadRequest from None


# --- Money --------------------------------------------------------------------------------


class Budget(OfAnEdition, TemplateView):
    """Allocated, committed and spent by every side of the budget."""

    roles = permissions.MONEY_READERS
    template_name = "reporting/budget.html"

    def get_context_data(self, **kwargs):
        organisations = permissions.organisations_of(self.request.user)
        read = budget.read(self.edition, organisations=organisations)
        may_enter = permissions.may_enter_expenses(self.request.user)
        return super().get_context_data(
            budget=read,
            whole=organisations is None,
            may_enter=may_enter,
            tables=presentation.budget_tables(read),
            lines=presentation.budget_lines(read, may_enter=may_enter),
            **kwargs,
        )


class ExpenseList(OfAnEdition, TemplateView):
    roles = permissions.MONEY_READERS
    template_name = "reporting/expense_list.html"

    def get_context_data(self, **kwargs):
        organisations = permissions.organisations_of(self.request.user)
        filters = queries.ExpenseFilters.of(self.edition, organisations, self.request.GET)
        rows, following = queries.page_of_expenses(self.edition, organisations, filters)
        return super().get_context_data(
            table=rows and presentation.expense_table(rows),
            filters=filters,
            following=following
            and f"{self.request.path}?{urlencode({'edizione': self.edition.code, **filters.query, 'dopo': following})}",
            may_enter=permissions.may_enter_expenses(self.request.user),
            **kwargs,
        )


class ExpenseCreate(OfAnEdition, FormView):
    """First whose expense it is, then the form with that partner's lines."""

    roles = permissions.MONEY_WRITERS
    template_name = "reporting/expense_form.html"
    form_class = ExpenseForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        allowed = permissions.writable_organisations(request.user)
        self.partners = queries.partners_with_lines(self.edition, allowed)
        code = request.GET.get("partner")
        if line := request.GET.get("riga"):
            code = queries.partner_of_line(self.edition, line)
        elif not code and len(self.partners) == 1:
            code = self.partners[0].code
        self.partner = next((partner for partner in self.partners if partner.code == code), None)
        if (code or line) and self.partner is None:
            raise Http404

    def get_template_names(self):
        return [self.template_name if self.partner else "reporting/expense_partner.html"]

    def get_initial(self):
        return {"line": self.request.GET.get("riga")}

    def get_form(self, form_class=None):
        if self.partner is None:
            return None
        return ExpenseForm(
            lines=lambda: budget.lines_of(self.edition, organisations=[self.partner.pk]),
            is_offered=lambda line: queries.partner_of_line(self.edition, line) == self.partner.code,
            **self.get_form_kwargs(),
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(partner=self.partner, partners=self.partners, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.partner is None:
            raise BadRequest
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            expense = actions.enter_expense(**form.cleaned_data, by=self.request.user, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The expense is entered."))
        return redirect("reporting:expense-detail", pk=expense.pk)


class ExpenseDetail(RolesRequired, FormView):
    """One expense; while it is not paid, the form that says when it was."""

    roles = permissions.MONEY_READERS
    template_name = "reporting/expense_detail.html"
    form_class = PaymentForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        visible = queries.expenses_visible_to(permissions.organisations_of(request.user))
        self.expense = get_object_or_404(visible.select_related("entered_by"), pk=kwargs["pk"])
        self.may_pay = permissions.can_write_expense(request.user, self.expense.line.partnership.organisation_id)

    def get_context_data(self, **kwargs):
        may_pay = self.may_pay and not self.expense.paid_on
        return super().get_context_data(expense=self.expense, may_pay=may_pay, **kwargs)

    def post(self, request, *args, **kwargs):
        check(self.may_pay)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            actions.pay_expense(expense=self.expense, by=self.request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The payment is noted."))
        return redirect("reporting:expense-detail", pk=self.expense.pk)


# --- Reports ----------------------------------------------------------------------------------


class ReportList(RolesRequired, TemplateView):
    roles = permissions.FIGURE_READERS
    template_name = "reporting/report_list.html"

    def get_context_data(self, **kwargs):
        reports = Report.objects.select_related("edition", "document", "asked_by").defer("frozen")[:100]
        return super().get_context_data(
            reports=presentation.report_rows(reports),
            may_ask=permissions.can_ask_report(self.request.user),
            **kwargs,
        )


class ReportCreate(OfAnEdition, FormView):
    roles = {Role.COORDINATOR}
    template_name = "reporting/report_form.html"
    form_class = ReportForm

    def get_initial(self):
        today = timezone.localdate()
        return {"from_day": self.edition.starts_on, "to_day": today, "language": self.request.LANGUAGE_CODE}

    def form_valid(self, form):
        try:
            report = actions.ask_report(
                edition=self.edition, by=self.request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return redirect("reporting:report-detail", pk=report.pk)


class OneReport(RolesRequired):
    roles = permissions.FIGURE_READERS

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        found = Report.objects.select_related("edition", "document", "asked_by")
        self.report = get_object_or_404(found, pk=kwargs["pk"])


class ReportDetail(OneReport, TemplateView):
    """The report's progress, then the report. HTMX asks for the part that changes."""

    def get_template_names(self):
        return ["reporting/_report_progress.html" if self.request.htmx else "reporting/report_detail.html"]

    def get_context_data(self, **kwargs):
        report = self.report
        ready = report.state == ReportState.READY
        return super().get_context_data(
            report=report,
            waiting=report.state in (ReportState.QUEUED, ReportState.BUILDING),
            step=presentation.progress_word(report),
            fingerprint=actions.fingerprint(report.frozen) if ready else "",
            may_ask=permissions.can_ask_report(self.request.user),
            **kwargs,
        )


class ReportRetry(OneReport, View):
    def post(self, request, pk):
        try:
            actions.retry_report(report=self.report, by=request.user, now=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("reporting:report-detail", pk=pk)


class ReportDownload(OneReport, View):
    def get(self, request, pk):
        document = self.report.document
        if document is None:
            raise Http404
        name = f"mig-work-{self.report.from_day:%Y%m%d}-{self.report.to_day:%Y%m%d}.pdf"
        return FileResponse(document.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


class ReportFigures(OneReport, View):
    """The frozen figures, as the very bytes whose hash the report prints."""

    def get(self, request, pk):
        if self.report.state != ReportState.READY:
            raise Http404
        content = actions.frozen_bytes(self.report.frozen)
        return HttpResponse(
            content,
            content_type="application/json",
            headers={"Content-Disposition": 'attachment; filename="cifre.json"'},
        )
