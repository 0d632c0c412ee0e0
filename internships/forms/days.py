"""The days of the register: as the intern says them, as they are put right, and the weekly timetable."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.files.forms import UploadField
from internships import queries
from internships.actions import Tap
from internships.enums import Absence
from internships.rules import Slot
from migwork.inputs import DateInput

PLANNED, HOURS, ABSENT = "planned", "hours", "absent"


def plain(hours: Decimal) -> str:
    """6 and 6,5, as people write them."""
    return number_format(hours.quantize(Decimal(1)) if hours == int(hours) else hours.normalize())


def in_hours(hours: Decimal) -> str:
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": plain(hours)}


def hours_field(**kwargs):
    return forms.DecimalField(
        min_value=Decimal("0.25"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
        localize=True,
        error_messages={
            "max_value": _("A day has 24 hours."),
            "min_value": _("At least a quarter of an hour: 0.25."),
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
        **kwargs,
    )


class _Days(forms.Form):
    """Each day: as planned, other hours, or not there and why."""

    def add(self, name: str, planned: Decimal, *, label="", initial="", hours=None, absence="", required=False):
        """The fields `name`, `name-hours` and `name-reason`."""
        choices = [
            (HOURS, gettext("Other hours") if planned else gettext("I was there")),
            (ABSENT, gettext("I wasn’t there")),
        ]
        if planned:
            choices.insert(0, (PLANNED, in_hours(planned)))
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            widget=forms.RadioSelect,
            required=required,
            initial=initial,
            error_messages={"required": _("Say whether you were there.")},
        )
        self.fields[f"{name}-hours"] = hours_field(label=_("How many hours?"), required=False, initial=hours)
        self.fields[f"{name}-reason"] = forms.ChoiceField(
            label=_("Why not?"), choices=[("", _("Choose")), *Absence.choices], required=False, initial=absence
        )

    def check(self, name):
        choice = self.cleaned_data.get(name)
        if choice != HOURS:
            # A leftover beside another mark says nothing.
            self.errors.pop(f"{name}-hours", None)
        elif f"{name}-hours" not in self.errors and not self.cleaned_data.get(f"{name}-hours"):
            self.add_error(f"{name}-hours", _("Write how many hours you were there."))
        if choice == ABSENT and not self.cleaned_data.get(f"{name}-reason"):
            self.add_error(f"{name}-reason", _("Say why you were not there."))

    def said(self, name, planned: Decimal) -> dict:
        """What say_day is told: hours and absence."""
        match self.cleaned_data[name]:
            case "absent":
                return {"hours": None, "absence": self.cleaned_data[f"{name}-reason"]}
            case "hours":
                return {"hours": self.cleaned_data[f"{name}-hours"]}
        return {"hours": planned}


class MyDaysForm(_Days):
    """The days that are still to be said; whoever leaves one open says nothing of it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, rows, seen=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.rows = {row.on.isoformat(): row for row in rows if row.can_be_said}
        for name, row in self.rows.items():
            self.add(
                name,
                row.planned,
                label=capfirst(date_format(row.on, "l j F")),
                initial=row.choice,
                hours=queries.plain(row.hours) if row.choice == HOURS else None,
                absence=row.day.absence if row.day else "",
            )

    def clean(self):
        for name in self.rows:
            self.check(name)
        return super().clean()

    @property
    def changed_days(self) -> dict[date, dict]:
        """What is said anew, by the day."""
        found = {}
        for name, row in self.rows.items():
            if not self.cleaned_data.get(name):
                continue
            said = self.said(name, row.planned)
            stands = row.day and (row.day.hours or None, row.day.absence)
            if row.state == "disputed" or stands != (said["hours"], said.get("absence", "")):
                found[row.on] = said
        return found


