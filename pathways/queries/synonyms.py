"""The groups of words that mean the same, as their page lists them."""

from pathways.models import Synonym, SynonymGroup
from pathways.queries.words import stems_of

PAGE = 50


def groups(*, word: str = "", before: int | None = None) -> tuple[list[SynonymGroup], int | None]:
    """The latest groups, or those that have `word`; and the key after which the next page begins. Two queries."""
    found = SynonymGroup.objects.order_by("-pk").prefetch_related("synonyms")
    if word:
        (key,) = stems_of([word])
        found = found.filter(pk__in=Synonym.objects.filter(key=key).values("group"))
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None
