"""What this room's fields are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.files.models import StoredFile
from foundation.privacy.actions import erase
from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, call_rows, classify, with_row


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    return [StoredFile.objects.filter(about__in=abouts)]


def anonymise(about, by, now):
    return erase(*holdings([about]))


def classify_fields():
    call_rows(
        **{
            "files.StoredFile": _("files that were put in"),
        }
    )
    classify(
        "files.StoredFile",
        about=with_row(FieldKind.ORDINARY),
        kind=TECHNICAL,
        name=with_row(FieldKind.ORDINARY, _("name of a file")),
        file=with_row(FieldKind.ORDINARY, _("a file about you")),
        sha256=TECHNICAL,
        bytes=TECHNICAL,
        content_type=TECHNICAL,
        stored_at=with_row(FieldKind.ORDINARY, _("when the file was stored")),
        stored_by=STAFF,
    )
