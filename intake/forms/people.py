"""How an operator is shown, and in which language somebody would like to talk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.files.forms import UploadField
from intake.enums import AnswersWithin
from migwork.fields import OneLineField


class CardForm(forms.Form):
    """What young people see of an operator."""

    called = OneLineField(
        label=_("What do people call you?"),
        max_length=60,
        help_text=_("Most often your first name."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    photo = UploadField(
        label=_("Your picture"),
        kinds=frozenset({"jpg", "png"}),
        most_mb=10,
        required=False,
        help_text=_("If you like: a face they know makes it easier to come. JPG or PNG; we keep a small square of it."),
    )
    without_photo = forms.BooleanField(label=_("Take the picture away: show my initials"), required=False)
    answers_within = forms.ChoiceField(
        label=_("How soon do you usually answer?"),
        choices=[("", _("I'd rather not say")), *AnswersWithin.choices],
        required=False,
        help_text=_("Messages and calls. Say what you can keep in a full week too."),
    )
    languages = forms.TypedMultipleChoiceField(
        label=_("In which languages can you hold a talk?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        by_code = {language.code: language for language in languages}
        self.fields["languages"].choices = [(code, language.both_names) for code, language in by_code.items()]
        self.fields["languages"].coerce = by_code.__getitem__


class WishedLanguageFields(forms.Form):
    """A language other than that of the desk, and somebody who translates."""

    language = forms.TypedChoiceField(label=_("In which language?"), required=False, empty_value=None)
    mediator = forms.BooleanField(
        label=_("I would like somebody beside us who translates (a mediator)"), required=False
    )

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        by_code = {language.code: language for language in languages}
        choices = [("", _("Italian")), *((code, language.both_names) for code, language in by_code.items())]
        self.fields["language"].choices = choices
        self.fields["language"].coerce = by_code.__getitem__

    def clean(self):
        data = super().clean()
        if data.get("mediator") and "language" in data and data["language"] is None:
            self.add_error("language", _("Choose the language into which to translate."))
        return data


class MediatorForm(forms.Form):
    """Who translates."""

    mediator = OneLineField(
        label=_("Who translates?"),
        max_length=120,
        help_text=_("A name, or the service that sends somebody."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SentenceForm(forms.Form):
    """What one would like to add about a talk."""

    sentence = forms.CharField(
        label=_("Would you like to add something?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave out names. Who coordinates the service reads it, without knowing that it is yours."),
    )
