"""What must be there before an internship starts. Pure: which kinds the rule set asks for, and what is there."""

from dataclasses import dataclass
from datetime import date

from internships.enums import EvidenceKind


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `there` is the evidence, None where there is none that still holds."""

    kind: EvidenceKind
    there: object | None
    expired: bool = False

    @property
    def label(self) -> str:
        return self.kind.label


# The rule that asks for each kind.
RULES = {
    EvidenceKind.SAFETY_TRAINING: "safety.training",
    EvidenceKind.RISK_ASSESSMENT: "safety.assessment",
    EvidenceKind.FITNESS: "safety.fitness",
}


def asked_for(values, *, minor: bool, of: str = "") -> list[EvidenceKind]:
    """The kinds that this rule set asks for internships of a kind; a minor's fitness of minors alone."""
    return [kind for kind, code in RULES.items() if values.holds(code, of) and (minor or kind != EvidenceKind.FITNESS)]


def checklist(values, *, minor: bool, there: dict, today: date, of: str = "") -> list[Item]:
    """Every kind asked for, with the evidence of `there` (by kind) that holds today."""
    items = []
    for kind in asked_for(values, minor=minor, of=of):
        evidence = there.get(kind)
        expired = bool(evidence and evidence.until and evidence.until < today)
        items.append(Item(kind, None if expired else evidence, expired))
    return items


def missing(items: list[Item]) -> list[Item]:
    return [item for item in items if item.there is None]
