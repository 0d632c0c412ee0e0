"""Writing the next version of a form, part by part, by several people at once. Published forms are never changed."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from foundation.questionnaires import files, hooks
from foundation.questionnaires.definitions import fingerprint, key_from, keys_in, part_of, problems
from foundation.questionnaires.models import Questionnaire, QuestionnaireDraft
from foundation.questionnaires.queries import rules_on, words
from migwork.errors import NotNow


class ChangedMeanwhile(Exception):
    """Somebody else has changed this part since it was read; `stored` is how it stands now, None when it is gone."""

    def __init__(self, stored: dict | None):
        super().__init__()
        self.stored = stored


def _check(by, key: str) -> None:
    if not any(hooks.may_edit.call(user=by, key=key)):
        raise PermissionDenied


@transaction.atomic
def start_draft(*, key: str, by, now: datetime) -> QuestionnaireDraft:
    """Begin the next version of the form `key` as a copy of the current one, or go on with the one begun already."""
    _check(by, key)
    # The row of the form is the lock: two who begin at once write the same draft.
    newest = Questionnaire.objects.select_for_update().filter(key=key).order_by("-version").first()
    if newest is None:
        raise NotNow(_("There is no such form."), code="no_form")
    draft = QuestionnaireDraft.objects.filter(key=key).first()
    if draft is None:
        draft = QuestionnaireDraft.objects.create(
            key=key, title=newest.title, definition=newest.definition, based_on=newest, changed_at=now, changed_by=by
        )
        record(verb="questionnaires.draft_started", by=by, now=now, on=draft)
    return draft


def _change(draft, change: Callable[[QuestionnaireDraft], list[str]], by, now) -> QuestionnaireDraft:
    """Let `change` alter the stored draft; it returns the keys of what it altered."""
    _check(by, draft.key)
    stored = _stored(draft)
    touched = change(stored)
    stored.revision += 1
    stored.changed_at, stored.changed_by = now, by
    stored.save(update_fields=["title", "definition", "revision", "changed_at", "changed_by"])
    record(verb="questionnaires.draft_changed", by=by, now=now, on=stored, fields=touched)
    return stored


def _stored(draft) -> QuestionnaireDraft:
    stored = QuestionnaireDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if stored is None:
        raise NotNow(_("This draft was published or thrown away meanwhile: begin a new one."), code="gone")
    return stored


def _find(draft, section, question="") -> dict | None:
    try:
        return part_of(draft.definition, section, question)
    except KeyError:
        return None


def _seen(stored: dict | None, seen: str) -> dict:
    """The stored part, if it is still as the writer had read it."""
    if stored is None or fingerprint(stored) != seen:
        raise ChangedMeanwhile(stored)
    return stored


@transaction.atomic
def write_title(*, draft, title: dict, seen: str, by, now: datetime) -> QuestionnaireDraft:
    """Reword the name of the form. `seen` is the fingerprint of {"title": …} as it was read."""

    def change(stored):
        _seen({"title": stored.title}, seen)
        stored.title = title
        return ["title"]

    return _change(draft, change, by, now)


@transaction.atomic
def write_section(*, draft, section: str = "", values: dict, seen: str = "", by, now: datetime) -> str:
    """Write a section's title, intro and whether it is for the person, or with no `section` add one; its key."""
    key = section

    def change(stored):
        nonlocal key
        if section:
            written = _seen(_find(stored, section), seen)
            fresh = {"key": section, **values, "questions": written["questions"]}
            written.clear()
            written.update(fresh)
        else:
            key = key_from(values["title"]["it"], _taken(stored))
            stored.definition["sections"].append({"key": key, **values, "questions": []})
        return [key]

    _change(draft, change, by, now)
    return key


@transaction.atomic
def write_question(
    *, draft, section: str, question: str = "", to: str = "", values: dict, seen: str = "", by, now: datetime
) -> str:
    """Write a question, or with no `question` add one; its key. With `to` it goes to the end of another section.

    Options without a value get one of their own; the others keep theirs, by which answers are known.
    """
    key = question

    def change(stored):
        nonlocal key
        home = _find(stored, section)
        if home is None:
            raise ChangedMeanwhile(None)
        if question:
            written = _seen(_find(stored, section, question), seen)
            fresh = {"key": question, **values, "options": _options(values.get("options", []))}
            _keep_what_rules_read(stored.key, written, fresh)
            written.clear()
            written.update(fresh)
        else:
            key = key_from(values["label"]["it"], _taken(stored))
            written = {"key": key, **values, "options": _options(values.get("options", []))}
            home["questions"].append(written)
        files.check_question(written, key)
        if to and to != section:
            target = _find(stored, to)
            if target is None:
                raise ChangedMeanwhile(None)
            home["questions"].remove(written)
            target["questions"].append(written)
        return [key]

    _change(draft, change, by, now)
    return key


