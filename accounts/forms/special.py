"""Reading and writing what the law protects most."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.questionnaires.queries import words
from migwork.fields import OneLineField


class ReasonForm(forms.Form):
    """Why somebody reads protected notes."""

    reason = OneLineField(
        label=_("Why do you need to read this now?"),
        help_text=_("The person reads your reason, with day, role and organisation."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SpecialForm(forms.Form):
    """One protected note."""

    rule = forms.ChoiceField(
        label=_("Which rule asks for it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    text = forms.CharField(
        label=_("What there is to know"),
        help_text=_("Only what is needed. No diagnosis where a consequence is enough."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args, rules, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.rules = {rule.code: rule for rule in rules}
        self.fields["rule"].choices = [(code, words(rule.name, language)) for code, rule in self.rules.items()]

    def clean_rule(self):
        return self.rules[self.cleaned_data["rule"]]
