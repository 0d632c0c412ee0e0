"""What was changed in the sessions of a run, until those concerned are told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pathways.models.runs import Run


class SessionChange(models.Model):
    """A session as it stood when those concerned were last told; deleted as soon as they are told again.

    However often it is changed meanwhile, there is one row. Without `was_starts_at` it was added.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="session_changes")
    # The session's key; no foreign key, for it may have been taken out.
    number = models.BigIntegerField()
    was_starts_at = models.DateTimeField(null=True)
    was_ends_at = models.DateTimeField(null=True)
    was_place = models.CharField(max_length=200, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"],
                name="session_change_once",
                violation_error_message=_("This change is noted already."),
            ),
            models.CheckConstraint(
                condition=Q(was_starts_at=None, was_ends_at=None)
                | Q(was_starts_at__isnull=False, was_ends_at__isnull=False),
                name="session_change_was_whole",
                violation_error_message=_("A session was from one time until another."),
            ),
        ]

    def __str__(self):
        return f"{self.run_id} {self.number}"
