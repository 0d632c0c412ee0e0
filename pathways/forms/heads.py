"""Heads at a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Gender
from pathways.enums import HeadAge
from pathways.models.heads import MOST

UNSAID = ("", _("Not counted apart"))


class HeadsForm(forms.Form):
    heads = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=MOST, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    group = forms.CharField(
        label=_("Class"), max_length=20, required=False, help_text=_("Like “3B”. No names: these are heads.")
    )
    age = forms.ChoiceField(label=_("Age"), choices=[UNSAID, *HeadAge.choices], required=False)
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[UNSAID, *(choice for choice in Gender.choices if choice[0])], required=False
    )
