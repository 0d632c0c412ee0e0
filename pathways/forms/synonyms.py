"""Words that mean the same."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

_BETWEEN = re.compile(r"[,;\n]")


class SynonymsForm(forms.Form):
    """The words of one group, apart by commas or lines."""

    words = forms.CharField(
        label=_("Words that mean the same"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "none"}),
        help_text=_("With commas between them: barman, barista, bartender. Up to three words may belong together."),
        error_messages={"required": _("Write at least two words.")},
    )

    def clean_words(self) -> list[str]:
        return _BETWEEN.split(self.cleaned_data["words"])
