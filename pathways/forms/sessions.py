"""The sessions of an activity: repeats, the days that follow from them, one of them, and who holds them where."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from migwork.calendar import check_year
from migwork.fields import OneLineField
from migwork.inputs import DateInput, TimeInput
from pathways import schedule
from pathways.actions.sessions import MOST_SESSIONS
from pathways.models import Room, Session, Trainer
from pathways.queries.sessions import when

LONGEST_PERIOD = timedelta(days=366)
PLACE = Session._meta.get_field("place").max_length


class WhereAndWho(forms.Form):
    """The room and the trainers, of those that the organisation has on its list."""

    place = OneLineField(
        label=_("Where, if elsewhere than on the activity's page"),
        max_length=PLACE,
        required=False,
        help_text=_("Of a room its name and address are shown anyway."),
    )
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), required=False)
    trainers = forms.ModelMultipleChoiceField(
        label=_("Who holds it"),
        queryset=Trainer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, trainers, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].empty_label = _("None of ours")
        # Read already, and few: so that neither drawing nor checking them asks the database for each.
        for name, rows in (("room", rooms), ("trainers", trainers)):
            if rows:
                self.fields[name].queryset = rows
            else:
                del self.fields[name]

    @property
    def where_and_who(self) -> dict:
        """What a Meeting needs to know beside its times."""
        data = self.cleaned_data
        trainers = tuple(data.get("trainers") or ())
        return {"place": data.get("place", ""), "room": data.get("room"), "trainers": trainers}


class WhoForm(WhereAndWho):
    """The same room and the same trainers for all sessions to come; the places that are written stay."""

    place = None


class RepeatForm(WhereAndWho):
    """Sessions that repeat. The days follow; which of them are kept is ticked afterwards."""

    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    weekdays = forms.MultipleChoiceField(
        label=_("On which days of the week"),
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
    every = forms.TypedChoiceField(
        label=_("How often"),
        choices=[(1, _("Every week")), (2, _("Every second week")), (4, _("Every fourth week"))],
        coerce=int,
        initial=1,
    )
    start = forms.TimeField(label=_("From"), widget=TimeInput())
    end = forms.TimeField(label=_("To"), widget=TimeInput())

    field_order = ("starts_on", "ends_on", "weekdays", "every", "start", "end", "place", "room", "trainers")

    def clean(self):
        data = super().clean()
        _check_days(self, "starts_on", "ends_on")
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        elif first and last and last - first > LONGEST_PERIOD:
            self.add_error("ends_on", _("At most a year: plan the next one apart."))
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", _("A session ends after it starts."))
        if not self.errors and not self.meetings:
            raise ValidationError({"weekdays": _("None of these days lies between the first and the last day.")})
        if not self.errors and len(self.meetings) > MOST_SESSIONS:
            raise ValidationError({"ends_on": _("These are more than %s sessions.") % MOST_SESSIONS})
        return data

    @property
    def meetings(self) -> list[schedule.Meeting]:
        data = self.cleaned_data
        return schedule.meetings(
            first=data["starts_on"],
            last=data["ends_on"],
            weekdays=data["weekdays"],
            every=data["every"],
            start=data["start"],
            end=data["end"],
            **self.where_and_who,
        )


class PlacesAndTerm(forms.Form):
    """How many can take part, and until when one enrols."""

    places = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=5000,
        help_text=_("When they are taken, people join the waiting list. You can add places later."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    enrol_by = forms.DateField(label=_("Last day to enrol"), widget=DateInput())


class RunForm(PlacesAndTerm, RepeatForm):
    """Dates and places of an activity."""

    field_order = (*RepeatForm.field_order, "places", "enrol_by")

    def clean(self):
        data = super().clean()
        _check_days(self, "enrol_by")
        if data.get("enrol_by") and data.get("ends_on") and data["enrol_by"] > data["ends_on"]:
            self.add_error("enrol_by", _("One enrols before the last day."))
        return data


class CopyForm(PlacesAndTerm):
    """Other dates of the same shape: from which day on, for how many."""

    first = forms.DateField(
        label=_("From which day on"),
        widget=DateInput(),
        help_text=_("The days of the week stay as they are: the first session is on this day or soon after."),
    )
    with_them = forms.BooleanField(label=_("With the same trainers and rooms"), required=False, initial=True)

    field_order = ("first", "places", "enrol_by", "with_them")

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self._plan = plan

    def clean(self):
        data = super().clean()
        _check_days(self, "first", "enrol_by")
        if data.get("first") and data.get("enrol_by") and data["enrol_by"] > max(m.day for m in self.meetings):
            self.add_error("enrol_by", _("One enrols before the last day."))
        return data

    @property
    def meetings(self) -> list[schedule.Meeting]:
        moved = schedule.moved(self._plan, self.cleaned_data["first"])
        if self.cleaned_data.get("with_them"):
            return moved
        return [
            each._replace(place=each.room.beside(each.place) if each.room else each.place, room=None, trainers=())
            for each in moved
        ]


class DaysForm(forms.Form):
    """The days that follow, each ticked but for public holidays: what is not kept is taken out of the ticks."""

    days = forms.MultipleChoiceField(
        label=_("Which of them do you keep?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Keep at least one session.")},
    )

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self._meetings = meetings
        self.fields["days"].choices = [(each.key, _in_words(each)) for each in meetings]
        self.fields["days"].initial = [each.key for each in meetings if not each.holiday]

    @property
    def kept(self) -> list[schedule.Meeting]:
        return [each for each in self._meetings if each.key in self.cleaned_data["days"]]

    @property
    def holidays(self) -> int:
        return sum(1 for each in self._meetings if each.holiday)


def _in_words(each) -> str:
    words = when(each, "D j b Y")
    return f"{words} · {each.holiday}" if each.holiday else words


class SessionForm(WhereAndWho):
    """One session: its day, its hours, where, by whom."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    start = forms.TimeField(label=_("From"), widget=TimeInput())
    end = forms.TimeField(label=_("To"), widget=TimeInput())

    field_order = ("day", "start", "end", "place", "room", "trainers")

    def clean(self):
        data = super().clean()
        _check_days(self, "day")
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", _("A session ends after it starts."))
        return data

    @property
    def meeting(self) -> schedule.Meeting:
        data = self.cleaned_data
        return schedule.meeting(data["day"], data["start"], data["end"], **self.where_and_who)


class TrainerForm(forms.Form):
    """Somebody who holds sessions."""

    name = OneLineField(label=_("Name and surname"), max_length=Trainer._meta.get_field("name").max_length)
    user = forms.ModelChoiceField(
        label=_("Works here with an account"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("No account"),
        help_text=_("Then changes of their sessions reach them by e-mail."),
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues


class RoomForm(forms.Form):
    """A room in which sessions are held."""

    name = OneLineField(label=_("Name of the room"), max_length=Room._meta.get_field("name").max_length)
    address = OneLineField(
        label=_("Street and number"), max_length=Room._meta.get_field("address").max_length, required=False
    )


def _check_days(form, *names) -> None:
    today: date = timezone.localdate()
    for name in names:
        if form.cleaned_data.get(name):
            try:
                check_year(form.cleaned_data[name], today)
            except ValidationError as wrong:
                form.add_error(name, wrong)
