"""Pictures of the process made from the code, so that they cannot lie."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.utils import translation

from migwork.workflow import Workflow


def workflows() -> list[tuple[str, Workflow]]:
    """Every Workflow with its room, in the order of the journey."""
    found = []
    for room in reversed(settings.ROOMS):
        if find_spec(f"{room}.workflow"):
            names = vars(import_module(f"{room}.workflow")).values()
            found += [(room, value) for value in names if isinstance(value, Workflow)]
    return found


def drawings() -> dict[Path, str]:
    """What each file of docs/states/ should hold."""
    folder = settings.BASE_DIR / "docs" / "states"
    with translation.override("en"):
        return {folder / f"{workflow.name}.md": drawing(room, workflow) for room, workflow in workflows()}


def drawing(room: str, workflow: Workflow) -> str:
    """One workflow: its diagram, and its states in words."""
    words = "\n".join(f"| `{state.value}` | {state.label} |" for state in workflow.states)
    return f"""\
# {workflow.name.replace("_", " ").capitalize()}

Made by `./dev manage draw_states` from `{room.replace(".", "/")}/workflow.py`.

```mermaid
{workflow.mermaid()}```

| state | shown as |
|---|---|
{words}
"""
