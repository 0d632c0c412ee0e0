"""How members of staff come in."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.people import User
from migwork.db import UUIDModel
from programme.models import Organisation


class Invitation(UUIDModel):
    """A link by which somebody becomes a member of an organisation. Only its digest is kept."""

    email = models.EmailField(_("e-mail"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=15, choices=Role)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                "role",
                condition=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="invitation_one_live",
                violation_error_message=_("This address is invited to this role already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("invited_at")),
                name="invitation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, cancelled_at__isnull=True),
                name="invitation_acceptance_is_whole",
                violation_error_message=_("This invitation was accepted or cancelled already."),
            ),
        ]

    def __str__(self):
        return f"{self.email} · {self.get_role_display()} · {self.organisation}"
