"""Message catalogues, one per room, with Babel alone: no GNU gettext on the machine.

A room's catalogue holds the texts of its Python files and of templates/<room>/;
texts of templates that belong to no room (layouts, components) are migwork's.
Catalogues are sorted and carry no dates and no line numbers, so that the work of
several people merges without conflicts.
"""

import io
import warnings
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Folders of templates/ that carry another name than their room.
HOMES = {"account": "accounts", "mfa": "accounts"}
SUFFIXES = {".html", ".txt", ".svg"}
HEADER = """\
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def rooms() -> dict[str, Path]:
    """Each room's label and folder."""
    return {config.label: Path(config.path) for config in apps.get_app_configs() if config.name in settings.ROOMS}


def languages() -> list[str]:
    """The languages that need a catalogue: all but English, in which the texts are written."""
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def path(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(room: Path, language: str) -> Catalog:
    file = path(room, language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def texts(label: str, room: Path) -> Catalog:
    """What `room` says, untranslated."""
    found = Catalog()
    for file in sorted(room.rglob("*.py")):
        if "migrations" not in file.parts:
            _collect(found, file.read_bytes())
    for file in _templates(label):
        with warnings.catch_warnings(action="error"):
            calls = templatize(file.read_text(), origin=str(file))
        # Without indentation: what surrounds the calls is no Python.
        _collect(found, "\n".join(line.strip() for line in calls.splitlines()).encode())
    return found


def _collect(catalogue, source: bytes):
    for _line, message, comments, context in extract(
        "python", io.BytesIO(source), keywords=KEYWORDS, comment_tags=["Translators:"]
    ):
        catalogue.add(message, context=context, auto_comments=comments)


def _templates(label):
    labels = rooms()
    for file in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if file.suffix in SUFFIXES:
            top = file.relative_to(settings.BASE_DIR / "templates").parts[0]
            home = HOMES.get(top, top)
            if label == (home if home in labels else "migwork"):
                yield file


def merge(found: Catalog, *known: Catalog, language: str) -> Catalog:
    """The texts of `found` with the first translation that the `known` catalogues have."""
    merged = Catalog(locale=language)
    for message in _messages(found):
        old = next((m for c in known if (m := c.get(message.id, message.context)) and is_translated(m)), None)
        merged.add(
            message.id,
            old.string if old else "",
            context=message.context,
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            flags=old.flags if old else (),
        )
    return merged


def write(catalogue: Catalog, room: Path):
    """Write the catalogue of `room`; none where there is nothing to say."""
    file = path(room, str(catalogue.locale))
    if not len(catalogue):
        file.unlink(missing_ok=True)
        return
    body = io.BytesIO()
    write_po(body, catalogue, no_location=True, omit_header=True, sort_output=True, width=0)
    file.parent.mkdir(parents=True, exist_ok=True)
    header = HEADER.format(language=catalogue.locale, plural_forms=catalogue.plural_forms)
    file.write_text(header + body.getvalue().decode().lstrip("\n"))


def compile_all() -> int:
    """Write the .mo beside each .po; how many there were."""
    count = 0
    for language in languages():
        for room in rooms().values():
            file = path(room, language)
            if file.exists():
                with file.with_suffix(".mo").open("wb") as stream:
                    write_mo(stream, read(room, language))
                count += 1
    return count


def update(only=()) -> list[str]:
    """Bring every catalogue (or those of `only`) to what the sources say, translations kept; what is still to do."""
    missing = []
    for language in languages():
        old = {label: read(room, language) for label, room in rooms().items()}
        for label, room in rooms().items():
            if only and label not in only:
                continue
            merged = merge(texts(label, room), old[label], *old.values(), language=language)
            write(merged, room)
            missing += [f"{label} ({language}): {_name(m)}" for m in _messages(merged) if not is_translated(m)]
    return missing


def faults() -> list[str]:
    """What is wrong with the catalogues as they lie there, a line each."""
    lines, meanings = [], {}
    for language in languages():
        for label, room in rooms().items():
            found, stored = texts(label, room), read(room, language)
            for message in _messages(found):
                translation = stored.get(message.id, message.context)
                if translation is None or not is_translated(translation):
                    lines.append(f"{label} ({language}): not translated: {_name(message)}")
            for message in _messages(stored):
                lines += [f"{label} ({language}): {fault}" for fault in _faults_of(message, found)]
                meanings.setdefault((language, message.context, message.id), {})[label] = message.string
    for (language, _context, text), by_room in meanings.items():
        if len({str(string) for string in by_room.values()}) > 1:
            lines.append(f"{', '.join(by_room)} ({language}): translated in different ways: {text}")
    return lines


def _faults_of(message: Message, found: Catalog):
    if message.fuzzy:
        yield f"fuzzy: {_name(message)}"
    if found.get(message.id, message.context) is None:
        yield f"no longer used: {_name(message)}"
    for error in message.check():
        yield f"{error}: {_name(message)}"


def _messages(catalogue):
    return [message for message in catalogue if message.id]


def is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return bool(strings) and all(strings)


def _name(message):
    return message.id if isinstance(message.id, str) else message.id[0]
