from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class MessageState(TextChoices):
    QUEUED = "queued", _("Waiting to leave")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be delivered")
    CANCELLED = "cancelled", _("Cancelled before leaving")
    DIGESTED = "digested", _("Sent as part of a digest")
    BOUNCED = "bounced", _("Came back")


class Digest(TextChoices):
    """How often somebody wants to hear from the portal."""

    NOW = "now", _("At once, each message by itself")
    DAILY = "daily", _("Once a day, all in one message")
    WEEKLY = "weekly", _("Once a week, all in one message")
