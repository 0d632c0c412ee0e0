"""What people can do: a list of skills to pick from, and which of them somebody has, how well, and where it showed."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User, YoungPerson
from intake.enums import SkillLevel, SkillSource
from migwork.db import UUIDModel


class Skill(models.Model):
    """An entry of a list of skills, by its address: of ESCO, or of the portal's own short list."""

    uri = models.CharField(max_length=200, unique=True)
    source = models.CharField(max_length=5, choices=SkillSource)
    # Of which version of the list it was read last.
    version = models.CharField(max_length=20)
    # No longer in the list: found no more, kept by whoever has it.
    is_retired = models.BooleanField(default=False)

    def __str__(self):
        return self.uri


class SkillLabel(models.Model):
    """What a skill is called in one language, with the other words by which it is found."""

    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="labels")
    language = models.CharField(max_length=10)
    label = models.CharField(max_length=300)
    others = models.TextField(blank=True, help_text=_("Other names, one a line."))
    description = models.TextField(blank=True)
    label_key = models.CharField(max_length=300, editable=False)
    key = models.TextField(editable=False, help_text=_("All its names, unaccented, for the search."))

    class Meta:
        indexes = [GinIndex(OpClass("key", "gin_trgm_ops"), name="skill_label_found")]
        constraints = [models.UniqueConstraint(fields=["skill", "language"], name="skill_label_once")]

    def __str__(self):
        return self.label


class PersonSkill(UUIDModel):
    """A skill that somebody has: how well, in plain words, and where they have used it."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("how well"), choices=SkillLevel)
    evidence = models.CharField(_("where it showed"), max_length=300)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-level", "added_at", "pk"]
        verbose_name_plural = _("skills")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "skill"],
                name="person_skill_once",
                violation_error_message=_("This skill is on the list already."),
            ),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="person_skill_level"),
        ]

    def __str__(self):
        return f"{self.person_id} {self.skill_id}"
