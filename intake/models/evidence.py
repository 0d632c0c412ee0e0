"""Files that show that a step of the plan was done."""

from django.db import models

from accounts.enums import Role
from accounts.models import User
from foundation.files.models import StoredFile
from intake.models.plans import PlanAction
from migwork.db import UUIDModel


class StepEvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The young person whose step it is, and the operators: nobody else needs the paper itself."""
        if Role.OPERATOR in user.roles:
            return self
        return self.filter(action__goal__plan__participation__person__user=user)


class StepEvidence(UUIDModel):
    """A file beside a step: the enrolment, the letter, a picture of what was made."""

    action = models.ForeignKey(PlanAction, on_delete=models.PROTECT, related_name="evidence")
    # Empty once the file was erased with the person's name.
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = StepEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name_plural = "step evidence"

    def __str__(self):
        return f"{self.action_id} {self.added_at:%Y-%m-%d}"
