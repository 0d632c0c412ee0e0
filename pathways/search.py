"""The catalogue's text search: unaccented words, Italian stems, weights. Written by actions, asked by queries."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value
from django.utils.translation import override

from migwork.text import unaccented

CONFIG = "italian"
_WORD = re.compile(r"[^\W_]+")
# What only somebody who knows search engines types: quotes, "-word", "this or that".
_OPERATORS = re.compile(r'"|(^|\s)-\w|\bor\b')
_LONGEST = 100


def vector(opportunity) -> SearchVector:
    """What `opportunity.search` is set to: the title weighs most, the long description least."""
    with override("it"):
        family = str(opportunity.get_family_display())
    parts = {
        "A": [opportunity.title],
        "B": [opportunity.summary, family, opportunity.organisation.name, opportunity.organisation.short_name],
        "C": [opportunity.what_you_get, opportunity.for_whom, opportunity.place],
        "D": [opportunity.description, opportunity.what_you_need],
    }
    whole = None
    for weight, texts in parts.items():
        # Words only: what the database takes for a word's end depends on its locale.
        words = " ".join(_WORD.findall(unaccented(" ".join(texts))))
        part = SearchVector(Value(words), weight=weight, config=CONFIG)
        whole = part if whole is None else whole + part
    return whole


def query(text: str) -> SearchQuery | None:
    """What somebody typed, as a query: every word must be there, its beginning is enough. None: nothing to look for."""
    read = words_of(text)
    return None if read is None else query_of(*read)


def words_of(text: str) -> tuple[str, bool] | None:
    """What somebody typed: the words as PostgreSQL reads them, and whether they are a search engine's syntax."""
    text = unaccented(text[:_LONGEST])
    if _OPERATORS.search(text):
        return text, True
    words = _WORD.findall(text)
    return (" & ".join(f"{word}:*" for word in words), False) if words else None


def query_of(words: str, operators: bool) -> SearchQuery:
    """The query for what `words_of` gave."""
    return SearchQuery(words, search_type="websearch" if operators else "raw", config=CONFIG)
