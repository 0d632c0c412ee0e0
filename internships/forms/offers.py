"""An offer of an internship, as its page in the catalogue shows it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.actions import promoter_members
from internships.enums import InternshipKind
from internships.models import HostTutor, OperatingUnit
from migwork.fields import OneLineField
from migwork.inputs import DateInput
from pathways.forms.activities import ANY, OpportunityForm
from pathways.forms.activities import MUNICIPI as _MUNICIPI
from pathways.models import Opportunity

WORDS = [
    *("title", "summary", "description", "for_whom", "what_you_get", "what_you_need", "contact"),
    *("min_age", "max_age", "municipio", "employment_in", "min_education", "italian_level", "wants_plan"),
]


class OfferForm(forms.ModelForm):
    """The workplace, the days, the words. What the catalogue has of every activity reads the same here."""

    municipio = forms.TypedChoiceField(
        label=_("Municipio"), choices=_MUNICIPI, coerce=int, empty_value=None, required=False
    )
    employment_in = OpportunityForm.base_fields["employment_in"]
    kind = forms.ChoiceField(label=_("Which kind of internship"), choices=InternshipKind)
    unit = forms.ModelChoiceField(None, label=_("Where"), widget=forms.RadioSelect, empty_label=None)
    host_tutor = forms.ModelChoiceField(
        None,
        label=_("Who answers for the host"),
        widget=forms.RadioSelect,
        required=False,
        empty_label=_("Nobody: we speak with the host ourselves"),
        blank=True,
        help_text=_("They get each application by mail and answer with a click, without an account."),
    )
    answered_by = forms.ModelChoiceField(None, label=_("Who answers for you"), empty_label=None)
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    apply_by = forms.DateField(label=_("Apply by"), widget=DateInput())
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=1,
        max_value=48,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    allowance = OneLineField(
        label=_("Allowance, in a sentence"),
        max_length=150,
        help_text=_("“500 € a month”, “None: it is job shadowing”."),
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=100)

    class Meta(OpportunityForm.Meta):
        model = Opportunity
        fields = WORDS
        field_classes = dict.fromkeys(["title", "summary", "contact"], OneLineField)
        labels = {"what_you_get": _("What one learns")}
        help_texts = {
            **OpportunityForm.Meta.help_texts,
            "title": _("As you would say it to a friend: “Behind the counter of a bar”."),
            "description": _("What one does there, day by day. Short paragraphs."),
        }

    def __init__(self, *args, host, units, organisation_id, user, **kwargs):
        super().__init__(*args, **kwargs)
        tutors, colleagues = HostTutor.objects.filter(host=host), promoter_members(organisation_id).values("user")
        offered = {
            "unit": OperatingUnit.objects.filter(host=host),
            "host_tutor": tutors.order_by("name", "pk"),
            "answered_by": User.objects.filter(pk__in=colleagues).order_by("name", "pk"),
        }
        # Each list is read once, and never again by the page.
        people = list(offered["host_tutor"])
        named = {
            "unit": [(unit.pk, f"{unit.address}, {unit.municipality}") for unit in units],
            "host_tutor": [("", self.fields["host_tutor"].empty_label), *((row.pk, row.name) for row in people)],
            "answered_by": [(row.pk, str(row)) for row in offered["answered_by"]],
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows
            self.fields[name].choices = named[name]
        self.fields["min_education"].choices = [("", ANY), *self.fields["min_education"].choices[1:]]
        self.fields["italian_level"].choices = [("", ANY), *self.fields["italian_level"].choices[1:]]
        for bounds in (self.fields["min_age"], self.fields["max_age"]):
            bounds.min_value, bounds.max_value = 10, 99
            bounds.widget.attrs.update({"min": 10, "max": 99, "inputmode": "numeric"})
        if not self.initial.get("unit"):
            self.initial["unit"] = units[0] if units else None
            self.initial["host_tutor"] = people[0] if people else None
            self.initial["answered_by"] = user.pk

    def clean(self):
        data = super().clean()
        if data.get("min_age") and data.get("max_age") and data["min_age"] > data["max_age"]:
            self.add_error("max_age", _("The highest age cannot be below the lowest."))
        return data

    def _post_clean(self):
        """The action judges the row: nothing is written into it here."""
