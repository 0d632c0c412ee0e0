"""The filters of one's list, its views, handing over and standing in."""

from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.enums import ParticipationState, Signal
from intake.forms.inputs import short_text
from intake.models import CaseloadView
from intake.queries import Filters
from intake.workflow import OPEN_STATES
from migwork.fields import OneLineField
from migwork.inputs import DateInput

STATES = [(state.value, state.label) for state in OPEN_STATES if state != ParticipationState.REGISTERED]


class FiltersForm(forms.Form):
    """What of the list is shown, from the address. What it does not know it leaves out."""

    segnale = forms.MultipleChoiceField(
        label=_("Needs a look because"), choices=Signal.choices, required=False, widget=forms.CheckboxSelectMultiple()
    )
    stato = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *STATES], required=False)
    eta = forms.ChoiceField(
        label=_("Age"), choices=[("", _("All")), ("minor", _("Under 18")), ("adult", _("18 or older"))], required=False
    )
    chi = forms.ChoiceField(
        label=_("Whose"), choices=[("", _("All")), ("mine", _("Mine")), ("cover", _("In cover"))], required=False
    )

    def filters(self) -> Filters:
        """What was chosen; a value that nobody offers counts as not chosen."""
        self.full_clean()
        known = {code for code, _label in self.fields["segnale"].choices}
        sent = self.data.getlist("segnale") if hasattr(self.data, "getlist") else self.data.get("segnale", [])
        data = self.cleaned_data
        return Filters(
            signals=tuple(code for code in Signal.values if code in known and code in sent),
            state=data.get("stato", ""),
            age=data.get("eta", ""),
            whose=data.get("chi", ""),
        )


def query_of(filters: Filters) -> str:
    """The address of a list with these filters, always in the same words: "segnale=silent&eta=minor"."""
    pairs = [("segnale", code) for code in filters.signals]
    pairs += [(name, value) for name, value in zip(("stato", "eta", "chi"), filters[1:], strict=True) if value]
    return urlencode(pairs)


class ViewForm(forms.Form):
    """A name for the filters that are on."""

    name = OneLineField(
        label=_("Name of the view"),
        max_length=CaseloadView._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HandoverForm(forms.Form):
    """To whom, and what they should know."""

    to = forms.TypedChoiceField(label=_("To whom"))
    note = forms.CharField(
        label=_("What your colleague should know"),
        max_length=2000,
        required=False,
        widget=short_text(4),
        help_text=_("Only operators read it. It stands in the file of each person."),
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        by_key = {str(row.pk): row for row in colleagues}
        self.fields["to"].choices = [("", _("Choose")), *((key, str(row)) for key, row in by_key.items())]
        self.fields["to"].coerce = by_key.__getitem__


class CoverForm(forms.Form):
    """Who is away, from when until when."""

    who = forms.ChoiceField(
        label=_("What do you need?"),
        choices=[
            ("away", _("I am away: a colleague stands in for me")),
            ("stands_in", _("A colleague is away: I stand in for them")),
        ],
        initial="away",
        widget=forms.RadioSelect(),
    )
    colleague = forms.TypedChoiceField(label=_("Colleague"))
    first_day = forms.DateField(label=_("From"), widget=DateInput(), initial=timezone.localdate)
    last_day = forms.DateField(label=_("Until, included"), widget=DateInput())

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        by_key = {str(row.pk): row for row in colleagues}
        self.fields["colleague"].choices = [("", _("Choose")), *((key, str(row)) for key, row in by_key.items())]
        self.fields["colleague"].coerce = by_key.__getitem__

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is not before the first."))
        return data
