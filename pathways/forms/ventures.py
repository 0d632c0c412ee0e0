"""The idea of a business, in one sentence and part by part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from migwork.fields import OneLineField
from pathways.models import IdeaSheet
from pathways.paths import PARTS_OF_IDEA


class IdeaForm(forms.Form):
    """In one sentence."""

    title = OneLineField(
        label=_("Your idea in one sentence"),
        max_length=IdeaSheet._meta.get_field("title").max_length,
        help_text=_("Such as: I repair bicycles in people’s courtyards. It may change as often as you like."),
    )


class PartForm(forms.Form):
    """One part, with the question that it answers."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), max_length=3000, required=False)
    seen = forms.CharField(widget=forms.HiddenInput(), max_length=64)

    def __init__(self, *args, part, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = PARTS_OF_IDEA[part].question
        self.fields["text"].help_text = PARTS_OF_IDEA[part].hint
