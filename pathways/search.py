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
# Of fewer letters nobody can say what was meant.
SHORTEST = 4


def _texts_of(opportunity) -> dict[str, list[str]]:
    """What an activity is found by, by weight."""
    with override("it"):
        family = str(opportunity.get_family_display())
    return {
        "A": [opportunity.title],
        "B": [opportunity.summary, family, opportunity.organisation.name, opportunity.organisation.short_name],
        "C": [opportunity.what_you_get, opportunity.for_whom, opportunity.place],
        "D": [opportunity.description, opportunity.what_you_need],
    }


def vector(opportunity) -> SearchVector:
    """What `opportunity.search` is set to: the title weighs most, the long description least."""
    whole = None
    for weight, texts in _texts_of(opportunity).items():
        # Words only: what the database takes for a word's end depends on its locale.
        words = " ".join(_WORD.findall(unaccented(" ".join(texts))))
        part = SearchVector(Value(words), weight=weight, config=CONFIG)
        whole = part if whole is None else whole + part
    return whole


def plain_words(text: str) -> set[str]:
    """The words of `text` by which typing errors can be mended: no numbers, nothing very short or endless."""
    return {word for word in _WORD.findall(unaccented(text)) if SHORTEST <= len(word) <= 60 and word.isalpha()}


def words_of_activity(opportunity) -> set[str]:
    """The plain words of all that an activity is found by."""
    return plain_words(" ".join(text for texts in _texts_of(opportunity).values() for text in texts))


def query(text: str) -> SearchQuery | None:
    """What somebody typed, as a query: every word must be there, its beginning is enough. None: nothing to look for."""
    read = words_of(text)
    return None if read is None else query_of(*read)


def has_operators(text: str) -> bool:
    """Whether somebody typed a search engine's syntax: then it is taken as it stands."""
    return bool(_OPERATORS.search(unaccented(text[:_LONGEST])))


def split(text: str) -> list[str]:
    """The words of what somebody typed, as they typed them."""
    return _WORD.findall(text[:_LONGEST])


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
