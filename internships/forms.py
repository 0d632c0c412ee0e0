"""What people type about hosts, internships and days. Rules are in actions.py."""

import datetime
from decimal import Decimal

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.actions import promoter_members
from internships.models import HostTutor, OperatingUnit
from migwork.inputs import DateInput


class UnitForm(forms.Form):
    address = forms.CharField(label=_("Address"), max_length=250, help_text=_("Street and number"))
    municipality = forms.CharField(label=_("Municipality"), max_length=100, initial="Milano")
    headcount = forms.IntegerField(
        label=_("Employees here"),
        min_value=0,
        max_value=100_000,
        help_text=_("How many people work at this address"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class TutorForm(forms.Form):
    """A tutor can be reached by e-mail or by telephone."""

    tutor_name = forms.CharField(label=_("Name and surname"), max_length=200)
    tutor_email = forms.EmailField(label=_("E-mail"), required=False)
    tutor_phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )

    def clean(self):
        data = super().clean()
        if not data.get("tutor_email") and not data.get("tutor_phone") and "tutor_email" not in self.errors:
            self.add_error("tutor_email", _("Give an e-mail or a telephone number of the tutor."))
        return data


class HostForm(TutorForm, UnitForm):
    """A host with its first workplace and tutor, on one page."""

    name = forms.CharField(label=_("Name of the host"), max_length=200)
    vat_number = forms.CharField(
        label=_("VAT number"),
        max_length=16,
        help_text=_("Eleven digits; for bodies without one, the numeric fiscal code"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sector = forms.CharField(
        label=_("Sector"), max_length=150, required=False, help_text=_("Such as: bars, 56.30 in ATECO")
    )

    # The error summary follows the page from top to bottom.
    field_order = ("name", "vat_number", "sector")


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


class WeekForm(forms.Form):
    """The hours of seven days; an empty day is one the intern was not there."""

    def __init__(self, *args, internship, monday: datetime.date, today: datetime.date, recorded: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = [monday + datetime.timedelta(days=n) for n in range(7)]
        for day in self.days:
            self.fields[day.isoformat()] = forms.DecimalField(
                label=capfirst(date_format(day, "l j F")),
                required=False,
                min_value=Decimal("0.25"),
                max_value=24,
                error_messages={"max_value": _("A day has 24 hours.")},
                max_digits=4,
                decimal_places=2,
                localize=True,
                initial=recorded.get(day),
                # Days that cannot be recorded are shown, so that the week reads whole.
                disabled=not internship.starts_on <= day <= min(internship.ends_on, today),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
            )

    def hours(self) -> dict[datetime.date, Decimal | None]:
        """What the week shall look like, for actions.record_days."""
        return {
            day: self.cleaned_data[day.isoformat()] for day in self.days if not self[day.isoformat()].field.disabled
        }
