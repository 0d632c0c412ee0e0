"""What people say about how to be written to, and what they ask about their data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import RequestKind
from foundation.communications import topics
from foundation.communications.enums import Channel, Digest
from migwork.choices import SharedChoices
from migwork.inputs import DateInput, TimeInput

LONGEST_TEXT = 4000


class PreferencesForm(forms.Form):
    """How somebody wants to be written to."""

    channel = forms.ChoiceField(
        label=_("How do you want to hear from us?"),
        required=False,
        choices=SharedChoices(lambda language: [("", _("As you think best")), *Channel.choices]),
        widget=forms.RadioSelect,
    )
    digest = forms.ChoiceField(
        label=_("How often?"),
        help_text=_("What you must know, such as an appointment, always comes at once."),
        choices=SharedChoices(lambda language: Digest.choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    quiet_from = forms.TimeField(
        label=_("Do not disturb from"),
        required=False,
        widget=TimeInput(),
        error_messages={"invalid": _("Write the hour as 22:00.")},
    )
    quiet_to = forms.TimeField(
        label=_("until"),
        required=False,
        widget=TimeInput(),
        error_messages={"invalid": _("Write the hour as 22:00.")},
    )
    wanted = forms.MultipleChoiceField(
        label=_("What do you want to read about?"),
        required=False,
        choices=SharedChoices(
            lambda language: [(topic.code, topic.label) for topic in topics.registered() if not topic.required]
        ),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        data = super().clean()
        start, end = data.get("quiet_from"), data.get("quiet_to")
        if not self.errors and ((start is None) != (end is None) or (start and start == end)):
            self.add_error("quiet_to", _("Give the beginning and the end, and not the same hour. Or leave both empty."))
        return data

    def choices_made(self) -> dict:
        """As the action takes them."""
        values = {name: self.cleaned_data[name] for name in ("channel", "digest", "quiet_from", "quiet_to")}
        optional = [topic.code for topic in topics.registered() if not topic.required]
        return {**values, "off": [code for code in optional if code not in self.cleaned_data["wanted"]]}


class RequestForm(forms.Form):
    """What somebody asks about their data, in their words."""

    text = forms.CharField(max_length=LONGEST_TEXT, required=False, widget=forms.Textarea({"rows": 5}))

    LABELS = {
        RequestKind.CORRECTION: _("What is wrong, and how should it be?"),
        RequestKind.OBJECTION: _("Which use do you not want, and why?"),
        RequestKind.LIMITATION: _("Why? You need not say"),
        RequestKind.ERASURE: _("Is there something you want to tell us? You need not"),
        RequestKind.NAMES: _("Which opening of your file do you mean?"),
    }

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = self.LABELS[kind]
        self.fields["text"].required = kind in (RequestKind.CORRECTION, RequestKind.OBJECTION)
        self.fields["text"].error_messages["required"] = _("Say in a few words what it is about.")


class LetterForm(forms.Form):
    """What the privacy officer read in a letter, or was told at the desk."""

    kind = forms.ChoiceField(
        label=_("What do they ask for?"),
        choices=SharedChoices(lambda language: RequestKind.choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    arrived_on = forms.DateField(
        label=_("When did it arrive?"),
        help_text=_("The month in which to answer runs from this day, whenever you enter it."),
        widget=DateInput(),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose the day.")},
    )
    text = forms.CharField(
        label=_("What did they write?"),
        help_text=_("In short. For a correction or an objection it must be here."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )


class AnswerForm(forms.Form):
    """The privacy officer's answer."""

    answer = forms.CharField(
        label=_("Answer to the person"),
        help_text=_("They read it as you write it. Where you turn it down or grant it in part, say why."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write the answer: the person reads it.")},
    )


class EraseForm(AnswerForm):
    """The yes to an erasure: whole, or but for what the law keeps."""

    verb = forms.ChoiceField(
        label=_("Is it all that was asked for?"),
        choices=SharedChoices(
            lambda language: [
                ("grant", _("Yes: all that was asked for goes")),
                ("grant_in_part", _("In part: something stays by law, and the answer says what")),
            ]
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    answer = forms.CharField(
        label=_("Answer to the person"),
        help_text=_("It leaves at once, as the last message they get. Say in it what stays, and why."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write the answer: the person reads it.")},
    )
    field_order = ["verb", "answer"]


class ExtendForm(forms.Form):
    """More time for an answer."""

    until = forms.DateField(
        label=_("Answer by"),
        widget=DateInput(),
        error_messages={"required": _("Choose the day.")},
    )
    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why it takes longer: the person reads it.")},
    )
