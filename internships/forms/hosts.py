"""What people type about hosts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UnitForm(forms.Form):
    address = forms.CharField(label=_("Address"), max_length=250, help_text=_("Street and number"))
    municipality = forms.CharField(label=_("Municipality"), max_length=100, initial="Milano")
    headcount = forms.IntegerField(
        label=_("Employees here"),
        min_value=0,
        max_value=100_000,
        help_text=_("How many people work at this address"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class TutorForm(forms.Form):
    """A tutor can be reached by e-mail or by telephone."""

    tutor_name = forms.CharField(label=_("Name and surname"), max_length=200)
    tutor_email = forms.EmailField(label=_("E-mail"), required=False)
    tutor_phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )

    def clean(self):
        data = super().clean()
        if not data.get("tutor_email") and not data.get("tutor_phone") and "tutor_email" not in self.errors:
            self.add_error("tutor_email", _("Give an e-mail or a telephone number of the tutor."))
        return data


class HostForm(TutorForm, UnitForm):
    """A host with its first workplace and tutor, on one page."""

    name = forms.CharField(label=_("Name of the host"), max_length=200)
    vat_number = forms.CharField(
        label=_("VAT number"),
        max_length=16,
        help_text=_("Eleven digits; for bodies without one, the numeric fiscal code"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sector = forms.CharField(
        label=_("Sector"), max_length=150, required=False, help_text=_("Such as: bars, 56.30 in ATECO")
    )

    # The error summary follows the page from top to bottom.
    field_order = ("name", "vat_number", "sector")
