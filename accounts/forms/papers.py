"""An identity paper or residence permit."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import PaperType
from accounts.forms.people import countries
from migwork.choices import SharedChoices
from migwork.fields import OneLineField
from migwork.inputs import DateInput

NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{2,28}[A-Z0-9]")


class PaperForm(forms.Form):
    """What stands on the paper. For what a permit was given is not asked: it may say what nobody needs to know."""

    kind = forms.ChoiceField(
        label=_("Which paper is it?"),
        choices=PaperType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    number = OneLineField(
        label=_("Its number"),
        help_text=_("As it stands on the paper: letters and digits."),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
        error_messages={"required": _("Write the number that stands on the paper.")},
    )
    country = forms.ChoiceField(
        label=_("Which country issued it?"),
        choices=SharedChoices(lambda language: [("", _("Choose")), *countries(language)]),
        initial="IT",
        error_messages={"required": _("Choose the country.")},
    )
    issued_on = forms.DateField(label=_("Issued on"), required=False, widget=DateInput())
    expires_on = forms.DateField(
        label=_("Valid until"),
        required=False,
        help_text=_("Leave it empty only if there is no end on the paper. We write to you before it ends."),
        widget=DateInput(),
    )
    seen = forms.BooleanField(label=_("I have the paper before me, and it is theirs"), required=False)

    def __init__(self, *args, own=False, **kwargs):
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["seen"]
        else:
            self.fields["expires_on"].help_text = _(
                "Leave it empty only if there is no end on the paper. The person is reminded before it ends."
            )

    def clean_number(self):
        number = self.cleaned_data["number"].upper()
        if not NUMBER.fullmatch(number):
            raise ValidationError(_("This does not look like the number of a paper. Copy it as it stands there."))
        return number
