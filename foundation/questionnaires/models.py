"""Forms as data: one engine for interviews, self-assessments, evaluations, follow-ups and surveys."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property

from migwork.crypto import EncryptedJSONField
from migwork.db import UUIDModel


class Questionnaire(models.Model):
    """One version of a form. Never changed once answered: a new wording is a new version.

    `definition` is {"sections": [{"key", "title", "intro", "questions": [{"key",
    "kind" (QuestionKind), "label", "hint", "required", "options": [{"value", "label"}]}]}]},
    labels as {"it": …, "en": …}. A section with "for_person": true may be handed to who answered it.
    """

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.JSONField()
    definition = models.JSONField()
    published_at = models.DateTimeField()
    # Empty: it came from a file, and the next file may replace it.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="questionnaire_version_once")]

    def __str__(self):
        return f"{self.key} v{self.version}"

    @cached_property
    def made(self) -> dict:
        """What was made of its definition, to be had again as long as this row is kept (queries.kept)."""
        return {}


class QuestionnaireDraft(models.Model):
    """The next version of a form while it is being written: one per form, changed part by part by several people.

    `revision` counts the changes, so that nobody publishes what they have not seen.
    """

    key = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    definition = models.JSONField()
    based_on = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.key} ({self.revision})"


class AnswerSheet(UUIDModel):
    """The answers of one filling-in, saved section by section as one types.

    `answers` is {section key: {question key: value}}, encrypted: talks contain
    confidences. `marks` is {section key: {"version": int, "state": SectionState}}: a
    save names the version it started from, so that a second tab never overwrites silently.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="sheets")
    answers = EncryptedJSONField(default=dict)
    marks = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.questionnaire} {self.started_at:%Y-%m-%d}"
