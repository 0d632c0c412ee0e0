"""Where somebody goes, and what they brought back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.enums import SkillLevel
from intake.models import PersonSkill
from migwork.fields import OneLineField
from migwork.inputs import DateInput
from pathways.enums import StayProgramme
from pathways.models import Stay


def _most(name):
    return Stay._meta.get_field(name).max_length


class StayForm(forms.Form):
    """Programme, host, days, who answers there, insurance."""

    programme = forms.ChoiceField(
        label=_("With which programme?"), choices=StayProgramme.choices, widget=forms.RadioSelect
    )
    host = OneLineField(
        label=_("Host organisation"), max_length=_most("host"), help_text=_("The organisation that receives them.")
    )
    place = OneLineField(label=_("Town and country"), max_length=_most("place"))
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    contact = forms.CharField(
        label=_("Who is there for them"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
        help_text=_("Name, telephone, e-mail of who answers there. The young person reads it."),
    )
    insurer = OneLineField(label=_("Insured with"), max_length=_most("insurer"), required=False)
    policy = OneLineField(label=_("Number of the policy"), max_length=60, required=False)
    insured_until = forms.DateField(
        label=_("Insured until"), widget=DateInput(), required=False, help_text=_("It has to cover the last day.")
    )


class LearntForm(forms.Form):
    """In one's own words."""

    words = forms.CharField(
        label=_("What did you learn?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
        help_text=_(
            "What can you do now that you could not do before? A language, cooking for twenty, getting along alone…"
        ),
    )


class LearntSkillForm(forms.Form):
    """How well, and where it showed, as on the desk's page of skills."""

    level = forms.TypedChoiceField(
        label=_("How well?"), choices=SkillLevel.choices, coerce=int, widget=forms.RadioSelect
    )
    evidence = OneLineField(
        label=_("Where did it show?"),
        max_length=PersonSkill._meta.get_field("evidence").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A sentence. It stands in the CV."),
    )
