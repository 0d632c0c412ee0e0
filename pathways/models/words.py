"""The words that the catalogue is searched by: those it holds."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


class CatalogueWord(models.Model):
    """A word that a published activity holds, as written but without accents, and its stem.

    Kept by pathways.actions, so that a word nobody wrote can be told from one that is only not offered here,
    and mended into the nearest that somebody did write.
    """

    word = models.CharField(max_length=60, unique=True)
    stem = models.CharField(max_length=60)

    class Meta:
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="catalogue_word_typos"),
            models.Index(OpClass("stem", name="varchar_pattern_ops"), name="catalogue_word_stem"),
        ]

    def __str__(self):
        return self.word
