"""The plan, skills and CV."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, call_rows, classify, counted, erased


def classify_fields():
    call_rows(
        **{
            "intake.Plan": _("your plan"),
            "intake.PlanSignature": _("how you agreed the plan"),
            "intake.PlanGoal": _("goals of your plan"),
            "intake.PlanAction": _("steps of your plan"),
            "intake.StepEvidence": _("files beside the steps of your plan"),
            "intake.PersonSkill": _("what you can do"),
            "intake.Cv": _("your CV"),
            "intake.CvEntry": _("what stands in your CV"),
        }
    )
    classify(
        "intake.Plan",
        participation=counted(),
        state=counted(_("how your plan stands")),
        version=counted(_("version of your plan")),
        review_on=counted(_("when we look at your plan again")),
        professional_project=erased(FieldKind.FREE_TEXT, _("your professional project, in your words")),
        life_project=erased(FieldKind.FREE_TEXT, _("your life project, in your words")),
        created_at=counted(_("since when you have a plan")),
        agreed_at=counted(_("when your plan was agreed")),
    )
    classify(
        "intake.PlanSignature",
        plan=counted(),
        version=counted(_("version that was agreed")),
        by=STAFF,
        as_operator=counted(),
        at=counted(_("when it was agreed")),
        wording=erased(FieldKind.FREE_TEXT, _("the plan as it was agreed")),
        content=erased(FieldKind.FREE_TEXT),
    )
    classify(
        "intake.PlanGoal",
        plan=counted(),
        position=TECHNICAL,
        title=erased(FieldKind.FREE_TEXT, _("a goal of your plan")),
        project=counted(_("whether a goal is for work or for life")),
    )
    classify(
        "intake.PlanAction",
        goal=counted(),
        position=TECHNICAL,
        title=erased(FieldKind.FREE_TEXT, _("a step of your plan")),
        kind=counted(_("kind of step")),
        talk=counted(_("which talk the step is")),
        is_own=counted(_("whether you added the step yourself")),
        state=counted(_("how the step stands")),
        due_on=counted(_("by when")),
        hours_planned=counted(_("hours planned")),
        hours_done=counted(_("hours done")),
        added_by=STAFF,
        added_at=TECHNICAL,
        done_at=counted(_("when it was done")),
    )
    # The file goes by itself, in the room that keeps it.
    classify(
        "intake.StepEvidence",
        action=counted(),
        file=TECHNICAL,
        added_by=STAFF,
        added_at=counted(_("when a file was added")),
    )
    # The lists themselves are about nobody.
    classify("intake.Skill", uri=PUBLIC, source=PUBLIC, version=PUBLIC, is_retired=PUBLIC)
    classify(
        "intake.SkillLabel",
        skill=PUBLIC,
        language=PUBLIC,
        label=PUBLIC,
        others=PUBLIC,
        description=PUBLIC,
        label_key=TECHNICAL,
        key=TECHNICAL,
    )
    classify(
        "intake.PersonSkill",
        person=counted(),
        skill=counted(_("a skill of yours")),
        level=counted(_("how well you can do it")),
        evidence=erased(FieldKind.FREE_TEXT, _("where it showed")),
        added_by=STAFF,
        added_at=counted(_("when it was noted")),
        changed_at=TECHNICAL,
    )
    classify(
        "intake.Cv",
        person=counted(),
        about=erased(FieldKind.FREE_TEXT, _("a few words about you")),
        shows_email=TECHNICAL,
        shows_phone=TECHNICAL,
        shows_town=TECHNICAL,
        shows_birth_date=TECHNICAL,
        shows_done=TECHNICAL,
        changed_at=counted(_("when your CV was changed last")),
    )
    classify(
        "intake.CvEntry",
        person=counted(),
        kind=counted(_("which part of your CV")),
        title=erased(FieldKind.FREE_TEXT, _("what stands in your CV")),
        place=erased(FieldKind.FREE_TEXT, _("where it was")),
        began=counted(_("from the year")),
        ended=counted(_("to the year")),
        text=erased(FieldKind.FREE_TEXT, _("what you did there")),
        level=counted(_("how well you speak it")),
        added_by=STAFF,
        added_at=TECHNICAL,
    )
