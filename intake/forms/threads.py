"""A message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.inputs import short_text


class MessageForm(forms.Form):
    """A few lines."""

    text = forms.CharField(label=_("Your message"), max_length=4000, widget=short_text(4))
