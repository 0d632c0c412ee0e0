"""How an allowance and its sum read: to the intern, to the promoter, and in the payer's file."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships import iban
from internships.enums import AllowanceState
from internships.rules import words
from migwork.templatetags.ui import euro

KINDS = {
    AllowanceState.TO_DECIDE: "warn",
    AllowanceState.DUE: "todo",
    AllowanceState.ORDERED: "waiting",
    AllowanceState.PAID: "done",
}
STEPS = {
    "unpaid_kind": gettext_lazy("For this kind of internship nothing is paid."),
    "suspended": gettext_lazy("The internship was suspended: nothing is paid for that time."),
    "income_support": gettext_lazy("With income support the allowance is not compulsory."),
    "full": gettext_lazy("A whole month: %(amount)s."),
    "with_meals": gettext_lazy("A whole month, with meals: %(amount)s."),
    "short_day": gettext_lazy("A whole month of short days: %(amount)s."),
    "public": gettext_lazy("A whole month at a public body: %(amount)s."),
    "agreed": gettext_lazy("A whole month, as agreed in your project: %(amount)s."),
    "part": gettext_lazy("Only a part of the month counts, %(hours)s of %(planned)s: %(amount)s."),
    "absent": gettext_lazy("No attendance in this month: %(amount)s."),
    "whole": gettext_lazy("Attended %(hours)s of %(planned)s, %(percent)s %%: the amount is whole."),
    "share": gettext_lazy("Attended %(hours)s of %(planned)s, %(percent)s %%: in proportion %(amount)s."),
    "floor": gettext_lazy("It is never less than %(amount)s."),
}
ASKS = {
    "part_month": gettext_lazy("Only a part of the month counts: the promoter decides how."),
    "absent_month": gettext_lazy("No attendance in this month: the promoter decides what is paid."),
}


class Line:
    """An allowance as pages show it."""

    def __init__(self, row):
        self.row = row
        self.kind = KINDS[row.state]
        self.month = date_format(row.first, "F Y")

    @property
    def amount(self) -> str:
        return "–" if self.row.amount is None else euro(self.row.amount, 2)

    @property
    def sentences(self) -> list[str]:
        """The sum, step by step."""
        said = [_sentence(step) for step in self.row.how["steps"]]
        if asks := self.row.how["asks"]:
            said.append(str(ASKS[asks]))
        if before := self.row.how.get("before"):
            said.append(_("Already paid for this month: %(amount)s.") % {"amount": euro(Decimal(before), 2)})
        if self.row.amount is not None and self.row.amount < 0:
            said.append(_("Too much was paid: talk with your tutor."))
        return said

    @property
    def account(self) -> str:
        """The account's last signs; nothing where none was given."""
        account = getattr(self.row.internship, "bank_account", None)
        return iban.hidden(account.iban) if account else ""


def _sentence(step: dict) -> str:
    values = {
        "amount": euro(Decimal(step["amount"]), 2) if "amount" in step else "",
        "hours": words.hours(Decimal(step["hours"])) if "hours" in step else "",
        "planned": words.hours(Decimal(step["planned"])) if "planned" in step else "",
        "percent": step.get("percent", ""),
    }
    return str(STEPS[step["code"]]) % values


def month_in(text: str) -> date | None:
    """The first day of "2026-05"; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


def payers_rows(rows: Iterable) -> tuple[list[str], list[list]]:
    """Columns and lines of the payer's file; who has not given an account stands in it without one."""
    columns = [
        *(_("Surname"), _("Name"), _("Tax code"), _("Account holder"), "IBAN", _("Amount in euros"), _("Month")),
        *(_("Host"), _("Promoter"), _("Reference")),
    ]
    lines = []
    for row in rows:
        internship, person = row.internship, row.internship.participation.person
        account = getattr(internship, "bank_account", None)
        lines.append(
            [
                *(person.last_name, person.first_name, person.fiscal_code),
                *((account.holder, account.iban) if account else ("", "")),
                f"{row.amount:.2f}",
                f"{row.first:%Y-%m}",
                *(internship.unit.host.name, internship.promoter.short_name, str(row.pk)),
            ]
        )
    return columns, lines
