"""Goals that come up often, with the steps that usually lead there: data, in plan-templates.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake.enums import ActionKind, AppointmentKind

FILE = Path(__file__).parent / "plan-templates.toml"


@dataclass(frozen=True)
class ActionTemplate:
    """One step: `days` from the day it is added, `hours` planned; `talk`: which one, if it is booked here."""

    titles: dict
    kind: str
    days: int
    hours: int = 0
    talk: str = ""

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles["it"]


@dataclass(frozen=True)
class GoalTemplate:
    """A goal and its steps."""

    key: str
    goals: dict
    actions: tuple[ActionTemplate, ...]

    def goal(self, language: str) -> str:
        return self.goals.get(language) or self.goals["it"]


@cache
def all_templates() -> dict[str, GoalTemplate]:
    """By key, in the file's order."""
    with FILE.open("rb") as file:
        data = tomllib.load(file)
    return {
        row["key"]: GoalTemplate(
            key=row["key"],
            goals=row["goal"],
            actions=tuple(
                ActionTemplate(
                    titles=action["title"],
                    kind=ActionKind(action["kind"]),
                    days=action["days"],
                    hours=action.get("hours", 0),
                    talk=AppointmentKind(action["talk"]) if "talk" in action else "",
                )
                for action in row["actions"]
            ),
        )
        for row in data["goals"]
    }
