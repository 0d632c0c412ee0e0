"""The CV as PDF. It is the young person's own paper: it has no number."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.documents import pdf
from intake.queries.cv import cv_view


def cv_pdf(person, language: str) -> bytes:
    """What the CV says now. `pdf.Unavailable` where no PDF can be made."""
    with override(language):
        title = f"{_('CV')} · {person.full_name}"
        context = {"view": cv_view(person), "document": {"title": title}, "language": language}
        return pdf.render(render_to_string("intake/documents/cv.html", context), language=language)
