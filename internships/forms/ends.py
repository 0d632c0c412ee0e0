"""What people type at the end of an internship."""

from django import forms
from django.utils.translation import gettext_lazy as _

from internships.enums import OutcomeKind
from migwork.fields import OneLineField
from migwork.inputs import DateInput


class OutcomeForm(forms.Form):
    kind = forms.ChoiceField(label=_("What became of it"), choices=OutcomeKind, widget=forms.RadioSelect)
    hired_on = forms.DateField(
        label=_("Hired on"),
        required=False,
        widget=DateInput(),
    )
    contract_months = forms.IntegerField(
        label=_("Months of the contract"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Leave it empty for a contract without an end"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    part_time_share = forms.DecimalField(
        label=_("Per cent of full time"),
        required=False,
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=100,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )


class WithdrawForm(forms.Form):
    reason = OneLineField(label=_("What is wrong in it"), max_length=300, help_text=_("One sentence, for the records."))


class AttestationForm(forms.Form):
    competences = forms.CharField(
        label=_("Competences"),
        max_length=3000,
        help_text=_("One a line, by the names of the regional framework QRSP"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_competences(self):
        lines = [line.strip() for line in self.cleaned_data["competences"].splitlines()]
        too_long = [line for line in lines if len(line) > 200]
        if too_long:
            raise forms.ValidationError(_("Each competence has 200 letters at most."))
        return [line for line in lines if line]


class LaterNoteForm(forms.Form):
    """What the promoter has heard."""

    kind = forms.ChoiceField(label=_("What do they do now?"), choices=OutcomeKind, widget=forms.RadioSelect)


class LaterForm(forms.Form):
    """What somebody says of themselves."""

    kind = forms.ChoiceField(label=_("What do you do now?"), choices=OutcomeKind, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {
            OutcomeKind.HIRED: _("I work where I did the internship"),
            OutcomeKind.OFFER: _("I work somewhere else"),
            OutcomeKind.SCHOOL: _("I go to school or do a course"),
            OutcomeKind.NONE: _("None of these"),
        }
        self.fields["kind"].choices = list(words.items())
