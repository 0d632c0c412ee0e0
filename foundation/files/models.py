"""Files that people bring, and files the portal makes for them, other than numbered documents."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from migwork.db import UUIDModel


class StoredFileQuerySet(models.QuerySet):
    def about(self, person_ids):
        """Files about any of these people (several when persons were merged), newest first."""
        return self.filter(about__in=person_ids).order_by("-stored_at", "id")


class StoredFile(UUIDModel):
    """One file as it came, with the type that its bytes show.

    `kind` says what it is for ("signed-paper"). It is handed out by a view of the room that owns it, which
    asks for the right, with serving.response(). Nothing here has an address of its own.
    """

    about = models.UUIDField(null=True)
    kind = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=150)
    file = models.FileField(upload_to="files/%Y/%m", max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()
    content_type = models.CharField(max_length=40)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["about"], condition=Q(about__isnull=False), name="stored_file_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(bytes__gt=0),
                name="stored_file_is_not_empty",
                violation_error_message=_("The file is empty. Choose another one."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="stored_file_has_a_name",
                violation_error_message=_("The file needs a name."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
