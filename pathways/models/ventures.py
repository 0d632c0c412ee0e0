"""The idea of a business, which grows part by part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from pathways.models.paths import AccompaniedPath


class IdeaSheet(UUIDModel):
    """Six questions about an idea. Nobody answers them on the first day: each part is written when its time comes."""

    path = models.OneToOneField(AccompaniedPath, on_delete=models.PROTECT, related_name="idea")
    title = models.CharField(_("the idea in one sentence"), max_length=150)
    problem = EncryptedTextField(_("problem"), blank=True)
    customers = EncryptedTextField(_("customers"), blank=True)
    value = EncryptedTextField(_("value"), blank=True)
    channels = EncryptedTextField(_("channels"), blank=True)
    costs = EncryptedTextField(_("costs"), blank=True)
    revenue = EncryptedTextField(_("revenue"), blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return self.title
