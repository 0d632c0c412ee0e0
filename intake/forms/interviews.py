"""What is typed about an interview as a whole."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.inputs import short_text


class AdditionForm(forms.Form):
    """What is corrected or completed after the interview was closed."""

    text = forms.CharField(
        label=_("What needs correcting or adding?"),
        help_text=_("It stands below the interview with the day and your name. What was closed stays as it was."),
        max_length=4000,
        widget=short_text(3),
    )
