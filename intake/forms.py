"""What the desk's pages ask. Rules are the actions'; forms turn what is typed into values."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Employment, Gender
from accounts.forms import FilledFromCode, FiscalCodeField
from accounts.models import YoungPerson
from intake.enums import ActionKind, AppointmentKind, AppointmentMode, ContactChannel, NoteKind, ReferralPurpose
from intake.models import Appointment, Availability, PlanAction, PlanGoal, Reception, Referral
from intake.models.agenda import MOST_PLACES
from intake.plan_templates import all_templates
from migwork.calendar import check_year
from migwork.fields import OneLineField
from programme.enums import Tie

MINUTES = [(15, "15"), (30, "30"), (45, "45"), (60, "60"), (90, "90"), (120, "120")]
# The channels one can give at the desk: "online" is what the portal notes by itself.
AT_THE_DESK = [choice for choice in ContactChannel.choices if choice[0] != ContactChannel.WEB]


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


def short_text(rows=3):
    return forms.Textarea(attrs={"rows": rows})


class ReceptionForm(forms.Form):
    """The first talk."""

    need = forms.CharField(label=_("What are they looking for?"), max_length=4000, widget=short_text())
    channel = forms.ChoiceField(label=_("How did they come?"), choices=AT_THE_DESK, initial=ContactChannel.WALK_IN)
    sent_by = forms.CharField(label=_("Who sent them?"), max_length=200, required=False)
    information_given = forms.CharField(
        label=_("What did you tell them?"), max_length=4000, required=False, widget=short_text()
    )
    next_step = forms.CharField(
        label=_("What happens next?"),
        max_length=Reception._meta.get_field("next_step").max_length,
        help_text=_("In a few words, such as: an interview with me on Thursday."),
    )


class WalkInForm(FilledFromCode, ReceptionForm):
    """Somebody at the desk: who they are and the first talk, on one page."""

    PERSON = (
        "fiscal_code",
        "first_name",
        "last_name",
        "birth_date",
        "gender",
        "birth_place",
        "tie",
        "phone",
        "email",
        "employment",
    )
    # What says whether somebody is here already.
    TELLING = ("first_name", "last_name", "birth_date", "fiscal_code")

    fiscal_code = FiscalCodeField(help_text=_("If they have it with them: it fills in date, sex and place of birth."))
    first_name = OneLineField(label=_("Name"), max_length=200)
    last_name = OneLineField(label=_("Surname"), max_length=200)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DateInput())
    gender = forms.ChoiceField(
        label=_("Sex"), choices=[("", _("Not said")), *(c for c in Gender.choices if c[0])], required=False
    )
    birth_place = OneLineField(
        label=_("Place of birth"),
        max_length=YoungPerson._meta.get_field("birth_place").max_length,
        required=False,
        help_text=_("The town, or the country if abroad."),
    )
    tie = forms.ChoiceField(
        label=_("With the territory"), choices=[(v, label) for v, label in Tie.choices if v != Tie.NONE]
    )
    phone = forms.CharField(
        label=_("Mobile phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    employment = forms.ChoiceField(
        label=_("Situation"), choices=[("", _("Not said")), *Employment.choices], required=False
    )

    field_order = PERSON

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if not 0 <= YoungPerson(birth_date=day).age_on(timezone.localdate()) <= 120:
            raise forms.ValidationError(_("Look at the year again."), code="year")
        return day


class TellingForm(forms.Form):
    """What was typed so far of somebody's name, birth date and code: nothing is asked, nothing is wrong."""

    first_name = OneLineField(max_length=200, required=False)
    last_name = OneLineField(max_length=200, required=False)
    birth_date = forms.DateField(required=False)
    fiscal_code = OneLineField(max_length=40, required=False)

    def typed(self) -> dict:
        """What of it can be compared already."""
        self.full_clean()
        data = {"first_name": "", "last_name": "", "birth_date": None, "fiscal_code": ""} | self.cleaned_data
        return {**data, "fiscal_code": "".join(data["fiscal_code"].split())}


