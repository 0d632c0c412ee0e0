"""The tables of docs/privacy/, drawn from what the portal is, and the register of fields as a page shows it.

A paper holds the head of each table between two marks; the rows are drawn. So words are the paper's own, and what the
code knows can't go stale.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils import translation

from foundation.privacy import registry
from foundation.privacy.enums import Basis, Erase, FieldKind, RetentionStart
from foundation.privacy.models import RetentionRule

FOLDER = settings.BASE_DIR / "docs" / "privacy"
SAID = Path(__file__).parent / "papers.toml"
EDITION = settings.BASE_DIR / "programme" / "editions" / "mig-work-2020.toml"
PURPOSES = settings.BASE_DIR / "accounts" / "purposes.toml"
RULES = settings.BASE_DIR / "foundation" / "privacy" / "retention.toml"
BLOCK = re.compile(r"(<!-- table: (\w+) -->\n\|.*\n\|.*\n)((?:\|.*\n)*)(<!-- end -->)")
NOTHING_PERSONAL = {FieldKind.TECHNICAL, FieldKind.PUBLIC}


def drawings() -> dict[Path, str]:
    """What each paper of docs/privacy/ should hold."""
    with translation.override("it"):
        return {file: BLOCK.sub(_filled, file.read_text()) for file in sorted(FOLDER.glob("*.md"))}


def _filled(block: re.Match) -> str:
    head, table, _old, end = block.groups()
    rows = "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in TABLES[table]())
    return f"{head}{rows}{end}"


def _cell(text) -> str:
    return " ".join(str(text).split()).replace("|", "\\|") or "–"


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text())


def rooms() -> Iterable[list]:
    """Each room: why, whom it is about, which data, by which right, how long, who gets them."""
    said, rules = _read(SAID)["rooms"], _read(RULES)
    for room in reversed(settings.ROOMS):
        words, fields = said[room], _personal(room)
        yield [
            f"**{words['name']}** (`{room}`)",
            words["purpose"],
            words["people"],
            "; ".join(_in_order(FieldKind, (field.kind for field in fields))) or "Nessun dato personale",
            "; ".join(f"art. {basis}" for basis in Basis.values if basis in {field.basis for field in fields}),
            "; ".join(rules[code]["name"] for code in rules if code in {field.retention for field in fields}),
            "; ".join(_in_order(Erase, (field.erase for field in fields))),
            words["recipients"],
        ]


def _personal(room: str) -> list[registry.Field]:
    """The fields of a room that say something about somebody."""
    return [field for _model, _name, field in _fields(room) if field.kind not in NOTHING_PERSONAL]


def _fields(room: str) -> list[tuple]:
    """(model, name, class) of each field of a room."""
    models = [model for app in apps.get_app_configs() if app.name == room for model in app.get_models()]
    return [(model, name, field) for model in models for name, field in registry.of(model).items()]


def _in_order(choices, values) -> list[str]:
    present = set(values)
    return [str(choice.label) for choice in choices if choice in present]


def terms() -> Iterable[list]:
    """Each rule of retention: how long, from when, how many days before one is told, on which ground."""
    for code, rule in _read(RULES).items():
        warning = f"{rule['warning_days']} giorni prima" if rule["warning_days"] else "nessuno"
        months, start = f"{rule['months']} mesi", RetentionStart(rule["starts"]).label
        yield [f"**{rule['name']}** (`{code}`)", months, start, warning, rule["legal_basis"]]


def purposes() -> Iterable[list]:
    """What is asked for apart, and from what age one says yes alone."""
    for purpose in _read(PURPOSES)["purpose"]:
        who = f"{purpose['own_from_age']} anni"
        yield [f"**{purpose['name']['it']}** (`{purpose['code']}`)", who, _representatives(purpose)]


def _representatives(purpose) -> str:
    if not purpose["representatives"]:
        return "nessuno"
    return "entrambi i genitori, se ci sono" if purpose["both_parents"] else str(purpose["representatives"])


def partners() -> Iterable[list]:
    """Each partner of the first edition: what it does, what it sees, the role that is proposed for it."""
    said, edition = _read(SAID)["partners"], _read(EDITION)
    names = {organisation["code"]: organisation["name"] for organisation in edition["organisations"]}
    for partner in edition["partners"]:
        code, words = partner["organisation"], said[partner["organisation"]]
        numbers = ", ".join(map(str, partner["macro_actions"]))
        yield [f"**{names[code]}**", f"{partner['role']} (macroazioni: {numbers})", words["sees"], words["proposal"]]


def services() -> Iterable[list]:
    """Services outside the portal, by the settings that name them."""
    for service in _read(SAID)["services"].values():
        yield [f"**{service['name']}**", ", ".join(f"`{name}`" for name in service["settings"]), service["data"]]


def field_register(everything: bool) -> list[dict]:
    """Each room with its fields, for the page: those that say something about somebody, or all.

    In the reader's language, but for why a room keeps them, which is said in the papers.
    """
    said = _read(SAID)["rooms"]
    names = dict(RetentionRule.objects.values_list("code", "name"))
    register = []
    for room in reversed(settings.ROOMS):
        rows = [_row(model, name, field, names) for model, name, field in _fields(room)]
        shown = [row for row in rows if everything or row["personal"]]
        if shown:
            register.append({**said[room], "room": room, "rows": shown, "left_out": len(rows) - len(shown)})
    return register


def _row(model, name, field, names) -> dict:
    label = field.label or model._meta.get_field(name).verbose_name
    return {
        "name": f"{model._meta.object_name}.{name}",
        "label": str(label),
        "kind": field.kind.label,
        "personal": field.kind not in NOTHING_PERSONAL,
        "basis": field.basis.value if field.basis != Basis.NONE else "",
        "term": names.get(field.retention, field.retention),
        "end": field.erase.label,
    }


TABLES: dict[str, Callable[[], Iterable[list]]] = {
    "rooms": rooms,
    "terms": terms,
    "purposes": purposes,
    "partners": partners,
    "services": services,
}
