"""Choices of a form that are the same for everybody."""

from functools import lru_cache

from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language


class SharedChoices(BaseChoiceIterator):
    """Choices that forms share, where Django copies them for each form; in words once per language.

    `build(language)` gives the pairs of value and label, which may be lazy::

        choices=SharedChoices(lambda language: [("", _("All")), *State.choices])
    """

    def __init__(self, build):
        self.pairs_in = lru_cache(maxsize=8)(
            lambda language: tuple((str(value), str(label)) for value, label in build(language))
        )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The choices in the language of the moment."""
        return self.pairs_in(get_language() or "it")

    def __iter__(self):
        return iter(self.pairs())

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self