class TapForm(_Days):
    """What a phone sends of one day, and by what it is known when it comes twice."""

    day = forms.DateField(input_formats=["%Y-%m-%d"])
    key = forms.UUIDField()
    tapped = forms.IntegerField(min_value=0, max_value=10**14)
    seen = forms.IntegerField(min_value=0)

    def __init__(self, data, *, plan, **kwargs):
        super().__init__(data, **kwargs)
        self.plan = plan
        # The mark of the phone says "as planned"; whether hours are planned that day is looked up then.
        self.add("state", Decimal(1), required=True)

    def clean(self):
        self.check("state")
        day = self.cleaned_data.get("day")
        if day and self.cleaned_data.get("state") == PLANNED and not self.plan.on(day):
            self.add_error("state", _("No hours are planned on this day: write how many you were there."))
        return super().clean()

    @property
    def said_of_day(self) -> dict:
        return self.said("state", self.plan.on(self.cleaned_data["day"]))

    @property
    def tap(self) -> Tap:
        data = self.cleaned_data
        return Tap(key=data["key"], at=datetime.fromtimestamp(data["tapped"] / 1000, UTC), seen=data["seen"])


class NoteForm(forms.Form):
    """What one learnt on a day, for one's dossier."""

    note = forms.CharField(
        label=_("Your note"),
        help_text=_("What did you do? What is new to you? Your tutor at the promoter reads it, your company does not."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProofForm(forms.Form):
    """What shows why one was not there."""

    file = UploadField(label=_("File"), error_messages={"required": _("Choose a file.")})


class DisputeForm(forms.Form):
    """What is not right with a day."""

    reason = forms.CharField(
        label=_("What is not right?"),
        help_text=_("The intern and the promoter read it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a sentence what is not right.")},
    )


class AmendForm(forms.Form):
    """A day of a closed month, put right."""

    hours = hours_field(
        label=_("How many hours is right?"), required=False, help_text=_("Empty: the intern was not there.")
    )
    reason = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("It stays beside what was written before. The intern can read it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why you change it: this month is closed.")},
    )


WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class TimetableForm(forms.Form):
    """Two times from–to for each weekday; a second one for after a break."""

    valid_from = forms.DateField(label=_("From which day does it hold?"), widget=DateInput())

    def __init__(self, *args, slots=(), **kwargs):
        super().__init__(*args, **kwargs)
        by_day = {n: [slot for slot in slots if slot.weekday == n] for n in range(7)}
        for weekday, name in enumerate(WEEKDAYS):
            for part in (0, 1):
                slot = by_day[weekday][part] if part < len(by_day[weekday]) else None
                for end, label in (("from", _("%(day)s, from")), ("to", _("%(day)s, to"))):
                    value = slot and (slot.starts_at if end == "from" else slot.ends_at)
                    self.fields[f"{weekday}-{part}-{end}"] = forms.TimeField(
                        label=label % {"day": name} if part == 0 else _("after the break: ") + label % {"day": name},
                        required=False,
                        initial=value,
                        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                    )

    @property
    def times(self) -> list[str]:
        """The names of the fields of the days."""
        return [f"{n}-{part}-{end}" for n in range(7) for part in (0, 1) for end in ("from", "to")]

    @property
    def days(self) -> list:
        """(name, [(from, to), (from, to)]) of each weekday, for the table."""
        return [
            (name, [(self[f"{n}-{part}-from"], self[f"{n}-{part}-to"]) for part in (0, 1)])
            for n, name in enumerate(WEEKDAYS)
        ]

    def clean(self):
        data = super().clean()
        for weekday in range(7):
            for part in (0, 1):
                begins, ends = data.get(f"{weekday}-{part}-from"), data.get(f"{weekday}-{part}-to")
                if (begins is None) != (ends is None):
                    missing = "to" if ends is None else "from"
                    self.add_error(f"{weekday}-{part}-{missing}", _("Write both hours, or none."))
                elif begins and ends <= begins:
                    self.add_error(f"{weekday}-{part}-to", _("The hours end after they begin."))
        return data

    @property
    def slots(self) -> list[Slot]:
        data = self.cleaned_data
        return [
            Slot(weekday, data[f"{weekday}-{part}-from"], data[f"{weekday}-{part}-to"])
            for weekday in range(7)
            for part in (0, 1)
            if data.get(f"{weekday}-{part}-from")
        ]
