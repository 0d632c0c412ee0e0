"""Reading questionnaires and answers."""

from datetime import date
from functools import lru_cache

from django.db.models import Count
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from foundation.questionnaires import hooks
from foundation.questionnaires.definitions import fingerprint
from foundation.questionnaires.enums import QuestionKind, SectionState
from foundation.questionnaires.models import AnswerSheet, Questionnaire, QuestionnaireDraft

EMPTY = (None, "", [])


def current(key: str) -> Questionnaire:
    """The newest version of the form `key`. Questionnaire.DoesNotExist when it was never loaded."""
    return Questionnaire.objects.filter(key=key).order_by("-version")[:1].get()


# What `kept` brings along: whoever reads sheets with their form may leave these columns out.
HEAVY = ("title", "definition")


def kept(questionnaire: Questionnaire) -> Questionnaire:
    """This version of a form as it was read once in this process: to be read, never changed.

    Versions that were answered stay as they are. Until then one may be published anew, at another moment.
    """
    return _read_once(questionnaire.pk, questionnaire.published_at)


@lru_cache(maxsize=64)
def _read_once(pk, published_at):
    return Questionnaire.objects.get(pk=pk)


def forms_in_use() -> list[Questionnaire]:
    """The newest version of each form, with `answered` (how often this version was) and `draft` (or None)."""
    rows = Questionnaire.objects.order_by("key", "-version").distinct("key").select_related("published_by")
    answered = dict(
        Questionnaire.objects.filter(pk__in=rows.values("pk")).values_list("pk").annotate(many=Count("sheets"))
    )
    drafts = {draft.key: draft for draft in QuestionnaireDraft.objects.select_related("changed_by")}
    found = list(rows)
    for row in found:
        row.answered, row.draft = answered[row.pk], drafts.get(row.key)
    return found


def words(text, language: str) -> str:
    """`text` ({"it": …, "en": …}) in `language`, else in the first language it has; "" for none."""
    if not text:
        return ""
    return text.get(language) or text.get(language.split("-")[0]) or next(iter(text.values()))


def section_of(questionnaire: Questionnaire, key: str) -> dict:
    """The definition of one section. KeyError when the form has none of that name."""
    for section in questionnaire.definition["sections"]:
        if section["key"] == key:
            return section
    raise KeyError(key)


def state_of(section: dict, answers: dict) -> SectionState:
    """What a section is once somebody had it before them: complete when all that is required is answered.

    Where nothing is required, when something is answered.
    """
    given = {q["key"] for q in section["questions"] if answers.get(q["key"]) not in EMPTY}
    required = {q["key"] for q in section["questions"] if q.get("required")}
    if not given:
        return SectionState.VIEWED
    return SectionState.COMPLETE if required <= given else SectionState.INCOMPLETE


def states(sheet: AnswerSheet, language: str) -> list[dict]:
    """The sections of the sheet's form, in order, without their questions.

    Each is {"key", "title", "intro", "state", "state_label", "version"}.
    """
    result = []
    for section in sheet.questionnaire.definition["sections"]:
        mark = sheet.marks.get(section["key"], {})
        state = SectionState(mark.get("state", SectionState.NOT_STARTED))
        result.append(
            {
                "key": section["key"],
                "title": words(section["title"], language),
                "intro": words(section.get("intro"), language),
                "state": state.value,
                "state_label": state.label,
                "version": mark.get("version", 0),
            }
        )
    return result


def sections(sheet: AnswerSheet, language: str) -> list[dict]:
    """As `states`, each with its "questions" and what was answered.

    Each question is {"key", "kind", "label", "hint", "required", "answer" (as stored), "shown" (as read)}.
    """
    result = states(sheet, language)
    for row, section in zip(result, sheet.questionnaire.definition["sections"], strict=True):
        answers = sheet.answers.get(section["key"], {})
        row["questions"] = [_answered(question, answers, language) for question in section["questions"]]
    return result


def shareable(sheet: AnswerSheet, language: str) -> list[dict]:
    """As `sections`, but only those that may be handed to who answered, and in them only what was answered."""
    marked = {section["key"] for section in sheet.questionnaire.definition["sections"] if section.get("for_person")}
    found = [row for row in sections(sheet, language) if row["key"] in marked]
    for row in found:
        row["questions"] = [question for question in row["questions"] if question["shown"]]
    return [row for row in found if row["questions"]]


def _answered(question: dict, answers: dict, language: str) -> dict:
    answer = answers.get(question["key"])
    return {
        "key": question["key"],
        "kind": question["kind"],
        "label": words(question["label"], language),
        "hint": words(question.get("hint"), language),
        "required": bool(question.get("required")),
        "answer": answer,
        "shown": shown(question, answer, language),
    }


def outline(form, language: str) -> list[dict]:
    """A form or its draft to read: sections with title, intro, `for_person`, `seen` and questions.

    Each question has its label, hint, the word of its kind, options, `seen`, and `rule`: the sentence why it must stay.
    """
    rules = rules_on(form.key)
    return [
        {
            "key": section["key"],
            "title": words(section["title"], language),
            "intro": words(section.get("intro"), language),
            "for_person": section.get("for_person", False),
            "seen": fingerprint(section),
            "questions": [_outlined(question, rules, language) for question in section["questions"]],
        }
        for section in form.definition["sections"]
    ]


def _outlined(question, rules, language) -> dict:
    return {
        "key": question["key"],
        "label": words(question["label"], language),
        "hint": words(question.get("hint"), language),
        "kind": QuestionKind(question["kind"]).label,
        "required": bool(question.get("required")),
        "options": [words(option["label"], language) for option in question.get("options", [])],
        "seen": fingerprint(question),
        "rule": rules.get(question["key"], (None, ""))[1],
    }


def rules_on(key: str) -> dict[str, tuple]:
    """The questions of the form `key` that rules read: their key, the answers that must stay, and what for."""
    found = {}
    for questions in hooks.read_by_rules.call(key=key):
        found |= questions
    return found


def shown(question: dict, answer, language: str) -> str:
    """`answer` as people read it; "" while there is none."""
    if answer in EMPTY:
        return ""
    labels = {option["value"]: words(option["label"], language) for option in question.get("options", [])}
    match question["kind"]:
        case QuestionKind.CHOICE:
            return labels.get(answer, answer)
        case QuestionKind.CHOICES:
            return ", ".join(labels.get(value, value) for value in answer)
        case QuestionKind.YES_NO:
            return _("Yes") if answer == "yes" else _("No")
        case QuestionKind.DATE:
            return date_format(answer if isinstance(answer, date) else parse_date(answer))
        case QuestionKind.NUMBER:
            return localize(answer)
    return answer


def is_complete(sheet: AnswerSheet) -> bool:
    """Whether every section that requires something is complete."""
    return not unfinished(sheet, "it")


def unfinished(sheet: AnswerSheet, language: str) -> list[str]:
    """The titles of the sections in which something required is missing."""
    missing = []
    for section in sheet.questionnaire.definition["sections"]:
        if any(q.get("required") for q in section["questions"]):
            state = sheet.marks.get(section["key"], {}).get("state")
            if state != SectionState.COMPLETE:
                missing.append(words(section["title"], language))
    return missing
