"""Every write of the forms: answers, section by section; and the forms themselves."""

from foundation.questionnaires.actions.answers import (
    Conflict,
    load_questionnaire,
    lock_sheet,
    save_section,
    start_sheet,
    view_section,
)
from foundation.questionnaires.actions.editing import (
    ChangedMeanwhile,
    drop_draft,
    move_part,
    publish_draft,
    start_draft,
    take_out,
    write_question,
    write_section,
    write_title,
)

__all__ = [
    "ChangedMeanwhile",
    "Conflict",
    "drop_draft",
    "load_questionnaire",
    "lock_sheet",
    "move_part",
    "publish_draft",
    "save_section",
    "start_draft",
    "start_sheet",
    "take_out",
    "view_section",
    "write_question",
    "write_section",
    "write_title",
]
