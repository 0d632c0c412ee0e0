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
# So many words may belong together, as in "partita IVA".
PHRASE = 3
# What people type besides what they look for: true of all that is here, or of none of it.
_SAY_NOTHING = """
    a about ad adesso ai al alla alle anni attivita avere bisogno buon buono c cerca cercare cerco che ci citta
    come con corsi corso cosa course courses da dal dei del della delle di diventare dove e essere fare for free gli
    gratis gratuita gratuite gratuiti gratuito ho i il imparare in info informazioni iscrivermi iscriversi iscrizione
    l la le lo looking ma me mi mia milanese milano mio near nel nella non o ora ore per posso potrei pressi qualche
    qualcosa qualsiasi serve su sono subito the to trovare tutti tutto un una uno vicina vicino voglio vorrei
    want zona
"""
SAY_NOTHING = frozenset(_SAY_NOTHING.split())


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


def has_operators(text: str) -> bool:
    """Whether somebody typed a search engine's syntax: then it is taken as it stands."""
    return bool(_OPERATORS.search(unaccented(text[:_LONGEST])))


def split(text: str) -> list[str]:
    """The words of what somebody typed, as they typed them."""
    return _WORD.findall(text[:_LONGEST])


def plain(text: str) -> str:
    """The words of `text` alone, without accents."""
    return " ".join(_WORD.findall(unaccented(text)))


def phrases(text: str) -> list[str]:
    """All that may stand for one thing in what somebody typed: each word, and those that follow each other."""
    words = plain(text[:_LONGEST]).split()
    return [" ".join(words[n : n + length]) for length in range(1, PHRASE + 1) for n in range(len(words) - length + 1)]


def words_of(text: str, meanings: dict | None = None) -> tuple[str, bool] | None:
    """What somebody typed: the words as PostgreSQL reads them, and whether they are a search engine's syntax.

    Every word must be there, its beginning is enough; or one of those that `meanings` has for it and those next to it.
    """
    if has_operators(text):
        return unaccented(text[:_LONGEST]), True
    words, parts = plain(text[:_LONGEST]).split(), []
    while words:
        lengths = range(min(PHRASE, len(words)), 0, -1)
        length = next((n for n in lengths if " ".join(words[:n]) in (meanings or {})), 1)
        said, words = words[:length], words[length:]
        typed = " & ".join(f"{word}:*" for word in said)
        others = [f"({' & '.join(other.split())})" for other in (meanings or {}).get(" ".join(said), ())]
        parts.append(f"({' | '.join([f'({typed})', *others])})" if others else typed)
    return (" & ".join(parts), False) if parts else None


def query_of(words: str, operators: bool) -> SearchQuery:
    """The query for what `words_of` gave."""
    return SearchQuery(words, search_type="websearch" if operators else "raw", config=CONFIG)
