"""Markup written in Python with f-strings: several times as fast as format_html, for lists of rows and fields."""

from html import escape

from django.utils.safestring import SafeString


def escaped(value) -> str:
    """A value for an f-string of markup: text is escaped, what is markup already (SafeString) stays as it is."""
    text = str(value)
    return text if isinstance(text, SafeString) else escape(text)


def attributes(values: dict) -> SafeString:
    """HTML attributes in order of their names, last those that are there or not; as flatatt of Django's forms."""
    said = [
        f' {name}="{escaped(value)}"'
        for name, value in sorted(values.items())
        if value is not None and not isinstance(value, bool)
    ]
    return SafeString("".join([*said, *(f" {name}" for name in sorted(values) if values[name] is True)]))
