"""Reception, walk-in, notes and queue: what is typed at the desk."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Employment, Gender
from accounts.forms import FilledFromCode, FiscalCodeField
from accounts.models import YoungPerson
from intake.enums import ContactChannel, NoteKind
from intake.forms.inputs import short_text
from intake.models import Reception
from intake.workflow import OUTCOMES, REASONS
from migwork.fields import OneLineField
from migwork.inputs import DateInput
from programme.enums import Tie

# The channels one can give at the desk: "online" is what the portal notes by itself.
AT_THE_DESK = [choice for choice in ContactChannel.choices if choice[0] != ContactChannel.WEB]


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
        label=_("Who came in? The first name is enough"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    wants = OneLineField(
        label=_("What for?"), max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class EndingForm(forms.Form):
    """How a way ended; `may_close` where a plan was agreed: else it can only stop."""

    ending = forms.ChoiceField(label=_("How does it end?"))
    outcome = forms.CharField(label=_("In your words"), max_length=200, required=False)

    def __init__(self, *args, may_close, **kwargs):
        super().__init__(*args, **kwargs)
        outcomes = [(value.value, value.label) for value in OUTCOMES]
        reasons = [(value.value, value.label) for value in REASONS]
        groups = [(_("Closed with an outcome"), outcomes)] if may_close else []
        self.fields["ending"].choices = [("", _("Choose")), *groups, (_("Stopped before the end"), reasons)]
