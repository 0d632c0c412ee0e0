"""Somebody sent to a service that has no account here: a family centre, a school, a health service."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intake.enums import ReferralState
from intake.models.participations import OfParticipationQuerySet, Participation
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class OutsideReferralQuerySet(OfParticipationQuerySet):
    def unanswered(self, day):
        """Waiting although the days to answer are over."""
        return self.filter(state=ReferralState.SENT, answer_by__lt=day)


class OutsideReferral(UUIDModel):
    """A person sent to an outside service, which answers by a link, or by telephone to the operator.

    The service sees only what the operator wrote, how to reach the person, and only as long as it is in force.
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="outside_referrals")
    service = models.CharField(_("which service"), max_length=120)
    contact = models.CharField(_("whom you know there"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail of the service"), blank=True)
    phone = models.CharField(_("telephone of the service"), max_length=30, blank=True)
    note = EncryptedTextField(_("what the service should know"), blank=True)
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Who typed the answer; nobody where the service gave it by its link.
    typed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = EncryptedTextField(_("in a sentence"), blank=True)
    feedback = EncryptedTextField(_("how it went"), blank=True)
    feedback_at = models.DateTimeField(null=True, blank=True)

    objects = OutsideReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["participation", "-sent_at"], name="outside_of_participation"),
            models.Index(fields=["answer_by"], condition=Q(state="sent"), name="outside_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "declined"], answered_at__isnull=False)
                | Q(state="withdrawn")
                | Q(state="sent", answered_at__isnull=True, typed_by__isnull=True),
                name="outside_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(feedback_at__isnull=True) | ~Q(feedback=""), name="outside_feedback_is_whole"
            ),
        ]

    def __str__(self):
        return f"{self.service} {self.sent_at:%Y-%m-%d}"
