"""What somebody who goes back to study may choose from, and what they chose."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from pathways.enums import StudyRoute
from pathways.models.paths import AccompaniedPath


class StudyOption(UUIDModel):
    """One school or course that is thought of, with what speaks for and against it."""

    path = models.ForeignKey(AccompaniedPath, on_delete=models.PROTECT, related_name="options")
    route = models.CharField(max_length=15, choices=StudyRoute)
    school = models.CharField(_("school or office"), max_length=150)
    course = models.CharField(_("course"), max_length=150, blank=True)
    enrol_by = models.DateField(_("last day to enrol"), null=True, blank=True)
    thoughts = EncryptedTextField(_("for and against"), blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(is_chosen=True),
                name="study_option_one_chosen",
                violation_error_message=_("One of them is chosen already."),
            ),
        ]

    def __str__(self):
        return f"{self.school} {self.course}".strip()
