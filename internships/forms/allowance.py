"""An allowance's terms, the account it goes to, and its payment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from internships.enums import AbsentMonth, PartMonth
from migwork.inputs import DateInput

UNDECIDED = [("", _("Not decided yet"))]


class TermsForm(forms.Form):
    """What the promoter has to say for an internship's allowance."""

    has_meals = forms.BooleanField(label=_("There are meal vouchers or a canteen"), required=False)
    on_income_support = forms.BooleanField(
        label=_("The intern is on income support: the allowance is not compulsory"), required=False
    )
    agreed = forms.DecimalField(
        label=_("Amount a month by the training project"),
        help_text=_("Only if it is more than the rules ask for. In euros, gross."),
        required=False,
        min_value=1,
        max_digits=7,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
    )
    part_month = forms.ChoiceField(
        label=_("Months that count only in part"),
        help_text=_("The first, the last, and those with suspended days. The rules do not say: you decide."),
        choices=[*UNDECIDED, *PartMonth.choices],
        required=False,
    )
    absent_month = forms.ChoiceField(
        label=_("Months without any attendance"),
        help_text=_("The rules do not say: you decide."),
        choices=[*UNDECIDED, *AbsentMonth.choices],
        required=False,
    )


class AccountForm(forms.Form):
    """Where one's allowance goes."""

    iban = forms.CharField(
        label="IBAN",
        help_text=_("27 letters and figures if it is Italian, such as IT60 X054 2811 1010 0000 0123 456."),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the IBAN.")},
    )
    holder = forms.CharField(
        label=_("Whose account is it?"),
        help_text=_("Name and surname, as the bank has them."),
        max_length=150,
        error_messages={"required": _("Write whose account it is.")},
    )


class PaymentForm(forms.Form):
    """Which allowances, each with the sum that was shown, and what was done with them."""

    row = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("One of these sums has changed meanwhile: look at them again."),
        }
    )
    verb = forms.ChoiceField(choices=[("order", ""), ("pay", ""), ("take_back", "")])
    paid_on = forms.DateField(label=_("Paid on"), required=False, widget=DateInput())

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = {row.as_shown: (row.pk, row.amount) for row in rows}
        self.fields["row"].choices = [(key, "") for key in self.seen]

    def chosen(self) -> dict:
        """The amounts that were shown of what was chosen, by key."""
        return dict(self.seen[key] for key in self.cleaned_data["row"])
