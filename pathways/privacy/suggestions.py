"""How the choices about suggestions and the kept searches read in timelines, and what their fields are."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import TECHNICAL, call_rows, classify, with_row
from pathways.models import KeptSearch, SuggestionChoice

SENTENCES = {
    "pathways.suggestions_chosen": _("Chose what may be used for suggestions"),
    "pathways.search_kept": _("Kept a search"),
    "pathways.search_stopped": _("Stopped a search"),
    "pathways.search_ended": _("A search was kept long enough, and ended"),
}


def holdings(abouts) -> list:
    """The rows about these people."""
    return [model.objects.filter(person__in=abouts) for model in (SuggestionChoice, KeptSearch)]


def classify_fields():
    call_rows(
        **{
            "pathways.SuggestionChoice": _("what you do not want to be used for suggestions"),
            "pathways.KeptSearch": _("searches that you keep"),
        }
    )
    classify(
        "pathways.SuggestionChoice",
        person=with_row(FieldKind.ORDINARY),
        off=with_row(FieldKind.ORDINARY, _("what is not used")),
        changed_at=TECHNICAL,
    )
    classify(
        "pathways.KeptSearch",
        person=with_row(FieldKind.ORDINARY),
        query=with_row(FieldKind.ORDINARY, _("what you look for")),
        kept_at=with_row(FieldKind.ORDINARY, _("since when")),
        ends_on=with_row(FieldKind.ORDINARY, _("until when")),
        told_until=TECHNICAL,
    )
