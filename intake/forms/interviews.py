"""What is typed about an interview as a whole."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.inputs import short_text


class SummaryForm(forms.Form):
    """Which sections the young person takes along."""

    sections = forms.MultipleChoiceField(label=_("What goes into it"), widget=forms.CheckboxSelectMultiple)
    read_together = forms.BooleanField(label=_("We have read it together, and it may stand there like this"))

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = choices
        self.fields["sections"].initial = [value for value, _label in choices]


class AdditionForm(forms.Form):
    """What is corrected or completed after the interview was closed."""

    text = forms.CharField(
        label=_("What needs correcting or adding?"),
        help_text=_("It stands below the interview with the day and your name. What was closed stays as it was."),
        max_length=4000,
        widget=short_text(3),
    )
