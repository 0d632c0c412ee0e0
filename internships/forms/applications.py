"""Applying, and what partner and host answer."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.files.forms import UploadField
from internships.enums import TurnedDown
from migwork.fields import OneLineField
from migwork.inputs import DateInput, TimeInput

# What a host reads in a minute. More is kept, and has to be shortened before it is sent.
MOST_WORDS = 1500
KEPT, MINE, FILE = "kept", "mine", "file"


class KeptWords(forms.CharField):
    """Needed, as its label says; what is there is kept even when it is nothing yet."""

    def validate(self, value):
        pass


class KeptFile(UploadField):
    """The same of a file."""

    def validate(self, value):
        pass


class ApplyForm(forms.Form):
    """A few words and a CV. Half of it may be missing: it is kept all the same, and asked for before it is sent."""

    text = KeptWords(
        label=_("Why this internship?"),
        max_length=20000,
        help_text=_("A few sentences, as you would say them: what you like about it, what you can do already."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    which = forms.ChoiceField(label=_("Your CV"), widget=forms.RadioSelect)
    file = KeptFile(label=_("Another file"), required=False)

    def __init__(self, *args, kept=None, has_own=False, **kwargs):
        super().__init__(*args, **kwargs)
        choices = []
        if kept is not None:
            choices.append((KEPT, _("The one you have given: %s") % kept.name))
        if has_own:
            choices.append((MINE, _("The CV that you keep here, as it is now")))
        choices.append((FILE, _("A file from your telephone")))
        self.fields["which"].choices = choices
        self.fields["which"].initial = choices[0][0]
        if len(choices) == 1:
            self.fields["which"].widget = forms.HiddenInput()
            self.fields["file"].label, self.fields["file"].required = _("Your CV"), True

    def written(self) -> dict:
        """What the action is given."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "upload": data["file"],
            "from_portal": data["which"] == MINE and not data["file"],
        }


class InterviewForm(forms.Form):
    """When and where one meets."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(label=_("Time"), widget=TimeInput())
    place = OneLineField(
        label=_("Where"), max_length=200, help_text=_("Address and whom to ask for; or “by telephone”, and who calls.")
    )

    def moment(self):
        """Day and hour in Milan."""
        data = self.cleaned_data
        return timezone.make_aware(timezone.datetime.combine(data["day"], data["time"]))


class TurnDownForm(forms.Form):
    """Why not, as the young person reads it."""

    reason = forms.ChoiceField(
        label=_("Why not, as they read it"), choices=TurnedDown.choices, widget=forms.RadioSelect, initial="chosen"
    )
