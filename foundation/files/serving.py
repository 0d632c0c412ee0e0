"""Handing a kept file out. Which view may do so, and to whom, is for the room that owns the file."""

from django.http import FileResponse

from foundation.files.models import StoredFile


def response(stored: StoredFile) -> FileResponse:
    """The file to be saved, never to be shown inside the portal: what somebody brought must not run in its name."""
    answer = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def picture(stored: StoredFile) -> FileResponse:
    """A picture that the portal drew itself (pictures.py), shown in a page and kept by that browser alone."""
    answer = FileResponse(stored.file.open("rb"), content_type=stored.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer
