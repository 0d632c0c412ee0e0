"""The words that the catalogue is searched by: those it holds, and those that mean the same."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueWord(models.Model):
    """A word that a published activity or a synonym holds, as written but without accents, and its stem.

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


class SynonymGroup(models.Model):
    """Words that mean the same to whoever searches: each of them finds what the others find."""

    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return ", ".join(synonym.words for synonym in self.synonyms.all())


class Synonym(models.Model):
    """A word of a group, or up to three that belong together ("partita IVA")."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.PROTECT, related_name="synonyms")
    words = models.CharField(max_length=60)
    # Its Italian stems, as PostgreSQL puts them in order: what somebody types is looked up by it.
    key = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="synonym_in_one_group",
                violation_error_message=_("A word stands in one group only."),
            )
        ]

    def __str__(self):
        return self.words
