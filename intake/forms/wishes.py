"""What a young person asks for when no hour suits them, and what the desk notes of a call."""

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from intake.enums import AgendaNews, CallTime
from intake.forms.inputs import short_text

REGION = "IT"


class PhoneField(forms.CharField):
    """Any number at which somebody can be called; an Italian one needs no +39. In E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def clean(self, value):
        text = super().clean(value)
        try:
            number = phonenumbers.parse(text, REGION)
        except phonenumbers.NumberParseException as error:
            raise forms.ValidationError(_("Write a telephone number, such as 333 123 4567."), code="phone") from error
        if not phonenumbers.is_valid_number(number):
            sentence = _("This number is not complete or has a digit too many. Check it.")
            raise forms.ValidationError(sentence, code="number")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class CallMeForm(forms.Form):
    """Where and when to call."""

    phone = PhoneField(label=_("Your number"), max_length=30)
    time = forms.ChoiceField(
        label=_("When can you talk?"), choices=CallTime.choices, initial=CallTime.ANY, widget=forms.RadioSelect()
    )


class CallForm(forms.Form):
    """What came of a call."""

    REACHED, NOT_REACHED = "reached", "not_reached"

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(REACHED, _("We talked")), (NOT_REACHED, _("Nobody answered: it stays on the list"))],
        widget=forms.RadioSelect(),
    )
    text = forms.CharField(
        label=_("In a few words"),
        max_length=2000,
        required=False,
        widget=short_text(),
        help_text=_("It becomes a note in the file. Of a call that nobody answered you need to write nothing."),
    )

    def clean(self):
        data = super().clean()
        if data.get("outcome") == self.REACHED and not data.get("text", "").strip():
            self.add_error("text", forms.ValidationError(_("Write at least a word."), code="text"))
        return data


class NewsForm(forms.Form):
    """How an operator hears of changes in their agenda."""

    news = forms.ChoiceField(
        label=_("When others book, move or call off with you"), choices=AgendaNews.choices, widget=forms.RadioSelect()
    )
