"""The translations of an activity."""

from dataclasses import dataclass

from migwork.prepared import Prepared
from pathways.models import OpportunityTranslation
from pathways.translations import NAMES, ORIGINAL, digest_of

_of = Prepared(lambda opportunity: OpportunityTranslation.objects.filter(opportunity=opportunity))


def translations_of(opportunity) -> list[OpportunityTranslation]:
    """All of them; one query."""
    return _of(opportunity=opportunity.pk)


@dataclass(frozen=True)
class Line:
    """A language in the partner's list, with what there is in it."""

    code: str
    name: str
    translation: OpportunityTranslation | None
    is_outdated: bool


def lines(opportunity) -> list[Line]:
    """Each language into which an activity may be translated; one query."""
    there = {translation.language: translation for translation in translations_of(opportunity)}
    now = digest_of(opportunity)
    return [
        Line(code, name, found := there.get(code), bool(found and found.of_text != now))
        for code, name in NAMES.items()
        if code != ORIGINAL
    ]


def languages_of(opportunities: list) -> dict[int, list[str]]:
    """Into which languages each of these is translated; one query."""
    found: dict[int, list[str]] = {}
    rows = OpportunityTranslation.objects.filter(opportunity__in=opportunities).order_by("language")
    for opportunity, language in rows.values_list("opportunity", "language"):
        found.setdefault(opportunity, []).append(language)
    return found
