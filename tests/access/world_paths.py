"""What the access table's world holds of accompanied paths."""

from datetime import timedelta

from django.utils import timezone

from tests import factories


def make(*, participation, operator, organisation) -> dict:
    """A path back to study on which `operator` goes along, and one of the same person that ended long ago."""
    study = factories.AccompaniedPathFactory(
        participation=participation, companion=operator, organisation=organisation, began_by=operator
    )
    talk = factories.PathTalkFactory(path=study, arranged_by=operator)
    factories.PathTalkFactory(path=study, arranged_by=operator, said="Si parte.", held_by=operator, held_at=talk.at)
    factories.PathStepFactory(path=study, title="Pagare la tassa", added_by=operator, talk=talk)
    ended = factories.AccompaniedPathFactory(
        participation=participation,
        state="ended",
        outcome="enrolled",
        outcome_on=timezone.localdate() - timedelta(days=10),
        began_by=operator,
        ended_at=timezone.now(),
        ended_by=operator,
    )
    abroad = factories.AccompaniedPathFactory(
        participation=participation, kind="stay", state="under_way", began_by=operator
    )
    factories.StayFactory(path=abroad)
    learnt = factories.SkillLabelFactory().skill
    factories.LearntSkillFactory(path=abroad, skill=learnt, added_by=operator)
    venture = factories.AccompaniedPathFactory(
        participation=participation,
        kind="venture",
        companion=operator,
        organisation=organisation,
        began_by=participation.person.user,
    )
    factories.IdeaSheetFactory(path=venture, changed_by=operator)
    return {
        "venture_path": venture,
        "stay_path": abroad,
        "learnt": learnt,
        "path": study,
        "path_step": factories.PathStepFactory(
            path=study, added_by=operator, code="id_card", title="", kind="document"
        ),
        "path_talk": talk,
        "path_check": factories.PathCheckFactory(path=ended, due_on=timezone.localdate() + timedelta(days=170)),
        "study_option": factories.StudyOptionFactory(path=study, added_by=operator),
    }


def more(here) -> None:
    """One more of everything on the path that is there."""
    talk = factories.PathTalkFactory(
        path=here.path, arranged_by=here.operator, said="Bene.", held_by=here.operator, held_at=timezone.now()
    )
    factories.PathStepFactory(path=here.path, title="Altro", added_by=here.operator, talk=talk)
    factories.StudyOptionFactory(path=here.path, added_by=here.operator)
    factories.LearntSkillFactory(path=here.stay_path, skill=factories.SkillLabelFactory().skill, added_by=here.operator)
