"""Links by which hosts, who have no account, keep the registers of their interns."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.models.hosts import HostTutor
from migwork.db import UUIDModel


class HostLink(UUIDModel):
    """The one link of a tutor of a host: it opens all internships of the host, until somebody takes it back."""

    tutor = models.ForeignKey(HostTutor, on_delete=models.PROTECT, related_name="links")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tutor"],
                condition=Q(revoked_at__isnull=True),
                name="host_link_one_of_tutor",
                violation_error_message=_("This tutor has a link already."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="host_link_revoked_whole",
            ),
        ]

    def __str__(self):
        return f"{self.tutor}"
