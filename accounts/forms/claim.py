"""Taking over one's record with a code on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import BirthDateField, ContactField


class ClaimForm(forms.Form):
    """The code, the birth date that goes with it, and where the account is to be."""

    code = forms.CharField(
        label=_("Code on paper"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Twelve letters and digits, as in ABCD-EFGH-JKLM."),
        error_messages={"required": _("Write the code that stands on your paper.")},
    )
    birth_date = BirthDateField()
    contact = ContactField(
        label=_("E-mail or mobile phone"),
        help_text=_("One that is yours alone: from now on you sign in with it."),
        widget=forms.TextInput({"autocomplete": "email"}),
        error_messages={"required": _("Write where we can send you the code.")},
    )
