"""Talks, interviews and what is said of them, up to the questions after leaving."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, call_rows, classify, counted, erased


def classify_fields():
    call_rows(
        **{
            "intake.TalkFeedback": _("how you said that talks were"),
            "intake.Interview": _("your talks"),
            "intake.InterviewSummary": _("summaries of talks that you were given"),
            "intake.InterviewAddendum": _("what was added to your talks"),
            "intake.FollowUp": _("how it went afterwards"),
        }
    )
    classify(
        "intake.TalkFeedback",
        appointment=counted(),
        face=counted(_("how you said a talk was")),
        sentence=erased(FieldKind.FREE_TEXT, _("what you added about a talk")),
        at=counted(_("when you said how a talk was")),
    )
    classify(
        "intake.Interview",
        participation=counted(),
        organisation=counted(_("where the talk was")),
        by=STAFF,
        sheet=counted(),
        started_at=counted(_("when a talk was begun")),
        completed_at=counted(_("when the talk was closed")),
    )
    classify(
        "intake.InterviewSummary",
        interview=counted(),
        document=counted(),
        sections=TECHNICAL,
        at=counted(_("when you were given a summary")),
        by=STAFF,
    )
    classify(
        "intake.InterviewAddendum",
        interview=counted(),
        text=erased(FieldKind.FREE_TEXT, _("what was added to a talk")),
        at=counted(_("when something was added to a talk")),
        by=STAFF,
    )
    classify(
        "intake.FollowUp",
        participation=counted(),
        moment=counted(_("when we asked you how it goes")),
        due_on=TECHNICAL,
        asked_at=TECHNICAL,
        answered_at=counted(_("when you answered")),
        by=STAFF,
        sheet=counted(),
        situation=counted(_("what you do now")),
        has_qualified=counted(_("whether you gained a qualification")),
        is_better=counted(_("whether your situation is better")),
    )
