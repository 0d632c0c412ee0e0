"""When a young person is asked about an activity, and what is read from the answers. Rules alone: no rows, no pages."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy

from foundation.questionnaires.enums import QuestionKind
from pathways.enums import TAKING_PART, AskedMoment, EnrolmentState, RunState

SKILLS, OPINION = "soft-skills", "activity-opinion"
FORMS = {AskedMoment.ENTRY: SKILLS, AskedMoment.EXIT: SKILLS, AskedMoment.OPINION: OPINION}
# How much a sentence is about me: what "before" and "after" are compared by.
SCALE = ("1", "2", "3", "4")
OVERALL = ("great", "good", "so_so", "bad")
MUCH = ("much", "quite", "little", "not")
# One may look at oneself a week ahead; after half of the activity, two weeks at most, it is no beginning any more.
AHEAD = timedelta(days=7)
BEGINNING = timedelta(days=14)
# After that nobody remembers how it was.
AFTERWARDS = timedelta(days=60)

_COMPARED = gettext_lazy("Its answers are compared before and after an activity.")
_COUNTED = gettext_lazy("Its answers are counted in the results of activities.")
# What a new version of the forms must keep.
RULES = {
    SKILLS: dict.fromkeys(
        ("together", "speaking", "asking", "keeping", "problems", "critics", "strengths"),
        (frozenset(SCALE), _COMPARED),
    ),
    OPINION: {
        "overall": (frozenset(OVERALL), _COUNTED),
        "useful": (frozenset(MUCH), _COUNTED),
        "welcome": (frozenset(MUCH), _COUNTED),
        "again": (frozenset(), _COUNTED),
    },
}


def questions_counted(key: str) -> dict:
    """For foundation.questionnaires.hooks.read_by_rules: what must stay in the forms about activities."""
    return RULES.get(key, {})


def entry_days(run) -> tuple[date, date]:
    """From when until when one says how one sees oneself at the beginning."""
    half = timedelta(days=(run.ends_on - run.starts_on).days // 2)
    return run.starts_on - AHEAD, run.starts_on + min(half, BEGINNING)


def moments_open(enrolment, on: date, *, was_there: bool, has_begun: bool) -> list[AskedMoment]:
    """What one can answer on this day, in order.

    Who never came is not asked how it was; who said nothing at the beginning (`has_begun`) is not asked about
    themselves at the end, for there is nothing to compare.
    """
    run, ended = enrolment.run, enrolment.ended_at is not None
    if run.state == RunState.CANCELLED or enrolment.state not in TAKING_PART:
        return []
    took_part = was_there or enrolment.state == EnrolmentState.COMPLETED
    if took_part and (ended or run.ends_on <= on) and on <= run.ends_on + AFTERWARDS:
        return [AskedMoment.EXIT, AskedMoment.OPINION] if has_begun else [AskedMoment.OPINION]
    first, last = entry_days(run)
    if enrolment.state == EnrolmentState.ENROLLED and first <= on <= last:
        return [AskedMoment.ENTRY]
    return []


def counted_answers(definition: dict, answers: dict) -> dict:
    """Of all answers of a form those that are chosen, and so can be counted: {question: answer}."""
    kinds = {q["key"]: q["kind"] for section in definition["sections"] for q in section["questions"]}
    given = {key: value for section in answers.values() for key, value in section.items()}
    return {key: value for key, value in given.items() if kinds.get(key) in (QuestionKind.CHOICE, QuestionKind.YES_NO)}


def scaled_questions(definition: dict) -> list[dict]:
    """The questions that are answered on the scale, in order."""
    questions = (q for section in definition["sections"] for q in section["questions"])
    return [q for q in questions if {o["value"] for o in q.get("options", [])} == set(SCALE)]
