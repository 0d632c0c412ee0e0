"""What is typed on the pages for signing."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmForm(forms.Form):
    """Who signs says so with one tick, never set beforehand."""

    read = forms.BooleanField(
        error_messages={"required": _("Tick this to say that you have read it and that it is you.")}
    )

    def __init__(self, *args, name, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["read"].label = _("I am %(name)s and I have read the document") % {"name": name}


class SigningCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}),
        error_messages={"required": _("Write the six digits of the code.")},
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a reason, a few words are enough.")},
    )


class DocumentCheckForm(forms.Form):
    """Any file: of one that was tampered with, only its bytes are asked."""

    MOST_MB = 20

    file = forms.FileField(
        label=_("The PDF that you have"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={
            "required": _("Choose the PDF that you want to check."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > self.MOST_MB * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 20 MB: it is none of ours."))
        return upload
