"""Appointments and the hours that operators offer."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.enums import AppointmentKind, AppointmentMode
from intake.forms.inputs import MINUTES
from intake.forms.people import WishedLanguageFields
from intake.models import Appointment, Availability
from intake.models.agenda import MOST_PLACES
from migwork.calendar import check_year
from migwork.inputs import DateInput, TimeInput


class AppointmentForm(WishedLanguageFields):
    """A talk: when, how long, how, with whom, in which language."""

    date = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(label=_("Hour"), widget=TimeInput())
    minutes = forms.TypedChoiceField(label=_("Minutes"), choices=MINUTES, coerce=int, initial=30)
    kind = forms.ChoiceField(label=_("What for?"), choices=AppointmentKind.choices)
    mode = forms.ChoiceField(label=_("How?"), choices=AppointmentMode.choices, initial=AppointmentMode.PLACE)
    place = forms.CharField(
        label=_("Place or link"),
        max_length=Appointment._meta.get_field("place").max_length,
        required=False,
    )
    operator = forms.TypedChoiceField(label=_("With"))

    def __init__(self, *args, operators, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {str(user.pk): user for user in operators}
        self.fields["operator"].choices = [(key, str(user)) for key, user in self.by_key.items()]
        self.fields["operator"].coerce = self.by_key.__getitem__
        self.fields["mediator"].label = _("A mediator is needed, also where the operator speaks it")

    def clean_date(self):
        day = self.cleaned_data["date"]
        check_year(day, timezone.localdate())
        return day

    def clean(self):
        data = super().clean()
        if data.get("date") and data.get("time"):
            starts = timezone.make_aware(datetime.combine(data["date"], data["time"]))
            # In the night of spring in which the clock goes forward, an hour does not exist.
            if timezone.localtime(starts.astimezone(timezone.get_fixed_timezone(0))).time() != data["time"]:
                self.add_error("time", _("This hour does not exist: the clock goes forward in that night."))
            elif "minutes" in data:
                data["starts_at"] = starts
                data["ends_at"] = starts.astimezone(timezone.get_fixed_timezone(0)) + timedelta(minutes=data["minutes"])
        return data


class HoursForm(forms.Form):
    """Hours in which people may book a talk, in plain words."""

    MINE, DESK = "mine", "desk"

    whose = forms.ChoiceField(
        label=_("Whose hours are they?"),
        choices=[
            (MINE, _("Mine: who books talks with me")),
            (DESK, _("The desk's: who books talks with whoever is free")),
        ],
        initial=MINE,
        widget=forms.RadioSelect,
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=[
            ("MO", _("Monday")),
            ("TU", _("Tuesday")),
            ("WE", _("Wednesday")),
            ("TH", _("Thursday")),
            ("FR", _("Friday")),
            ("SA", _("Saturday")),
            ("SU", _("Sunday")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = forms.TimeField(label=_("From"), widget=TimeInput())
    closes_at = forms.TimeField(label=_("To"), widget=TimeInput())
    minutes = forms.TypedChoiceField(label=_("Minutes for each talk"), choices=MINUTES, coerce=int, initial=30)
    every = forms.TypedChoiceField(
        label=_("How often?"),
        choices=[(1, _("Every week")), (2, _("Every second week")), (4, _("Every fourth week"))],
        coerce=int,
        initial=1,
    )
    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Last day"), widget=DateInput(), help_text=_("Public holidays are left out by themselves.")
    )
    kind = forms.ChoiceField(
        label=_("For which talk?"), choices=[("", _("Any talk")), *AppointmentKind.choices], required=False
    )
    mode = forms.ChoiceField(label=_("How?"), choices=AppointmentMode.choices, initial=AppointmentMode.PLACE)
    place = forms.CharField(
        label=_("Place or link"),
        max_length=Availability._meta.get_field("place").max_length,
        required=False,
        help_text=_("Who books reads it: the address, or the link of the video call."),
    )
    capacity = forms.IntegerField(
        label=_("How many talks at the same hour?"),
        min_value=1,
        max_value=MOST_PLACES,
        initial=1,
        help_text=_("For the desk's hours: as many as operators are there. With you there is always one."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self):
        data = super().clean()
        today = timezone.localdate()
        for name in ("first_day", "last_day"):
            if data.get(name):
                try:
                    check_year(data[name], today)
                except forms.ValidationError as wrong:
                    self.add_error(name, wrong)
        if data.get("whose") == self.MINE:
            data["capacity"] = 1
        return data


class DayForm(forms.Form):
    """One day on which the hours are others, or none."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    opens_at = forms.TimeField(
        label=_("From"), widget=TimeInput(), required=False, help_text=_("Leave both hours empty for a day off.")
    )
    closes_at = forms.TimeField(label=_("To"), widget=TimeInput(), required=False)
