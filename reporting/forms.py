"""Forms of the reporting room."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from migwork.inputs import DateInput
from programme.models import BudgetLine
from reporting.budget import Line
from reporting.money import parse_amount
from reporting.templatetags.money import money


class AmountField(forms.Field):
    """Euro as people type them, with the decimal comma; keeps what was typed when it cannot be read."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            amount = parse_amount(value)
        except ValueError:
            raise forms.ValidationError(_("Write the amount like 1.234,56.")) from None
        if not 0 < amount < 10**10:
            raise forms.ValidationError(_("The amount must be more than zero."))
        return amount


class LineChoice(forms.TypedChoiceField):
    """One partner's lines, grouped by macro-action: read when the choices are drawn, not when one is sent."""

    def offer(self, lines: Callable[[], list[Line]], is_offered: Callable[[str], bool]) -> None:
        """`lines()` gives what can be chosen, `is_offered(pk)` says of one key, more cheaply, whether it can."""
        self.choices = lambda: [("", _("Choose a line")), *_grouped(lines())]
        self.valid_value = is_offered
        # All that an action needs of a line: it reads and locks it by its key.
        self.coerce = lambda pk: BudgetLine(pk=int(pk))


def _grouped(lines):
    groups: dict[str, list] = {}
    for line in lines:
        label = _("%(item)s · %(funder)s · %(left)s left") % {
            "item": line.cost_item,
            "funder": line.funder,
            "left": money(line.left),
        }
        groups.setdefault(line.heading, []).append((line.pk, label))
    return groups.items()


class ExpenseForm(forms.Form):
    line = LineChoice(
        label=gettext_lazy("Budget line"),
        help_text=gettext_lazy("Cost item, who pays for it, and what is left."),
    )
    supplier = forms.CharField(label=gettext_lazy("Supplier"), max_length=200)
    document_number = forms.CharField(label=gettext_lazy("Document number"), max_length=60)
    document_date = forms.DateField(label=gettext_lazy("Document date"), widget=DateInput())
    description = forms.CharField(label=gettext_lazy("What for"), max_length=300)
    amount = AmountField(label=gettext_lazy("Amount in euro"), help_text=gettext_lazy("For example 1.234,56"))
    paid_on = forms.DateField(
        label=gettext_lazy("Paid on"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Leave empty if it is still to be paid: the amount counts as committed."),
    )

    def __init__(self, *args, lines, is_offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(lines, is_offered)


class PaymentForm(forms.Form):
    paid_on = forms.DateField(label=gettext_lazy("Paid on"), widget=DateInput())


class ReportForm(forms.Form):
    from_day = forms.DateField(label=gettext_lazy("First day"), widget=DateInput())
    to_day = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput())
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
