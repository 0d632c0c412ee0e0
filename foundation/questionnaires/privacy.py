"""What this room's fields are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import PUBLIC, TECHNICAL, call_rows, classify, counted, erased


def classify_fields():
    call_rows(
        **{
            "questionnaires.AnswerSheet": _("your answers"),
        }
    )
    classify(
        "questionnaires.Questionnaire", key=PUBLIC, version=PUBLIC, title=PUBLIC, definition=PUBLIC, published_at=PUBLIC
    )
    classify(
        "questionnaires.AnswerSheet",
        questionnaire=TECHNICAL,
        answers=erased(FieldKind.FREE_TEXT, _("what you answered in a talk"), to=lambda row: {}),
        marks=counted(_("marks drawn from your answers")),
        started_at=counted(_("when a talk was begun to be written down")),
        saved_at=TECHNICAL,
        locked_at=counted(_("when it was closed")),
    )
