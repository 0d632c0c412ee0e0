"""Forms as data: one engine for interviews, self-assessments, evaluations, follow-ups and surveys."""

from django.db import models

from migwork.crypto import EncryptedJSONField
from migwork.db import UUIDModel


class Questionnaire(models.Model):
    """One version of a form. Never changed once answered: a new wording is a new version.

    `definition` is {"sections": [{"key", "title", "intro", "questions": [{"key",
    "kind" (QuestionKind), "label", "hint", "required", "options": [{"value", "label"}]}]}]},
    labels as {"it": …, "en": …}.
    """

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.JSONField()
    definition = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="questionnaire_version_once")]

    def __str__(self):
        return f"{self.key} v{self.version}"


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
