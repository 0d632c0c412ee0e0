"""The proposal of an internship, and its steps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.actions import promoter_members
from internships.models import HostTutor, OperatingUnit
from migwork.inputs import DateInput


class InternshipForm(forms.Form):
    """The proposal: workplace, tutors, what, when, how much."""

    unit = forms.ModelChoiceField(None, label=_("Where"), widget=forms.RadioSelect, empty_label=None)
    host_tutor = forms.ModelChoiceField(None, label=_("Tutor at the host"), widget=forms.RadioSelect, empty_label=None)
    promoter_tutor = forms.ModelChoiceField(None, label=_("Your tutor"), empty_label=None)
    title = forms.CharField(
        label=_("What the intern learns"), max_length=200, help_text=_("In plain words: the young person reads it too")
    )
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=1,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )

    def __init__(self, *args, host, organisation_id, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = OperatingUnit.objects.filter(host=host).order_by("pk")
        tutors = HostTutor.objects.filter(host=host).order_by("name", "pk")
        colleagues = User.objects.filter(pk__in=promoter_members(organisation_id).values("user"))
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.address}, {unit.municipality}"
        self.fields["host_tutor"].queryset = tutors
        self.fields["promoter_tutor"].queryset = colleagues.order_by("name", "pk")
        self.fields["unit"].initial = units.first()
        self.fields["host_tutor"].initial = tutors.first()
        self.fields["promoter_tutor"].initial = user.pk


class StepForm(forms.Form):
    """One step, with its reason where it needs one."""

    verb = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("One sentence. The young person and the operator read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
