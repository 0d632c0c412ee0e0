"""The findings of the rules as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from internships.rules import Finding, Level


@dataclass
class Judgement:
    """Findings by their weight; `reasons` are what was typed for going past a warning, by the finding's code.

    `overridden`: code and value of those for which a reason is written already; they warn no more.
    """

    findings: list[Finding]
    reasons: Mapping[str, str] = field(default_factory=dict)
    overridden: frozenset[tuple[str, str]] = frozenset()

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.findings if one.level == Level.ERROR]

    @property
    def passes(self) -> list[Finding]:
        return [one for one in self.findings if one.level == Level.PASS]

    @property
    def warnings(self) -> list[dict]:
        """Each with the reason for going past it that was typed so far."""
        return [
            {"finding": one, "reason": self.reasons.get(one.code, "")}
            for one in self.findings
            if one.level == Level.WARNING and (one.code, one.value) not in self.overridden
        ]
