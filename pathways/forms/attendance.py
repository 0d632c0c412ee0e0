"""The list of a session, one person's correction, and one tap of a phone."""

from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from pathways.actions import Mark, Tap
from pathways.enums import AttendanceState


def _hours_field(session, initial=None):
    """The hours of who came late; of everybody else they are known."""
    return forms.DecimalField(
        label=_("For how many hours were they there?"),
        required=False,
        min_value=Decimal("0.25"),
        max_value=session.hours,
        max_digits=4,
        decimal_places=2,
        localize=True,
        initial=initial,
        error_messages={
            "max_value": _("The session lasts %(limit_value)s hours."),
            "min_value": _("At least a quarter of an hour: 0.25."),
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
    )


class _Marks(forms.Form):
    """Whether people were there, and of who came late for how many hours."""

    def add(self, name, session, *, label="", standing=None):
        """The fields `name` and `name-hours`, with what stands there now."""
        late = standing is not None and standing.state == AttendanceState.LATE
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=AttendanceState.choices,
            widget=forms.RadioSelect,
            initial=standing.state if standing else None,
            error_messages={"required": _("Say whether they were there.")},
        )
        self.fields[f"{name}-hours"] = _hours_field(session, standing.hours if late else None)

    def check(self, name):
        hours = f"{name}-hours"
        is_late = self.cleaned_data.get(name) == AttendanceState.LATE
        if not is_late:
            # A leftover beside another mark says nothing.
            self.errors.pop(hours, None)
        elif hours not in self.errors and not self.cleaned_data.get(hours):
            self.add_error(hours, _("Say for how many hours they were there."))

    def mark(self, name) -> Mark:
        state = AttendanceState(self.cleaned_data[name])
        return Mark(state, self.cleaned_data.get(f"{name}-hours") if state == AttendanceState.LATE else None)


class AttendanceForm(_Marks):
    """One row of radios for each person; all must be marked, so that nobody is forgotten.

    `rows` are those whose mark can still be set here (`queries.attendance.Row`).
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, session, rows, seen=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self._ids = {str(row.pk): row.pk for row in rows}
        for row in rows:
            self.add(str(row.pk), session, label=row.name, standing=row.standing)

    def clean(self):
        for name in self._ids:
            self.check(name)
        return super().clean()

    @property
    def marks(self) -> dict:
        return {pk: self.mark(name) for name, pk in self._ids.items()}


class CorrectionForm(_Marks):
    """One person's mark once it stands fast: what is right, and why."""

    reason = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("It stays beside what was written before. The person can read it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why: what was recorded is evidence.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, session, standing, seen=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.add("state", session, label=_("What is right?"), standing=standing)
        self.order_fields(["state", "state-hours", "reason"])

    def clean(self):
        self.check("state")
        return super().clean()


class TapForm(_Marks):
    """What a phone sends of one person: the mark, and by what it is known when it comes twice."""

    enrolment = forms.UUIDField()
    key = forms.UUIDField()
    tapped = forms.IntegerField(min_value=0, max_value=10**14)
    seen = forms.IntegerField(min_value=0)

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.add("state", session)

    def clean(self):
        self.check("state")
        return super().clean()

    @property
    def tap(self) -> Tap:
        data = self.cleaned_data
        return Tap(key=data["key"], at=datetime.fromtimestamp(data["tapped"] / 1000, UTC), seen=data["seen"])
