"""What this room's fields are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, call_rows, classify, counted, erased

SENTENCES = {
    "questionnaires.draft_started": _("Form: next version begun"),
    "questionnaires.draft_changed": _("Form: next version changed"),
    "questionnaires.published": _("Form: new version published"),
    "questionnaires.draft_dropped": _("Form: next version thrown away"),
}


def classify_fields():
    call_rows(
        **{
            "questionnaires.AnswerSheet": _("your answers"),
        }
    )
    classify(
        "questionnaires.Questionnaire",
        key=PUBLIC,
        version=PUBLIC,
        title=PUBLIC,
        definition=PUBLIC,
        published_at=PUBLIC,
        published_by=STAFF,
    )
    classify(
        "questionnaires.QuestionnaireDraft",
        key=PUBLIC,
        title=PUBLIC,
        definition=PUBLIC,
        based_on=TECHNICAL,
        revision=TECHNICAL,
        changed_at=TECHNICAL,
        changed_by=STAFF,
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