class MergeForm(forms.Form):
    """Before two records are made one: how one knows."""

    reason = forms.CharField(
        label=_("How do you know that they are the same person?"),
        max_length=500,
        widget=short_text(2),
        help_text=_("For example: the same identity card, seen today."),
    )


class UndoMergeForm(forms.Form):
    """Nothing is asked."""


class AppointmentForm(forms.Form):
    """A talk: when, how long, how, with whom."""

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


class NoteForm(forms.Form):
    """A note: the text is all that is needed."""

    text = forms.CharField(
        label=_("What happened?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "data-quick": True}),
    )
    kind = forms.ChoiceField(
        label=_("Where from"), choices=NoteKind.choices, initial=NoteKind.CALL, widget=forms.RadioSelect()
    )


class QueueForm(forms.Form):
    """Somebody came in: a name to call them by is all that is needed."""

    first_name = OneLineField(
        label=_("Who came in?"),
        max_length=60,
        help_text=_("The first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    wants = OneLineField(
        label=_("What for?"), max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


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


class OutcomeForm(forms.Form):
    """How a way ended."""

    outcome = forms.CharField(label=_("How did it end?"), max_length=200)


class GoalForm(forms.Form):
    """A goal in one's own words."""

    title = forms.CharField(label=_("Goal"), max_length=PlanGoal._meta.get_field("title").max_length)


class NewGoalForm(forms.Form):
    """A goal that comes up often, with its steps; or one in one's own words."""

    template = forms.ChoiceField(
        label=_("A goal that comes up often"),
        required=False,
        help_text=_("It brings its usual steps with it. You can change everything."),
    )
    title = forms.CharField(
        label=_("Or in their own words"),
        max_length=PlanGoal._meta.get_field("title").max_length,
        required=False,
    )

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        goals = [(key, row.goal(language)) for key, row in all_templates().items()]
        self.fields["template"].choices = [("", _("None of these goals")), *goals]

    def clean(self):
        data = super().clean()
        if bool(data.get("template")) == bool(data.get("title")) and not self.errors:
            raise forms.ValidationError(_("Choose a goal from the list or write one, not both."), code="one")
        return data


class ActionForm(forms.Form):
    """A step towards a goal."""

    title = forms.CharField(label=_("What"), max_length=PlanAction._meta.get_field("title").max_length)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices, initial=ActionKind.ERRAND)
    due_on = forms.DateField(label=_("By when"), widget=DateInput())
    hours_planned = forms.DecimalField(
        label=_("Hours planned"),
        min_value=0,
        max_value=9999,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )

    def clean_hours_planned(self):
        return self.cleaned_data["hours_planned"] or 0


class ProposeForm(forms.Form):
    """Before proposing: when we look at it again."""

    review_on = forms.DateField(label=_("We look at it again on"), widget=DateInput())


class ReferralForm(forms.Form):
    """To whom, what for, and what they should know."""

    organisation = forms.TypedChoiceField(label=_("Partner"))
    purpose = forms.ChoiceField(label=_("For"), choices=ReferralPurpose.choices)
    plan_action = forms.TypedChoiceField(label=_("Step of the plan"), required=False, empty_value=None)
    note = forms.CharField(
        label=_("What the partner should know"),
        max_length=2000,
        required=False,
        widget=short_text(),
        help_text=_("The partner reads this. Leave out what they don't need, such as health or family."),
    )

    def __init__(self, *args, organisations, plan_actions, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("organisation", organisations, empty=_("Choose"))
        self._offer("plan_action", plan_actions, empty=_("None"))

    def _offer(self, name, rows, empty):
        by_key = {str(row.pk): row for row in rows}
        self.fields[name].choices = [("", empty), *((key, str(row)) for key, row in by_key.items())]
        self.fields[name].coerce = by_key.__getitem__


class ReferralAnswerForm(forms.Form):
    """The partner's answer."""

    answer = forms.CharField(
        label=_("In a sentence"),
        max_length=Referral._meta.get_field("answer").max_length,
        required=False,
        widget=short_text(2),
        help_text=_("The operator reads it. If you decline, say why: it helps to find another way."),
    )
