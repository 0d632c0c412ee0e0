"""How it goes with those who left."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.questionnaires.models import AnswerSheet
from intake.enums import FollowUpMoment, FollowUpSituation
from intake.models.participations import OfParticipationQuerySet, Participation
from migwork.db import UUIDModel


class FollowUpQuerySet(OfParticipationQuerySet):
    def unanswered(self):
        return self.filter(answered_at=None)


class FollowUp(UUIDModel):
    """One asking again: planned when the way ends, sent on `due_on`, answered by link or told to an operator (`by`).

    `situation`, `has_qualified` and `is_better` are what the funders count, taken from the sheet when it is answered.
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="follow_ups")
    moment = models.CharField(max_length=12, choices=FollowUpMoment)
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField(AnswerSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    situation = models.CharField(max_length=12, choices=FollowUpSituation, blank=True)
    has_qualified = models.BooleanField(null=True, blank=True)
    is_better = models.BooleanField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(answered_at__isnull=True), name="follow_up_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "moment"],
                condition=Q(answered_at__isnull=True),
                name="follow_up_one_open",
                violation_error_message=_("This person is asked at that time already."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, situation="", sheet__isnull=True)
                | (Q(answered_at__isnull=False, sheet__isnull=False) & ~Q(situation="")),
                name="follow_up_answer_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.participation} {self.moment}"
