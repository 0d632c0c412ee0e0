"""What somebody may have meant: words of the same meaning; words that the catalogue does not hold, mended."""

import unicodedata
from dataclasses import dataclass

from django.db import connection

from migwork.text import unaccented
from pathways import search

# Typed words of which no known one has the beginning, each with the nearest that are known: by their trigrams, or by
# two letters swapped, which leave a short word too few trigrams.
_NEAREST = """
    WITH typed AS (
        SELECT word, (tsvector_to_array(to_tsvector('italian', word)))[1] AS stem
        FROM unnest(%s::text[]) AS given(word)
    )
    SELECT typed.word, near.word
    FROM typed LEFT JOIN LATERAL (
        (SELECT known.word
        FROM pathways_catalogueword AS known
        WHERE known.word %% typed.word
        ORDER BY similarity(known.word, typed.word) DESC, known.word
        LIMIT 12)
        UNION
        SELECT known.word
        FROM unnest(%s::text[], %s::text[]) AS swapped(typed, word)
            JOIN pathways_catalogueword AS known ON known.word = swapped.word
        WHERE swapped.typed = typed.word
    ) AS near ON true
    WHERE stem IS NOT NULL AND NOT EXISTS (
        SELECT FROM pathways_catalogueword AS known
        WHERE known.stem ~>=~ typed.stem AND known.stem ~<~ (typed.stem || chr(1114111))
    )
"""


_STEMS = """
    SELECT array_to_string(tsvector_to_array(to_tsvector('italian', text)), ' ')
    FROM unnest(%s::text[]) WITH ORDINALITY AS given(text, n) ORDER BY n
"""
# Of each phrase that somebody typed the words that mean the same.
_SAME = """
    SELECT typed.words, other.words
    FROM unnest(%s::text[]) AS typed(words)
        JOIN pathways_synonym AS said
            ON said.key = array_to_string(tsvector_to_array(to_tsvector('italian', typed.words)), ' ')
        JOIN pathways_synonym AS other ON other.group_id = said.group_id AND other.id <> said.id
    ORDER BY other.id
"""


@dataclass(frozen=True)
class Asked:
    """What somebody typed, as the search reads it."""

    words: str
    operators: bool
    # What was looked for besides, for it means the same.
    also: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[str, bool]:
        return self.words, self.operators


def asked(text: str, exact=False) -> Asked | None:
    """`text` for the search, with the words of the same meaning unless `exact`; None: nothing to look for. One query.

    Asked each time anew, so that what the staff write holds at once, in all processes.
    """
    return _asked(text, {} if exact else _same([text]))


def all_asked(texts: list[str]) -> list[Asked | None]:
    """The same for several texts, in one query."""
    same = _same(texts)
    return [_asked(text, same) for text in texts]


def _same(texts) -> dict[str, list]:
    """Of each phrase in `texts` the words that mean the same."""
    typed = {phrase for text in texts if not search.has_operators(text) for phrase in search.phrases(text)}
    same: dict[str, list] = {}
    if typed:
        with connection.cursor() as cursor:
            cursor.execute(_SAME, [list(typed)])
            for phrase, other in cursor:
                same.setdefault(phrase, []).append(other)
    return same


def _asked(text, same) -> Asked | None:
    read = search.words_of(text, {phrase: list(map(search.plain, others)) for phrase, others in same.items()})
    if read is None:
        return None
    # A word that was swallowed by a longer phrase was not looked for apart.
    also = dict.fromkeys(other for others in same.values() for other in others if f"({_as_read(other)})" in read[0])
    return Asked(*read, tuple(also))


def _as_read(words: str) -> str:
    return " & ".join(search.plain(words).split())


def stems_of(texts: list[str]) -> list[str]:
    """The key of each of these as synonyms: "" for words that the search passes over. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [[search.plain(text) for text in texts]])
        return [key for (key,) in cursor]


def meant(text: str) -> list[str]:
    """What may be looked for instead of `text`, in this order: with each word that nobody wrote replaced by the nearest
    that somebody did; then without the words that say nothing here, or that nothing resembles. "": all of them say
    nothing.

    One query. To be asked only for what found nothing.
    """
    if search.has_operators(text):
        return []
    typed = search.split(unicodedata.normalize("NFC", text))
    plain = [unaccented(word) for word in typed]
    near = _nearest([word for word in plain if search.plain_words(word) == {word}])
    whole = [near.get(key, word) for key, word in zip(plain, typed, strict=True)]
    telling = [word for key, word in zip(plain, whole, strict=True) if not (key in search.SAY_NOTHING or key.isdigit())]
    heart = list(filter(None, telling))
    found = [" ".join(whole)] if near and all(whole) else []
    if len(heart) < len(typed) and (heart or not telling) and typed:
        found.append(" ".join(heart))
    return found


def _nearest(words: list[str]) -> dict[str, str]:
    """Those of `words` that nobody wrote, each with the nearest that somebody did; "": nothing is near. One query."""
    swapped = [(word, word[:n] + word[n + 1] + word[n] + word[n + 2 :]) for word in words for n in range(len(word) - 1)]
    near: dict[str, list] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [words, [word for word, _other in swapped], [other for _word, other in swapped]])
        for word, candidate in cursor:
            near.setdefault(word, []).append(candidate)
    return {word: _meant(word, candidates) for word, candidates in near.items()}


def _meant(word: str, candidates: list) -> str:
    """The candidate with the fewest slips, none when there are too many. Its beginning is enough, as in searching."""
    allowed = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    judged = [(*slips(word, candidate), candidate) for candidate in candidates if candidate]
    beginning, whole, found = min(judged, default=(allowed + 1, 0, ""))
    # A beginning alone says less: "informatica" is not a slip of "informagiovani".
    return found if beginning <= (allowed if whole <= allowed else max(allowed - 1, 1)) else ""


def slips(typed: str, meant: str) -> tuple[int, int]:
    """How many letters are missing, too many, wrong or swapped: against `meant`’s best beginning, and all of it."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(meant, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return min(row), row[-1]
