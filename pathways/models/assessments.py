"""What young people say about themselves and about an activity, before and after."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.questionnaires.models import AnswerSheet
from migwork.db import UUIDModel
from pathways.enums import AskedMoment
from pathways.models.enrolments import Enrolment


class AssessmentQuerySet(models.QuerySet):
    def done(self):
        return self.filter(done_at__isnull=False)


class Assessment(UUIDModel):
    """One asking, once per enrolment and moment: begun, finished, or left out by whoever did not feel like it.

    `counted` is {question: chosen answer}, taken from the sheet when it is finished: what is shown in sum. No page
    shows staff a single sheet.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="assessments")
    moment = models.CharField(max_length=10, choices=AskedMoment)
    # When the invitation was due: it is written once.
    asked_at = models.DateTimeField(null=True, blank=True)
    sheet = models.OneToOneField(AnswerSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    counted = models.JSONField(default=dict)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "moment"],
                name="assessment_once",
                violation_error_message=_("You have these questions already."),
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(sheet__isnull=False, skipped_at=None),
                name="assessment_done_has_its_sheet",
                violation_error_message=_("Finished questions have their answers."),
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.moment}"
