"""Form fields that every room may use."""

from django import forms

from migwork.text import one_line


class OneLineField(forms.CharField):
    """A name: what was typed, as it can stand in any line. Nothing but unseen signs counts as nothing."""

    def to_python(self, value):
        text = one_line(super().to_python(value))
        return text or self.empty_value
