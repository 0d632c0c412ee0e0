"""Allowances: the intern's and the promoter's page of one internship, the list of a month, and the payer's file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from accounts.access import RolesRequired, note_opening
from foundation.privacy.enums import AccessReason
from internships import actions, iban, rules
from internships.forms.allowance import AccountForm, PaymentForm, TermsForm
from internships.models import AllowanceTerms, BankAccount
from internships.permissions import can_say_days, can_work_on, check_can_work_on
from internships.queries import allowance as queries
from internships.sums import Line, month_in, payers_rows
from internships.views.internships import InternshipPage
from internships.views.roles import PARTNER
from migwork.sheets import as_csv, as_xlsx


class AllowancePage(InternshipPage):
    """One internship's allowances with their sums: the intern gives the account, the promoter writes the terms."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_own = can_say_days(request.user, self.internship)

    def get(self, request, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return self.page()

    def post(self, request, **kwargs):
        if not self.is_own:
            check_can_work_on(request.user, self.internship)
        form = AccountForm(request.POST) if self.is_own else TermsForm(request.POST)
        if form.is_valid():
            try:
                self.act(form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("internships:allowance", self.internship.pk)
        return self.page(form)

    def act(self, data):
        known = {"internship": self.internship, "by": self.request.user, "now": timezone.now()}
        if self.is_own:
            actions.give_account(**known, **data)
        else:
            actions.set_terms(**known, terms=data)

    def page(self, form=None):
        internship, rows = self.internship, queries.allowances_of(self.internship)
        account = BankAccount.objects.filter(internship=internship).first()
        context = {
            "internship": internship,
            "person": internship.participation.person,
            "lines": [Line(row) for row in rows],
            "account": account and iban.hidden(account.iban),
            "asks_account": any(row.is_due for row in rows),
            "refused": form,
        }
        if self.is_own:
            return render(self.request, "internships/my_allowance.html", {**context, "form": form or AccountForm()})
        is_paid = rules.values(internship.starts_on).is_for("allowance.full", internship.kind)
        context["may_work"] = is_paid and can_work_on(self.request.user, internship)
        terms = AllowanceTerms.objects.filter(internship=internship).first()
        context["form"] = form or TermsForm(initial=terms.__dict__ if terms else {})
        return render(self.request, "internships/allowance.html", context)


class AllowanceList(RolesRequired, View):
    """A month's allowances of one's own interns: what is due, given to the payer, paid."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.months = queries.months_with_rows(request.user)
        asked = month_in(request.GET.get("mese", ""))
        self.first = asked or (self.months[0] if self.months else timezone.localdate().replace(day=1))
        self.rows = queries.rows_of(request.user, self.first)

    def get(self, request, **kwargs):
        note_opening(request, *people_of(self.rows), why=AccessReason.INTERNSHIP)
        return self.page(PaymentForm(rows=[], initial={"paid_on": timezone.localdate()}))

    def post(self, request, **kwargs):
        form = PaymentForm(request.POST, rows=self.rows)
        if form.is_valid():
            data = form.cleaned_data
            try:
                count = actions.step_allowances(
                    allowances=form.chosen(),
                    seen=form.chosen(),
                    verb=data["verb"],
                    paid_on=data["paid_on"],
                    by=request.user,
                    now=timezone.now(),
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                done = ngettext("Noted for %(count)s allowance.", "Noted for %(count)s allowances.", count)
                messages.success(request, done % {"count": count})
                return redirect(f"{reverse('internships:allowance-list')}?mese={self.first:%Y-%m}")
        return self.page(form)

    def page(self, form):
        lines = [Line(row) for row in self.rows]
        context = {
            "form": form,
            "refused": form if form.is_bound else None,
            "lines": lines,
            "first": self.first,
            "key": f"{self.first:%Y-%m}",
            "months": self.months,
            "due": sum(line.row.amount for line in lines if line.row.is_due),
            "without_account": sum(1 for line in lines if line.row.is_due and not line.account),
            "to_decide": sum(1 for line in lines if line.row.amount is None),
        }
        return render(self.request, "internships/allowance_list.html", context)


def people_of(rows) -> list:
    """Whose data a list shows, each once."""
    return sorted({row.internship.participation.person_id for row in rows})


class PayersFile(RolesRequired, View):
    """What the payer needs for a month: name, tax code, account and amount of each that is due."""

    roles = PARTNER
    http_method_names = ["get", "head"]

    def get(self, request, month, kind):
        first = month_in(month)
        if first is None or kind not in ("csv", "xlsx"):
            raise Http404
        rows = [row for row in queries.rows_of(request.user, first) if row.is_due]
        note_opening(request, *people_of(rows), why=AccessReason.INTERNSHIP)
        columns, lines = payers_rows(rows)
        if kind == "csv":
            made, content_type = as_csv(columns, lines), "text/csv; charset=utf-8"
        else:
            title = _("Allowances %(month)s") % {"month": date_format(first, "F Y")}
            made = as_xlsx(title, columns, lines)
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers = {
            "Content-Disposition": f'attachment; filename="indennita-{first:%Y-%m}.{kind}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(made, content_type=content_type, headers=headers)
