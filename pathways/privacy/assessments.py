"""How answers about activities read in timelines, and what their fields are."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.registry import TECHNICAL, call_rows, classify, counted
from foundation.questionnaires.models import AnswerSheet
from pathways.models import Assessment

SENTENCES = {
    "pathways.assessment_saved": _("Questions about an activity begun"),
    "pathways.assessment_done": _("Questions about an activity answered"),
    "pathways.assessment_skipped": _("Questions about an activity left out"),
}


def holdings(abouts) -> list:
    """The rows about these people."""
    rows = Assessment.objects.filter(enrolment__participation__person__in=abouts)
    return [rows, AnswerSheet.objects.filter(pk__in=rows.values("sheet"))]


def classify_fields():
    call_rows(**{"pathways.Assessment": _("questions about your activities")})
    classify(
        "pathways.Assessment",
        enrolment=counted(),
        moment=counted(_("what we asked")),
        asked_at=TECHNICAL,
        sheet=counted(),
        done_at=counted(_("when you answered")),
        skipped_at=counted(_("when you left it out")),
        # The same as on the sheet, which the copy of one's data has in words.
        counted=counted(),
    )
