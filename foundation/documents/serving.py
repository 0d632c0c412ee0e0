"""Handing a document out. Which view may do so, and to whom, is for the room that owns it."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from foundation.documents.models import Document
from foundation.documents.queries import content_of


def handed_out(request, document: Document) -> HttpResponse:
    """The document's very bytes, to be saved; 410 with a page that says so where they are not what they were."""
    content = content_of(document)
    if content is None:
        return HttpResponse(render_to_string("documents/altered.html", request=request), status=410)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{document.kind}-{document.number}-{document.year}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
