"""Lists of skills as files: ESCO's official CSV, one a language, and the portal's own short list."""

import csv
import io
import re
import tomllib
from pathlib import Path

from django.utils.translation import gettext as _

from intake.actions import SkillEntry

COLUMNS = ("conceptUri", "preferredLabel", "altLabels", "description")
ESCO = "http://data.europa.eu/esco/skill/"
OWN = Path(__file__).parent / "skills.toml"
_LANGUAGE = re.compile(r"_([a-z]{2})\.csv$")
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")


class SkillFileError(Exception):
    """What is wrong with a file, and in which line."""


def language_of(path) -> str:
    """The language that the name of an official file tells ("skills_it.csv"), or ""."""
    found = _LANGUAGE.search(Path(path).name.lower())
    return found[1] if found else ""


def version_of(path) -> str:
    """The version that the official file's folder tells ("ESCO dataset - v1.2.0 - …"), or ""."""
    found = _VERSION.findall(str(Path(path).absolute()))
    return found[-1] if found else ""


def read_esco(text: str) -> list[SkillEntry]:
    """The skills of an official CSV; SkillFileError with line and reason."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found, line = {}, 1
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise SkillFileError(_wrong(1, _("these columns are missing: %s") % ", ".join(missing)))
        line = reader.line_num + 1
        for row in reader:
            entry = _entry(row, line)
            if entry is not None and found.setdefault(entry.uri, entry).label != entry.label:
                raise SkillFileError(_wrong(line, _("the address %s stands there twice") % entry.uri))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SkillFileError(_wrong(line, str(error))) from error
    if not found:
        raise SkillFileError(_wrong(2, _("there is no skill in it")))
    return list(found.values())


def _entry(row, line) -> SkillEntry | None:
    if None in row or None in row.values():
        raise SkillFileError(_wrong(line, _("it has not as many columns as the first line")))
    if row.get("status", "released") not in ("released", ""):
        return None
    uri, label = row["conceptUri"].strip(), " ".join(row["preferredLabel"].split())
    if not uri.startswith(ESCO) or len(uri) > 200:
        raise SkillFileError(_wrong(line, _("“%s” is no address of a skill of ESCO") % uri[:80]))
    if not label or len(label) > 300:
        raise SkillFileError(_wrong(line, _("the name (preferredLabel) is missing or too long")))
    if any("\x00" in value for value in row.values()):
        raise SkillFileError(_wrong(line, _("there is a sign in it that cannot be kept")))
    others = tuple(other.strip() for other in row["altLabels"].splitlines() if other.strip())
    return SkillEntry(uri=uri, label=label, others=others, description=row["description"].strip())


def _wrong(line, reason) -> str:
    return _("Line %(line)s: %(reason)s.") % {"line": line, "reason": reason}


def own_list() -> dict:
    """The portal's short list: {"version": …, "entries": {language: [SkillEntry]}}."""
    read = tomllib.loads(OWN.read_text(encoding="utf-8"))
    entries = {
        language: [
            SkillEntry(
                uri=f"urn:mig-work:skill:{row['key']}",
                label=row[language],
                others=tuple(row.get(f"{language}_others", ())),
            )
            for row in read["skill"]
        ]
        for language in ("it", "en")
    }
    return {"version": read["version"], "entries": entries}
