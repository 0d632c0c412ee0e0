"""An activity in another language."""

from django import forms

from pathways.models import OpportunityTranslation
from pathways.translations import RIGHT_TO_LEFT, TEXTS

_ROWS = {"summary": 2, "description": 6}


class TranslationForm(forms.ModelForm):
    """As many fields as the Italian text has, each as it will be read: in its language, in its direction."""

    # Which Italian text was on the screen.
    of_text = forms.CharField(max_length=32, widget=forms.HiddenInput, required=False)

    class Meta:
        model = OpportunityTranslation
        fields = TEXTS

    def __init__(self, *args, opportunity, language, **kwargs):
        super().__init__(*args, **kwargs)
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        for name in TEXTS:
            if not getattr(opportunity, name).strip():
                del self.fields[name]
                continue
            field = self.fields[name]
            if name != "title":
                field.widget = forms.Textarea(attrs={"rows": _ROWS.get(name, 4)})
                if field.max_length:
                    field.widget.attrs["maxlength"] = field.max_length
            field.required = True
            field.widget.attrs |= {"lang": language, "dir": direction}
