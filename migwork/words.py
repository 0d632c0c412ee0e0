"""Words that lists repeat, found once in each language: get_FOO_display() and date_format() look anew for each row."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


@lru_cache(maxsize=1024)
def _word(model, name, value, language):
    return str(dict(model._meta.get_field(name).flatchoices)[value])


def word_of(row, name: str) -> str:
    """What row.get_FOO_display() says in the language of the moment."""
    return word_for(type(row), name, getattr(row, name))


def word_for(model, name: str, value) -> str:
    """The same, for a value that was read without its row."""
    return _word(model, name, value, get_language())


@lru_cache(maxsize=1024)
def _day(day, pattern, language):
    return date_format(day, pattern)


def day_in_words(day: date, pattern: str) -> str:
    """What date_format() says of a day (not of a moment) in the language of the moment."""
    return _day(day, pattern, get_language())
