"""Documents the portal makes: numbered, hashed, never changed afterwards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from migwork.db import UUIDModel


class DocumentNumber(models.Model):
    """The last protocol number of a year; the row is locked while the next is taken."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.last}/{self.year}"


class Document(UUIDModel):
    """One PDF with its protocol number `n/yyyy` and the SHA-256 of its bytes."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    about = models.UUIDField(null=True, db_index=True)
    file = models.FileField(upload_to="documents/%Y/%m", max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="document_number_once_a_year",
                violation_error_message=_("This protocol number was just taken. Try again."),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.protocol_number}"

    @property
    def protocol_number(self) -> str:
        return f"{self.number}/{self.year}"
