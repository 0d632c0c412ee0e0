"""Sending somebody to a partner, and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.enums import ReferralPurpose
from intake.forms.inputs import short_text
from intake.models import Referral
from migwork.fields import OneLineField


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


class OutsideReferralForm(forms.Form):
    """Which service, how to reach it, and what it should know."""

    service = OneLineField(
        label=_("Which service?"), max_length=120, help_text=_("For example: Family centre, via Zuretti.")
    )
    contact = OneLineField(label=_("Whom do you know there?"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail of the service"),
        required=False,
        help_text=_("They get a link to read and answer, without an account. The mail does not say whom it is about."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telephone of the service"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("Without an e-mail you call, and type here what they say."),
    )
    note = forms.CharField(
        label=_("What the service should know"),
        max_length=2000,
        required=False,
        widget=short_text(),
        help_text=_("They read this, with name, age and how to reach the person. Leave out what they don't need."),
    )
    agreed = forms.BooleanField(label=_("The young person knows and agrees"), required=False)


class ReferralFeedbackForm(forms.Form):
    """How it went."""

    text = forms.CharField(label=_("How is it going?"), max_length=1000, widget=short_text(3))
