"""The end of an internship: what each side says of it, and the papers that remain."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.documents.models import Document
from foundation.questionnaires.models import AnswerSheet
from internships.enums import EndPaperKind, EvaluationSide
from migwork.db import UUIDModel


class EndPaper(UUIDModel):
    """The final attestation or the individual dossier, as it was made: what changes afterwards changes nothing in it.

    `hours` of `planned` and `competences`, by their QRSP names, are what the attestation says. One that was wrong is
    withdrawn, and another can be made.
    """

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="end_papers")
    kind = models.CharField(max_length=15, choices=EndPaperKind)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    planned = models.DecimalField(max_digits=7, decimal_places=2)
    competences = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="", help_text=_("Why it was withdrawn."))

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(kind="attestation", withdrawn_at=None),
                name="end_paper_one_attestation",
                violation_error_message=_("This internship has its attestation already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="end_paper_withdrawal_is_whole",
                violation_error_message=_("Of what was withdrawn it is kept when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(kind="dossier") | Q(competences__len__gt=0),
                name="end_paper_names_competences",
                violation_error_message=_("Name at least one competence."),
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.kind} {self.issued_at:%Y-%m-%d}"


class Evaluation(UUIDModel):
    """What one side says of the internship, part by part; finished, it stays as it is."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="evaluations")
    side = models.CharField(max_length=10, choices=EvaluationSide)
    sheet = models.OneToOneField(AnswerSheet, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "side"],
                name="evaluation_once_a_side",
                violation_error_message=_("This side has been asked already."),
            )
        ]

    def __str__(self):
        return f"{self.internship_id} {self.side}"
