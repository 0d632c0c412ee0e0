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
