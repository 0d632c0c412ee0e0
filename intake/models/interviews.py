"""What comes of an interview once it is closed: additions, and the summary that the person takes along."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.documents.models import Document
from intake.models.talks import Interview
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class InterviewAddendum(UUIDModel):
    """A dated correction of a closed interview. Never changed: a slip in it is mended by the next one."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="addenda")
    text = EncryptedTextField(_("addition"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.interview_id} {self.at:%Y-%m-%d %H:%M}"


class InterviewSummary(UUIDModel):
    """What was handed to the young person of a closed interview: only the sections that both wanted in it."""

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="summary")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    sections = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.interview_id} {self.at:%Y-%m-%d}"
