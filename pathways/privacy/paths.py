"""How the events of accompanied paths read, and what their fields are."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, call_rows, classify, counted, erased
from pathways.models import AccompaniedPath, IdeaSheet, LearntSkill, PathCheck, PathStep, PathTalk, Stay, StudyOption

SENTENCES = {
    "pathways.path_begun": _("Accompanied path begun"),
    "pathways.path_handed": _("Accompanied path: somebody else goes along"),
    "pathways.path_choose": _("Accompanied path: chosen"),
    "pathways.path_start": _("Accompanied path: under way"),
    "pathways.path_ended": _("Accompanied path: how it ended"),
    "pathways.path_reopened": _("Accompanied path: goes on"),
    "pathways.path_step_added": _("Accompanied path: something put on the list"),
    "pathways.path_step_changed": _("Accompanied path: a day on the list changed"),
    "pathways.path_step_done": _("Accompanied path: something ticked off"),
    "pathways.path_step_undone": _("Accompanied path: something not done after all"),
    "pathways.path_step_dropped": _("Accompanied path: something taken off the list"),
    "pathways.path_talk_arranged": _("Accompanied path: talk arranged"),
    "pathways.path_talk_called_off": _("Accompanied path: talk called off"),
    "pathways.path_talk_noted": _("Accompanied path: talk written down"),
    "pathways.path_check_answered": _("Said whether they are still enrolled"),
    "pathways.path_stay_changed": _("Stay: days, host or insurance changed"),
    "pathways.path_learnt": _("Stay: said what they learnt"),
    "pathways.path_skill": _("Stay: what was learnt is among the skills"),
    "pathways.path_idea_written": _("Business idea: something written"),
    "pathways.path_option_added": _("Back to study: a school to think of"),
    "pathways.path_option_changed": _("Back to study: what is written of a school changed"),
    "pathways.path_option_dropped": _("Back to study: a school is not thought of any more"),
}


def holdings(abouts) -> list:
    """The rows about these people."""
    of_person = {"path__participation__person__in": abouts}
    return [
        AccompaniedPath.objects.filter(participation__person__in=abouts),
        PathStep.objects.filter(**of_person),
        PathTalk.objects.filter(**of_person),
        PathCheck.objects.filter(**of_person),
        StudyOption.objects.filter(**of_person),
        Stay.objects.filter(**of_person),
        IdeaSheet.objects.filter(**of_person),
        LearntSkill.objects.filter(**of_person),
    ]


def classify_fields():
    call_rows(
        **{
            "pathways.AccompaniedPath": _("paths on which somebody goes along with you"),
            "pathways.PathStep": _("what is on the list of these paths"),
            "pathways.PathTalk": _("talks on these paths"),
            "pathways.PathCheck": _("whether we asked how it goes on"),
            "pathways.StudyOption": _("schools and courses that you thought of"),
            "pathways.Stay": _("where you went, abroad or as a volunteer"),
            "pathways.IdeaSheet": _("your business idea"),
            "pathways.LearntSkill": _("skills that you brought back from there"),
        }
    )
    classify(
        "pathways.AccompaniedPath",
        participation=counted(),
        kind=counted(_("where it leads")),
        state=counted(_("how far it is")),
        state_since=counted(_("since when")),
        companion=STAFF,
        organisation=counted(_("who goes along with you")),
        began_at=counted(_("when it began")),
        began_by=STAFF,
        ended_at=TECHNICAL,
        ended_by=STAFF,
        outcome=counted(_("how it ended")),
        outcome_on=counted(_("on which day it ended")),
        reason=counted(_("why it ended")),
        words=erased(FieldKind.FREE_TEXT, _("how it ended, in words")),
    )
    classify(
        "pathways.PathStep",
        path=counted(),
        talk=counted(),
        kind=counted(_("what kind of thing it is")),
        code=counted(_("what there is to do")),
        title=erased(FieldKind.FREE_TEXT, _("what there is to do, in words"), to=lambda row: "" if row.code else "—"),
        position=TECHNICAL,
        due_on=counted(_("by when")),
        expires_on=erased(FieldKind.ORDINARY, _("until when the document is good")),
        added_at=TECHNICAL,
        added_by=STAFF,
        done_on=counted(_("when it was done")),
        done_by=STAFF,
    )
    classify(
        "pathways.PathTalk",
        path=counted(),
        kind=counted(_("what kind of talk")),
        at=counted(_("when")),
        place=erased(FieldKind.FREE_TEXT, _("where")),
        arranged_by=STAFF,
        arranged_at=TECHNICAL,
        held_at=counted(_("when it was written down")),
        held_by=STAFF,
        said=erased(FieldKind.FREE_TEXT, _("what was said")),
    )
    classify(
        "pathways.PathCheck",
        path=counted(),
        due_on=counted(_("when we ask")),
        asked_at=counted(_("when we asked")),
        answered_at=counted(_("when you answered")),
        answer=counted(_("what you answered")),
        by=STAFF,
    )
    classify(
        "pathways.StudyOption",
        path=counted(),
        route=counted(_("which way")),
        school=erased(FieldKind.ORDINARY, _("school or office"), to="—"),
        course=erased(FieldKind.ORDINARY, _("course")),
        enrol_by=counted(_("last day to enrol")),
        thoughts=erased(FieldKind.FREE_TEXT, _("for and against")),
        added_at=TECHNICAL,
        added_by=STAFF,
        is_chosen=counted(_("whether you chose it")),
    )
    classify(
        "pathways.Stay",
        path=counted(),
        programme=counted(_("with which programme")),
        host=erased(FieldKind.ORDINARY, _("host"), to="—"),
        place=erased(FieldKind.ORDINARY, _("town and country"), to="—"),
        starts_on=counted(_("first day")),
        ends_on=counted(_("last day")),
        contact=erased(FieldKind.FREE_TEXT, _("who is there for you")),
        insurer=counted(_("insured with")),
        policy=erased(FieldKind.ORDINARY, _("number of the policy")),
        insured_until=counted(_("insured until")),
        learnt=erased(FieldKind.FREE_TEXT, _("what you learnt, in your words")),
        changed_at=TECHNICAL,
    )
    classify(
        "pathways.LearntSkill",
        path=counted(),
        skill=counted(_("skill")),
        added_at=TECHNICAL,
        added_by=STAFF,
    )
    classify(
        "pathways.IdeaSheet",
        path=counted(),
        title=erased(FieldKind.FREE_TEXT, _("the idea in one sentence"), to="—"),
        problem=erased(FieldKind.FREE_TEXT, _("problem")),
        customers=erased(FieldKind.FREE_TEXT, _("customers")),
        value=erased(FieldKind.FREE_TEXT, _("value")),
        channels=erased(FieldKind.FREE_TEXT, _("channels")),
        costs=erased(FieldKind.FREE_TEXT, _("costs")),
        revenue=erased(FieldKind.FREE_TEXT, _("revenue")),
        changed_at=TECHNICAL,
        changed_by=STAFF,
    )
