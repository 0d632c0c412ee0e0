"""The form field for a file that somebody brings."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.files.types import BEGINNING, TYPES, is_quiet, type_of


class UploadField(forms.FileField):
    """A file of one of `kinds` (by its bytes) and of `most_mb` megabytes at most. Keep it with actions.store().

    It says beforehand what it takes, unless the form gives another `help_text`.
    """

    default_error_messages = {
        "type": _("This file is of another type. Choose one of these: %(kinds)s."),
        "size": _("The file is larger than %(most)s MB. Choose a smaller one, or scan it with less detail."),
        "runs": _("This PDF is locked or holds a program. Print it to a new PDF, or take a picture of it."),
        "empty": _("The file is empty. Choose another one."),
    }

    def __init__(self, *, kinds=frozenset({"pdf", "jpg", "png"}), most_mb: int = 10, **kwargs):
        self.types = [kind for code, kind in TYPES.items() if code in kinds]
        self.most_mb = most_mb
        kwargs.setdefault(
            "help_text",
            format_lazy(_("{kinds}, {most} MB at most."), kinds=self.shown_kinds, most=most_mb),
        )
        super().__init__(**kwargs)

    @property
    def shown_kinds(self) -> str:
        return ", ".join(kind.code.upper() for kind in self.types)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ",".join(kind.content_type for kind in self.types)}

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > self.most_mb * 1024 * 1024:
            raise ValidationError(self.error_messages["size"], code="size", params={"most": self.most_mb})
        upload.seek(0)
        found = type_of(upload.read(BEGINNING))
        if found not in self.types:
            raise ValidationError(self.error_messages["type"], code="type", params={"kinds": self.shown_kinds})
        upload.seek(0)
        if found.code == "pdf" and not is_quiet(upload.read()):
            raise ValidationError(self.error_messages["runs"], code="runs")
        upload.seek(0)
        return upload
