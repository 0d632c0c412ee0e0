"""Forms as plain data: finding a part, naming it, telling two versions apart. Nothing here reads or writes rows."""

import hashlib
import json
import re

from django.utils.translation import gettext as _

from migwork.text import unaccented

RESERVED = frozenset({"version", "viewed", "stay", "csrfmiddlewaretoken"})
LONGEST_KEY = 40


def part_of(definition: dict, section: str, question: str = "") -> dict:
    """The section, or the question of it. KeyError when there is none of that key."""
    found = _by_key(definition["sections"], section)
    return _by_key(found["questions"], question) if question else found


def _by_key(parts: list[dict], key: str) -> dict:
    for part in parts:
        if part["key"] == key:
            return part
    raise KeyError(key)


def keys_in(definition: dict) -> set[str]:
    """The keys of all sections and questions."""
    sections = definition["sections"]
    return {s["key"] for s in sections} | {q["key"] for s in sections for q in s["questions"]}


def questions_in(definition: dict) -> dict[str, dict]:
    """All questions by their key."""
    return {question["key"]: question for section in definition["sections"] for question in section["questions"]}


def fingerprint(part: dict | None) -> str:
    """A short name of how a part is worded now; of a section without its questions. "" for one that is new."""
    if part is None:
        return ""
    own = {name: value for name, value in part.items() if name != "questions"}
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()[:16]


def key_from(words: str, taken) -> str:
    """A key made of `words` that is not among `taken`: answers keep it when the words are changed."""
    plain = re.sub(r"[^a-z0-9]+", "_", unaccented(words)).strip("_")[:LONGEST_KEY].strip("_")
    if not plain or not plain[0].isalpha():
        plain = f"k_{plain}".strip("_")
    key, number = plain, 1
    while key in taken or key in RESERVED:
        number += 1
        key = f"{plain}_{number}"
    return key


def problems(definition: dict, words) -> list[str]:
    """Why this form cannot be published yet, each in a sentence; `words` reads a label in the reader's language."""
    found = []
    if not definition["sections"]:
        found.append(_("There is no section yet: add one."))
    for section in definition["sections"]:
        if not section["questions"]:
            found.append(
                _("The section “%(title)s” has no question: add one or take the section out.")
                % {"title": words(section["title"])}
            )
    return found


def differences(old: dict, new: dict, words) -> list[str]:
    """What is different in `new`, each in a sentence, in its order; the title is the caller's."""
    told = []
    before, after = ({s["key"]: s for s in d["sections"]} for d in (old, new))
    for key, section in after.items():
        title = {"title": words(section["title"])}
        if key not in before:
            told.append(_("New section “%(title)s”") % title)
        elif fingerprint(section) != fingerprint(before[key]):
            told.append(_("Section “%(title)s” changed") % title)
    gone = (section for key, section in before.items() if key not in after)
    told += [_("Section “%(title)s” taken out") % {"title": words(section["title"])} for section in gone]
    told += _questions(questions_in(old), questions_in(new), words)
    if not told and old != new:
        told.append(_("The order changed"))
    return told


def _questions(before, after, words) -> list[str]:
    told = []
    for key, question in after.items():
        label = {"label": words(question["label"])}
        if key not in before:
            told.append(_("New question “%(label)s”") % label)
        elif question != before[key]:
            told.append(_("Question “%(label)s” changed") % label)
    gone = (question for key, question in before.items() if key not in after)
    return told + [_("Question “%(label)s” taken out") % {"label": words(question["label"])} for question in gone]
