"""What the desk jots down between talks."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intake.enums import NoteKind
from intake.models.participations import OfParticipationQuerySet, Participation
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel

# A slip is mended by whoever wrote it, while it is fresh; what was read by others is completed by a further note.
CORRECTED_WITHIN = timedelta(minutes=10)


class Note(UUIDModel):
    """A call, a word in the corridor, a message of the school: a few lines, read by the case team alone."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("where from"), max_length=15, choices=NoteKind, default=NoteKind.CALL)
    text = EncryptedTextField(_("note"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)

    objects = OfParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["participation", "-at"], name="note_of_participation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True) | Q(corrected_at__gte=F("at")),
                name="note_corrected_after_written",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"

    def is_fresh(self, now) -> bool:
        """Whether its writer may still correct it."""
        return now < self.at + CORRECTED_WITHIN
