"""What several forms of this room ask with."""

from django import forms


def short_text(rows=3):
    return forms.Textarea(attrs={"rows": rows})


MINUTES = [(15, "15"), (30, "30"), (45, "45"), (60, "60"), (90, "90"), (120, "120")]
