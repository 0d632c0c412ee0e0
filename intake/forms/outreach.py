"""Somebody met on the street: a nickname, a place, a few words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.inputs import short_text
from migwork.fields import OneLineField


class MeetingForm(forms.Form):
    """They were met once more."""

    place = OneLineField(
        label=_("Where?"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = forms.CharField(
        label=_("What did you talk about?"),
        max_length=2000,
        required=False,
        widget=short_text(),
        help_text=_("Read by the operators alone. If they take part one day it goes into their file as a note."),
    )


class ContactForm(MeetingForm):
    """Somebody new."""

    nickname = OneLineField(
        label=_("What do you call them?"),
        max_length=60,
        help_text=_("A nickname is enough: no surname, no date of birth."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )

    field_order = ["nickname", "place", "text"]
