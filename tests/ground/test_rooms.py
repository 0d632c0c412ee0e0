"""The order of the house: who may know whom, in imports (with .importlinter) and in the database."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

ROOMS = list(reversed(settings.ROOMS))
# What a room may use of another one.
OPEN = {"models", "enums", "workflow", "queries", "permissions", "actions", "hooks", "access", "eligibility"}
# What the services of foundation/ offer besides.
ALSO_OPEN = {
    "foundation.privacy": {"sentences", "registry"},
    "foundation.files": {"forms", "serving"},
    "accounts": {"forms", "second_factor"},
    "foundation.communications": {"topics"},
    "foundation.documents": {"forms", "pdf", "serving"},
    "foundation.questionnaires": {"definitions", "forms"},
    # What its actions ask for: a meeting as it shall be.
    # And an internship offer is written as every activity of the catalogue.
    "pathways": {"schedule", "forms"},
}


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(f"{room}.")), None)


def files():
    for room in ROOMS:
        for file in sorted((settings.BASE_DIR / room.replace(".", "/")).rglob("*.py")):
            if "migrations" not in file.parts:
                yield room, file


def imported(file: Path):
    """Dotted names that a file imports."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_import_linter():
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_rooms_use_only_what_others_offer():
    wrong = []
    for room, file in files():
        if file == settings.BASE_DIR / "migwork" / "urls.py":
            continue
        for name in imported(file):
            other = room_of(name)
            if other in (None, room, "migwork"):
                continue
            part = name.removeprefix(other).split(".")[1]
            if part not in OPEN | ALSO_OPEN.get(other, set()):
                wrong.append(f"{file.relative_to(settings.BASE_DIR)} imports {name}")
    assert wrong == []


def test_foreign_keys_point_to_earlier_rooms():
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        here = room_of(type(model._meta.app_config).__module__)
        if here is None:
            continue
        for field in model._meta.get_fields():
            if field.auto_created or not field.is_relation or not field.related_model:
                continue
            other = room_of(type(field.related_model._meta.app_config).__module__)
            named_from_below = field.related_model._meta.label == settings.AUTH_USER_MODEL
            if other and ROOMS.index(other) > ROOMS.index(here) and not named_from_below:
                wrong.append(f"{field} points to {field.related_model._meta.label}")
    assert wrong == []


def test_the_clock_is_passed_in():
    own = [m for m in apps.get_models() if room_of(type(m._meta.app_config).__module__)]
    fields = [f for m in own for f in m._meta.concrete_fields if isinstance(f, models.DateField | models.TimeField)]
    assert fields
    assert [str(f) for f in fields if f.auto_now or f.auto_now_add] == []


def test_models_deny_by_default_that_rows_vanish():
    """Nothing of the portal is deleted in the wake of something else, save what is a copy."""
    copies = {"communications.MailboxMessage.message", "reporting.Figures.edition"}
    cascades = {
        f"{m._meta.label}.{f.name}"
        for m in apps.get_models()
        if room_of(m.__module__) and not m._meta.auto_created
        for f in m._meta.concrete_fields
        if f.is_relation and f.remote_field.on_delete is models.CASCADE
    }
    assert cascades - copies == set()


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
