"""A group, its list of twenty-five, and who was there."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.representatives import MobileField
from accounts.models import YoungPerson
from foundation.files.forms import UploadField
from intake.enums import GroupKind
from migwork.calendar import check_year
from migwork.fields import OneLineField
from migwork.inputs import DateInput
from programme.enums import Tie

ROWS = 25
TIES = [(value, label) for value, label in Tie.choices if value != Tie.NONE]


class GroupForm(forms.Form):
    """Which group, when, what about."""

    name = OneLineField(
        label=_("Which group?"),
        max_length=120,
        help_text=_("For example: 4ª B, Istituto Marelli."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("What kind?"), choices=GroupKind.choices, initial=GroupKind.SCHOOL)
    on = forms.DateField(
        label=_("Day"),
        widget=DateInput(),
        help_text=_("Until the end of this day each can enter their own name by the code."),
    )
    topic = OneLineField(label=_("What about?"), max_length=200, required=False)

    def clean_on(self):
        day = self.cleaned_data["on"]
        check_year(day, timezone.localdate())
        return day


class EntryForm(forms.Form):
    """Somebody on the list."""

    first_name = OneLineField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = OneLineField(
        label=_("Surname"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    birth_date = forms.DateField(label=_("Date of birth"), widget=DateInput())
    phone = MobileField(
        label=_("Mobile phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    tie = forms.ChoiceField(label=_("With the territory"), choices=TIES, initial=Tie.STUDIES)

    field_order = ["first_name", "last_name", "birth_date", "tie", "phone", "email"]

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if not 0 <= YoungPerson(birth_date=day).age_on(timezone.localdate()) <= 120:
            raise forms.ValidationError(_("Look at the year again."), code="year")
        return day


class RowForm(EntryForm):
    """One line of the page on which twenty-five are entered: an empty one is left out."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["tie"]
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
            field.widget.attrs["aria-label"] = f"{field.label} {self.number}"

    @property
    def number(self) -> int:
        return int(self.prefix.rsplit("-", 1)[1]) + 1


EntryRows = forms.formset_factory(RowForm, extra=ROWS, max_num=ROWS, absolute_max=ROWS)


class TieForm(forms.Form):
    """What ties all of them to the territory: of a class it is the same."""

    tie = forms.ChoiceField(label=_("With the territory, all of them"), choices=TIES, initial=Tie.STUDIES)


class PresenceForm(forms.Form):
    """How many were there, and the sheet they signed."""

    heads = forms.IntegerField(
        label=_("How many were there?"),
        min_value=0,
        max_value=2000,
        help_text=_("Also who does not register. It is a number: it never counts as persons."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    sheet = UploadField(label=_("The signed sheet, scanned"), required=False)
