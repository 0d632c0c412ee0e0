"""What a check says."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from internships.rules.facts import Facts
from internships.rules.values import RuleValues


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    PASS = "pass"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Finding:
    """`value` and `limit` in words, "" where the rule has none; `source`: where it stands."""

    code: str
    level: Level
    sentence: str
    value: str
    limit: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check found: whether it is right, by which rule, and how to say it."""

    is_right: bool
    rule: str
    sentence: str
    value: str = ""
    limit: str = ""


# None: the check has nothing to do with this internship, or cannot be made yet.
Check = Callable[[Facts, RuleValues], Answer | None]


def judged(code: str, answer: Answer, rules: RuleValues) -> Finding:
    rule = rules.rule(answer.rule)
    level = Level.PASS if answer.is_right else Level.ERROR if rule.is_sure else Level.WARNING
    return Finding(code, level, answer.sentence, answer.value, answer.limit, rule.source)
