"""A file for a step of the plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.files.forms import UploadField


class EvidenceForm(forms.Form):
    """What shows that a step was done."""

    file = UploadField(label=_("File"), error_messages={"required": _("Choose a file.")})
