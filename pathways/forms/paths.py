"""What is written on an accompanied path: the list, talks, who goes along, how it ended, whether it lasted."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from migwork.fields import OneLineField
from migwork.inputs import DateInput, TimeInput
from pathways.enums import CheckAnswer, PathOutcome, PathReason, PathTalkKind, StepKind
from pathways.forms.activities import CHOOSE
from pathways.models import PathStep, PathTalk
from pathways.paths import KINDS


class StepForm(forms.Form):
    """Something to put on the list."""

    title = OneLineField(label=_("What?"), max_length=PathStep._meta.get_field("title").max_length)
    kind = forms.ChoiceField(
        label=_("It is"), choices=StepKind.choices, widget=forms.RadioSelect, initial=StepKind.TASK
    )
    due_on = forms.DateField(label=_("By when"), widget=DateInput(), required=False)
    expires_on = forms.DateField(
        label=_("Good until"), widget=DateInput(), required=False, help_text=_("Only for a document that expires.")
    )

    def clean(self):
        data = super().clean()
        if data.get("expires_on") and data.get("kind") != StepKind.DOCUMENT:
            self.add_error("expires_on", _("Only a document expires."))
        return data


class TickForm(forms.Form):
    """Done or not, by when; of a document until when it is good."""

    done = forms.BooleanField(label=_("It is done"), required=False)
    due_on = forms.DateField(label=_("By when"), widget=DateInput(), required=False)
    expires_on = forms.DateField(
        label=_("Good until"),
        widget=DateInput(),
        required=False,
        help_text=_("The day is on the document. We remind you two months before."),
    )

    def __init__(self, *args, step, **kwargs):
        first = {"done": step.done_on is not None, "due_on": step.due_on, "expires_on": step.expires_on}
        super().__init__(*args, initial=first, **kwargs)
        if step.kind != StepKind.DOCUMENT:
            del self.fields["expires_on"]
        else:
            self.fields["done"].label = _("I have it")


class _TalkForm(forms.Form):
    """What kind of talk, on which day, at what hour."""

    kind = forms.ChoiceField(label=_("What for?"), choices=PathTalkKind.choices, widget=forms.RadioSelect)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    hour = forms.TimeField(label=_("Hour"), widget=TimeInput())

    def __init__(self, *args, path, **kwargs):
        super().__init__(*args, **kwargs)
        talks = KINDS[path.kind].talks
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in talks]
        if len(talks) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = talks[0]

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("hour"):
            data["at"] = timezone.make_aware(datetime.combine(data["day"], data["hour"]))
        return data


class TalkPlanForm(_TalkForm):
    """A talk to come."""

    place = OneLineField(
        label=_("Where"),
        max_length=PathTalk._meta.get_field("place").max_length,
        required=False,
        help_text=_("A place, a telephone number or a link."),
    )


class TalkNoteForm(_TalkForm):
    """A talk that was held."""

    said = forms.CharField(
        label=_("What was said"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=_("Both of you read this."),
    )
    tasks = forms.CharField(
        label=_("To do until next time"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1200,
        required=False,
        help_text=_("One thing a line. They go on the list."),
    )
    due_on = forms.DateField(label=_("By when"), widget=DateInput(), required=False)

    def clean_tasks(self):
        return [line.strip() for line in self.cleaned_data["tasks"].splitlines() if line.strip()]


class OutcomeForm(forms.Form):
    """How it ended, and when."""

    outcome = forms.ChoiceField(label=_("How did it end?"), choices=PathOutcome.choices, widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("On which day"), widget=DateInput(), help_text=_("When it came about, not today’s day.")
    )
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[("", CHOOSE), *PathReason.choices],
        required=False,
        help_text=_("Only when it was given up or ended early."),
    )
    words = forms.CharField(
        label=_("In their words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )

    def __init__(self, *args, path, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(value.value, value.label) for value in KINDS[path.kind].outcomes]


class CompanionForm(forms.Form):
    """Who goes along: people who work here, grouped by where."""

    membership = forms.TypedChoiceField(label=_("Who goes along?"))

    def __init__(self, *args, companions, **kwargs):
        super().__init__(*args, **kwargs)
        by_key = {str(row.pk): row for row in companions}
        groups = {}
        for key, row in by_key.items():
            groups.setdefault(str(row.organisation), []).append((key, str(row.user)))
        self.fields["membership"].choices = [("", CHOOSE), *groups.items()]
        self.fields["membership"].coerce = by_key.__getitem__


class CheckForm(forms.Form):
    """Half a year later."""

    answer = forms.ChoiceField(
        label=_("Are you still enrolled?"),
        choices=[
            (CheckAnswer.STILL.value, _("Yes, I am still there")),
            (CheckAnswer.ELSEWHERE.value, _("I study somewhere else now")),
            (CheckAnswer.FINISHED.value, _("I have finished")),
            (CheckAnswer.STOPPED.value, _("I have stopped")),
        ],
        widget=forms.RadioSelect,
    )
