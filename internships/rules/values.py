"""The numbers of a rule set, without the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """One number with where it stands; `is_sure`: broken, it is an error, else a warning."""

    code: str
    value: Decimal | None = None
    unit: str = ""
    name: str = ""
    source: str = ""
    is_sure: bool = True
    is_active: bool = True
    # For which kinds of internship; none named: for all.
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleValues:
    """The rules that hold on a day: `values["allowance.full"]` is a Decimal, `values.whole("accident")` an int."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None
    rules: Mapping[str, Rule]

    def __getitem__(self, code: str) -> Decimal:
        return self.rules[code].value

    def whole(self, code: str) -> int:
        return int(self.rules[code].value)

    def rule(self, code: str) -> Rule:
        return self.rules[code]

    def holds(self, code: str, kind: str = "") -> bool:
        """Whether it is in force; for internships of this kind, where one is named."""
        return self.rules[code].is_active and (not kind or self.is_for(code, kind))

    def is_for(self, code: str, kind: str) -> bool:
        """Whether it is about this kind of internship, in force or not."""
        kinds = self.rules[code].kinds
        return not kinds or kind in kinds

    def share(self, code: str) -> Decimal:
        """A rule in per cent as a part of one: 70 → 0.7."""
        return self.rules[code].value / 100
