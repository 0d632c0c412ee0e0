"""Days as Italian says them after an article: “l’8 giugno”, “dall’11 marzo”, “il 1º maggio”.

The translations say “il %(day)s” whatever day it is. Such a sentence puts its articles right when it is filled in;
what people wrote themselves is never touched, and no page is searched.
"""

import re
from functools import wraps

from django.utils.translation import trans_real
from django.utils.translation.trans_real import DjangoTranslation

MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
_DAY = re.compile(rf"\b([Ii]|[Dd]a|[Dd]e|[Aa]|[Nn]e|[Ss]u)l (1|8|11) (?=(?:{MONTHS})\b)")
_TO_FILL_IN = re.compile(r"\b(?:[Ii]|[Dd]a|[Dd]e|[Aa]|[Nn]e|[Ss]u)l %(?:\(\w+\))?s")
_WHOLE = {"i": "l", "I": "L"}


def days_put_right(text: str) -> str:
    """`text` with the articles before the 8th and the 11th elided, and the 1st as an ordinal."""
    return _DAY.sub(_put_right, text)


def _put_right(found) -> str:
    article, day = found[1], found[2]
    return f"{article}l 1º " if day == "1" else f"{_WHOLE.get(article, f'{article}ll')}’{day} "


class Sentence(str):
    """A translation in which a day may follow an article."""

    __slots__ = ()

    def __mod__(self, values) -> str:
        return days_put_right(super().__mod__(values))


def _taught(said):
    return Sentence(said) if isinstance(said, str) and _TO_FILL_IN.search(said) else said


def teach_translations():
    """From now on Italian catalogues that are read know such sentences."""
    merge = DjangoTranslation.merge

    @wraps(merge)
    def merge_taught(self, other):
        if self.language() == "it" and getattr(other, "_catalog", None):
            other._catalog = {key: _taught(said) for key, said in other._catalog.items()}
        merge(self, other)

    DjangoTranslation.merge = merge_taught
    # What was read before is read again.
    trans_real._translations.clear()
    trans_real._default = None
