"""Restricted records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.inputs import short_text
from migwork.inputs import DateInput


class _Colleague(forms.Form):
    """Forms that choose among few colleagues."""

    def offer(self, name, colleagues):
        by_key = {str(row.pk): row for row in colleagues}
        self.fields[name].choices = [("", _("Choose")), *((key, str(row)) for key, row in by_key.items())]
        self.fields[name].coerce = by_key.__getitem__


class SafeguardingForm(_Colleague):
    """What was disclosed, who sees to it, by when."""

    text = forms.CharField(
        label=_("What was disclosed?"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_("In their own words where you can: what, who, when. Do not ask more than they want to tell."),
    )
    owner = forms.TypedChoiceField(
        label=_("Who sees to it?"),
        help_text=_("From now on only they read it, and whom they name. If it is not you, you will not find it again."),
    )
    deadline = forms.DateField(label=_("By when must something be done?"), widget=DateInput())

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("owner", colleagues)


class ReadingForm(forms.Form):
    """Before one reads."""

    reason = forms.CharField(
        label=_("Why do you need to read it now?"), max_length=300, widget=short_text(2), help_text=_("It is noted.")
    )


class AdditionToRecordForm(forms.Form):
    """What was done."""

    text = forms.CharField(label=_("What was done?"), max_length=4000, widget=short_text(4))


class ReaderForm(_Colleague):
    """Whom to let read it, or who sees to it from now on."""

    user = forms.TypedChoiceField(label=_("Colleague"))

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("user", colleagues)


class DeadlineForm(forms.Form):
    """Another day."""

    deadline = forms.DateField(label=_("By when must something be done?"), widget=DateInput())


class ClosingForm(forms.Form):
    """How it ended."""

    outcome = forms.CharField(label=_("How did it end?"), max_length=2000, widget=short_text(3))
