"""What a reviewer writes to the partner."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReturnForm(forms.Form):
    """A word on what to change."""

    why = forms.CharField(
        label=_("What to change"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The partner reads it on the activity’s page. Say what is missing, and where."),
        error_messages={"required": _("Say in a sentence what to change.")},
    )
