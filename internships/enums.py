from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InternshipState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    IN_SIGNATURE = "in_signature", _("Being signed")
    SIGNED = "signed", _("Signed")
    RUNNING = "running", _("Running")
    SUSPENDED = "suspended", _("Suspended")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended_early", _("Ended early")
    CANCELLED = "cancelled", _("Cancelled")
