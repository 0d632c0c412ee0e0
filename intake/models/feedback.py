"""How a talk was, in the words of whom it was for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.enums import Face
from intake.models.talks import Appointment
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class TalkFeedback(UUIDModel):
    """One tap after a talk, and perhaps a sentence. No page shows staff a single answer beside a name."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="feedback")
    face = models.CharField(_("how it was"), max_length=10, choices=Face)
    sentence = EncryptedTextField(_("in a sentence"), blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="feedback_by_day")]

    def __str__(self):
        return f"{self.get_face_display()} {self.at:%Y-%m}"
