"""A school or course that is thought of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from migwork.fields import OneLineField
from migwork.inputs import DateInput
from pathways.enums import StudyRoute
from pathways.models import StudyOption


class OptionForm(forms.Form):
    """Which way, where, until when, and what speaks for and against it."""

    route = forms.ChoiceField(label=_("Which way?"), choices=StudyRoute.choices, widget=forms.RadioSelect)
    school = OneLineField(label=_("School or office"), max_length=StudyOption._meta.get_field("school").max_length)
    course = OneLineField(
        label=_("Course"), max_length=StudyOption._meta.get_field("course").max_length, required=False
    )
    enrol_by = forms.DateField(
        label=_("Last day to enrol"),
        widget=DateInput(),
        required=False,
        help_text=_("We remind the young person a week before."),
    )
    thoughts = forms.CharField(
        label=_("For and against"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1500,
        required=False,
        help_text=_("Distance, hours, costs, what they would like about it. The young person reads it, too."),
    )
