"""An interview, and what follows from it."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from accounts.queries.special import special_rules_for as rules_for
from foundation.questionnaires.queries import HEAVY, kept, section_of, words
from intake.models import Interview, InterviewAddendum, InterviewSummary, sees_everybody
from intake.situations import OCCUPATION, SINCE, TITLE, Derived, derive
from migwork.prepared import Prepared


def interview_for(user, pk) -> Interview | None:
    """An interview with all that its pages show; None if `user` may not see it."""
    if sees_everybody(user):
        interview = _interview.first(pk=pk)
    else:
        interview = _with_all(Interview.objects.visible_to(user).filter(pk=pk)).first()
    if interview:
        interview.sheet.questionnaire = kept(interview.sheet.questionnaire)
    return interview


def _with_all(rows):
    known = (f"sheet__questionnaire__{name}" for name in HEAVY)
    return rows.select_related("participation__person", "sheet__questionnaire", "by").defer("by__password", *known)


_interview = Prepared(lambda pk: _with_all(Interview.objects.filter(pk=pk)))


def addenda_of(interview: Interview) -> list[InterviewAddendum]:
    """What was added after the interview was closed, oldest first."""
    return list(interview.addenda.select_related("by")) if interview.completed_at else []


def known_of(person) -> dict:
    """Answers that the person's record holds already: they are not asked twice, only looked at again."""
    known = {OCCUPATION: person.employment, TITLE: person.education}
    return {key: value for key, value in known.items() if value}


def special_rules_for(person) -> list[str]:
    """What rules ask of this person that the law protects: the names of the rules, as people read them."""
    return [words(rule.name, get_language() or "it") for rule in rules_for(person)]


def answers_by_question(sheet) -> dict:
    """All answers of a sheet by the key of their question, whatever section it stands in."""
    return {key: answer for answers in sheet.answers.values() for key, answer in answers.items()}


def derived_from(interview: Interview, *, on, section: str = "") -> list[Derived]:
    """What follows from the answers, for the whole interview or for the questions of one section.

    Of a closed interview: as it was on the day it was closed.
    """
    sheet, person = interview.sheet, interview.participation.person
    if interview.completed_at:
        on = timezone.localdate(interview.completed_at)
    asked = _questions(sheet, section)
    if OCCUPATION not in asked:
        return []
    return derive(answers_by_question(sheet), age=person.age_on(on), on=on)


def summary_of(interview: Interview) -> InterviewSummary | None:
    """What was handed over of it, or None."""
    return InterviewSummary.objects.filter(interview=interview).select_related("document").first()


def summaries_of_way(participation) -> QuerySet[InterviewSummary]:
    """What the young person was handed of their interviews, for a condition in another query."""
    return InterviewSummary.objects.filter(interview__participation=participation).exclude(document__file="")


def summaries_of(participation) -> list[InterviewSummary]:
    """The same to be shown, latest first."""
    return _summaries(participation=participation.pk) if participation.may_have("summaries") else []


_summaries = Prepared(
    lambda participation: (
        summaries_of_way(participation).select_related("document").only("interview", "document__title").order_by("-at")
    )
)


def derived_after(names) -> str:
    """Below which of these questions it stands what follows from them: the last one that it follows from."""
    return ([""] + [name for name in names if name in (OCCUPATION, SINCE)])[-1]


def _questions(sheet, section) -> set[str]:
    if section:
        parts = [section_of(sheet.questionnaire, section)]
    else:
        parts = sheet.questionnaire.definition["sections"]
    return {question["key"] for part in parts for question in part["questions"]}