def _options(options: list[dict]) -> list[dict]:
    taken = {option["value"] for option in options if option.get("value")}
    result = []
    for option in options:
        value = option.get("value") or key_from(option["label"]["it"], taken)
        taken.add(value)
        result.append({"value": value, "label": option["label"]})
    return result


def _taken(stored) -> set[str]:
    """Keys that were ever used in this form: one that was taken out must not come back as something else."""
    used = keys_in(stored.definition)
    for definition in Questionnaire.objects.filter(key=stored.key).values_list("definition", flat=True):
        used |= keys_in(definition)
    return used


def _keep_what_rules_read(key, written, fresh) -> None:
    if written["key"] not in (rules := rules_on(key)):
        return
    values, why = rules[written["key"]]
    if fresh["kind"] != written["kind"]:
        sentence = _("How this question is answered cannot be changed: %(why)s")
        raise NotNow(sentence % {"why": why}, code="rule")
    if values - {option["value"] for option in fresh["options"]}:
        sentence = _("The answers of this question can be reworded, not taken out: %(why)s")
        raise NotNow(sentence % {"why": why}, code="rule")


@transaction.atomic
def move_part(*, draft, section: str, question: str = "", steps: int, by, now: datetime) -> QuestionnaireDraft:
    """Move a section among the sections, or a question within its section, by `steps` (-1: one up)."""

    def change(stored):
        parts = stored.definition["sections"]
        if question:
            home = _find(stored, section)
            parts = home["questions"] if home else []
        keys = [part["key"] for part in parts]
        wanted = question or section
        if wanted not in keys:
            raise ChangedMeanwhile(None)
        here = keys.index(wanted)
        parts.insert(max(0, here + steps), parts.pop(here))
        return [wanted]

    return _change(draft, change, by, now)


@transaction.atomic
def take_out(*, draft, section: str, question: str = "", seen: str, by, now: datetime) -> QuestionnaireDraft:
    """Take a question, or a section without questions, out of the next version. Old interviews keep it.

    What a rule reads stays.
    """

    def change(stored):
        part = _seen(_find(stored, section, question), seen)
        if part.get("questions"):
            raise NotNow(_("Take its questions out first, or move them to another section."), code="full")
        if question and (rule := rules_on(stored.key).get(question)):
            raise NotNow(_("This question can be moved and reworded, not taken out: %s") % rule[1], code="rule")
        home = _find(stored, section)["questions"] if question else stored.definition["sections"]
        home.remove(part)
        return [part["key"]]

    return _change(draft, change, by, now)


@transaction.atomic
def publish_draft(*, draft, revision: int, by, now: datetime) -> Questionnaire:
    """Make the draft the version that is used from now on. What was begun on an older one goes on with that.

    `revision` is the one that was read: nobody publishes what somebody else has just written.
    """
    _check(by, draft.key)
    stored = _stored(draft)
    if stored.revision != revision:
        raise NotNow(
            _("Somebody has changed the draft since you opened this page: read it again, then publish."), code="changed"
        )
    wrong = problems(stored.definition, lambda text: words(text, get_language() or "it"))
    if wrong:
        raise NotNow(" ".join(wrong), code="unfinished")
    newest = Questionnaire.objects.select_for_update().filter(key=stored.key).order_by("-version").first()
    if (newest.title, newest.definition) == (stored.title, stored.definition):
        raise NotNow(_("Nothing is different from the version in use."), code="same")
    questionnaire = Questionnaire.objects.create(
        key=stored.key,
        version=newest.version + 1,
        title=stored.title,
        definition=stored.definition,
        published_at=now,
        published_by=by,
    )
    stored.delete()
    record(verb="questionnaires.published", by=by, now=now, on=questionnaire)
    return questionnaire


@transaction.atomic
def drop_draft(*, draft, revision: int, by, now: datetime) -> None:
    """Throw the draft away, if nobody has written in it since it was read."""
    _check(by, draft.key)
    stored = _stored(draft)
    if stored.revision != revision:
        raise NotNow(
            _("Somebody has changed the draft since you opened this page: read it again first."), code="changed"
        )
    record(verb="questionnaires.draft_dropped", by=by, now=now, on=stored)
    stored.delete()
