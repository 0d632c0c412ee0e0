"""Reading and writing what the law protects most."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import SpecialKind
from migwork.fields import OneLineField


class ReasonForm(forms.Form):
    """Why somebody reads protected notes."""

    reason = OneLineField(
        label=_("Why do you need to read this now?"),
        help_text=_("The person reads your reason, with day, role and organisation."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SpecialForm(forms.Form):
    """One protected note."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=SpecialKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    text = forms.CharField(
        label=_("What there is to know"),
        help_text=_("Only what is needed. No diagnosis where a consequence is enough."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    why = OneLineField(
        label=_("Which rule makes it necessary?"),
        help_text=_("For example: internship of a disabled person, up to 24 months (DGR X/7763)."),
        max_length=200,
    )
