"""Filling in a questionnaire, section by section. Who may is decided by the room whose talk it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.questionnaires.models import AnswerSheet, Questionnaire
from foundation.questionnaires.queries import EMPTY, section_of, state_of
from migwork.errors import NotNow
from migwork.prepared import Prepared, update


class Conflict(Exception):
    """The section was saved from elsewhere since `version`; here is what is stored now."""

    def __init__(self, stored_answers: dict, stored_version: int):
        super().__init__(stored_version)
        self.stored_answers = stored_answers
        self.stored_version = stored_version


def start_sheet(*, questionnaire: Questionnaire, now: datetime) -> AnswerSheet:
    """An empty sheet of this version of the form."""
    return AnswerSheet.objects.create(questionnaire=questionnaire, started_at=now, saved_at=now)


# Each pause while one types comes by here.
_locked = Prepared(lambda pk: AnswerSheet.objects.select_for_update().filter(pk=pk))


def _locked_row(sheet: AnswerSheet) -> AnswerSheet:
    stored = _locked.first(pk=sheet.pk)
    # A sheet never changes its form: the one that was read with it need not be read again.
    stored.questionnaire = sheet.questionnaire
    return stored


def _open_row(sheet: AnswerSheet) -> AnswerSheet:
    stored = _locked_row(sheet)
    if stored.locked_at:
        raise NotNow(_("This form is closed: its answers stay as they are."), code="locked")
    return stored


@transaction.atomic(savepoint=False)
def save_section(*, sheet: AnswerSheet, section: str, answers: dict, version: int, now: datetime) -> int:
    """Store the answers of `section`, which were begun from its stored `version`; the new version.

    Raises Conflict when somebody saved other answers meanwhile (the same again is no conflict:
    a double click), NotNow when the sheet is locked, KeyError for a section or a question that the form lacks.
    The same answers make no new version: who only looked disturbs nobody who writes.
    What it refuses undoes all of the transaction in which it is called.
    """
    stored = _open_row(sheet)
    definition = section_of(stored.questionnaire, section)
    if unknown := answers.keys() - {question["key"] for question in definition["questions"]}:
        raise KeyError(unknown.pop())
    answers = {key: value for key, value in answers.items() if value not in EMPTY}
    stored_answers = stored.answers.get(section, {})
    stored_version = stored.marks.get(section, {}).get("version", 0)
    if version != stored_version:
        if answers != stored_answers:
            raise Conflict(stored_answers, stored_version)
    elif answers != stored_answers or section not in stored.marks:
        changed = answers != stored_answers
        stored.answers[section] = answers
        stored.marks[section] = {"version": version + changed, "state": state_of(definition, answers)}
        stored.saved_at = now
        update(stored, "answers", "marks", "saved_at")
    sheet.answers, sheet.marks, sheet.saved_at = stored.answers, stored.marks, stored.saved_at
    return stored.marks[section]["version"]


@transaction.atomic(savepoint=False)
def view_section(*, sheet: AnswerSheet, section: str) -> bool:
    """Note that somebody had `section` before them; whether that is new. Nothing else changes, no version either."""
    stored = _open_row(sheet)
    sheet.marks = stored.marks
    definition = section_of(stored.questionnaire, section)
    if section in stored.marks:
        return False
    stored.marks[section] = {"version": 0, "state": state_of(definition, {})}
    update(stored, "marks")
    return True


@transaction.atomic
def lock_sheet(*, sheet: AnswerSheet, now: datetime) -> None:
    """Close the sheet for ever. Closing it twice keeps the first moment."""
    stored = _locked_row(sheet)
    if stored.locked_at is None:
        stored.locked_at = now
        stored.save(update_fields=["locked_at"])
    sheet.locked_at = stored.locked_at


@transaction.atomic
def load_questionnaire(*, key: str, title: dict, definition: dict, now: datetime) -> tuple[Questionnaire, bool]:
    """Publish a form; and whether anything changed. The same again changes nothing.

    A form that was answered is never changed: other words are a new version. One that coordinators have published
    in the portal is theirs: the file that comes with an upgrade does not undo their work.
    """
    newest = Questionnaire.objects.select_for_update().filter(key=key).order_by("-version").first()
    if newest and newest.published_by_id:
        return newest, False
    if newest and (newest.title, newest.definition) == (title, definition):
        return newest, False
    if newest and not newest.sheets.exists():
        newest.title, newest.definition, newest.published_at = title, definition, now
        newest.save(update_fields=["title", "definition", "published_at"])
        return newest, True
    version = newest.version + 1 if newest else 1
    questionnaire = Questionnaire.objects.create(
        key=key, version=version, title=title, definition=definition, published_at=now
    )
    return questionnaire, True
