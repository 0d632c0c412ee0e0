"""Questionnaires as readable TOML files: read, checked, told what is wrong and where."""

import re
import tomllib
from pathlib import Path

from foundation.questionnaires.definitions import RESERVED
from foundation.questionnaires.enums import WITH_OPTIONS, QuestionKind

KEY = re.compile(r"[a-z][a-z0-9_]*\Z")


class WrongFile(ValueError):
    """The file cannot be used; the text says where and why."""


def read(path: Path) -> tuple[str, dict, dict]:
    """(key, title, definition) of the file, checked."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongFile(f"{path.name}: {error}") from error
    _only(data, {"key", "title", "sections"}, path.name)
    sections = data.get("sections")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", str(data.get("key", ""))):
        raise WrongFile(f"{path.name}: key: small letters, digits and hyphens")
    _words(data.get("title"), f"{path.name}: title")
    if not sections:
        raise WrongFile(f"{path.name}: there are no [[sections]]")
    _unique(sections, path.name)
    for section in sections:
        _check_section(section, f"{path.name}: section {section['key']}")
    return data["key"], data["title"], {"sections": sections}


def _check_section(section: dict, where: str) -> None:
    _only(section, {"key", "title", "intro", "questions", "for_person"}, where)
    if not isinstance(section.get("for_person", False), bool):
        raise WrongFile(f"{where}: for_person is true or false")
    _words(section.get("title"), f"{where}: title")
    if "intro" in section:
        _words(section["intro"], f"{where}: intro")
    if not section.get("questions"):
        raise WrongFile(f"{where}: there are no questions")
    _unique(section["questions"], where)
    for question in section["questions"]:
        check_question(question, f"{where}, question {question['key']}")


def check_question(question: dict, where: str) -> None:
    """WrongFile when a question lacks something or says too much; `where` begins the sentence."""
    _only(question, {"key", "kind", "label", "hint", "required", "options"}, where)
    _words(question.get("label"), f"{where}: label")
    if "hint" in question:
        _words(question["hint"], f"{where}: hint")
    if question.get("kind") not in QuestionKind.values:
        raise WrongFile(f"{where}: kind is one of {', '.join(QuestionKind.values)}")
    if not isinstance(question.get("required", False), bool):
        raise WrongFile(f"{where}: required is true or false")
    options = question.get("options", [])
    if bool(options) != (question["kind"] in WITH_OPTIONS):
        raise WrongFile(f"{where}: options belong to choice and choices, and to no other kind")
    values = [option.get("value") for option in options]
    if len(set(values)) != len(values) or not all(isinstance(value, str) and value for value in values):
        raise WrongFile(f"{where}: each option needs its own value")
    for option in options:
        _only(option, {"value", "label"}, where)
        _words(option.get("label"), f"{where}: option {option['value']}: label")


def _words(text, where: str) -> None:
    if not isinstance(text, dict) or not text.get("it") or not all(isinstance(t, str) for t in text.values()):
        raise WrongFile(f'{where}: words by language, such as {{ it = "…", en = "…" }}; Italian is needed')


def _unique(items: list[dict], where: str) -> None:
    keys = [item.get("key") for item in items]
    for key in keys:
        if not isinstance(key, str) or not KEY.match(key) or key in RESERVED:
            raise WrongFile(f"{where}: “{key}” is no key: small letters, digits and underscores")
        if keys.count(key) > 1:
            raise WrongFile(f"{where}: the key “{key}” is used twice")


def _only(data: dict, known: set[str], where: str) -> None:
    if unknown := data.keys() - known:
        raise WrongFile(f"{where}: unknown: {', '.join(sorted(unknown))}")
