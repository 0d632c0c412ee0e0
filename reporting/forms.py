"""Forms of the reporting room."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.budget import Line
from reporting.money import parse_amount
from reporting.presentation import money


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


class DateInput(forms.DateInput):
    """The browser's own calendar; its value is always ISO."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class LineChoice(forms.TypedChoiceField):
    """One partner's lines, which are loaded already, grouped by macro-action."""

    def offer(self, lines: list[Line]) -> None:
        groups: dict[str, list] = {}
        for line in lines:
            label = _("%(item)s · %(funder)s · %(left)s left") % {
                "item": line.cost_item,
                "funder": line.funder,
                "left": money(line.left),
            }
            groups.setdefault(line.heading, []).append((line.pk, label))
        self.choices = [("", _("Choose a line")), *groups.items()]
        self.coerce = {str(line.pk): line for line in lines}.__getitem__


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

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(lines)


class PaymentForm(forms.Form):
    paid_on = forms.DateField(label=gettext_lazy("Paid on"), widget=DateInput())


class ReportForm(forms.Form):
    from_day = forms.DateField(label=gettext_lazy("First day"), widget=DateInput())
    to_day = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput())
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
