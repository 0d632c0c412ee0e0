"""The one outbox for every mail and SMS, and the demo's mailbox."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.communications.enums import Channel, MessageState
from migwork.db import UUIDModel


class OutgoingMessageQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting, and allowed to leave by now; oldest first."""
        return self.filter(state=MessageState.QUEUED, not_before__lte=now).order_by("not_before", "created_at")


class OutgoingMessage(UUIDModel):
    """One mail or SMS, written in the transaction of what it tells of; sent once by a task.

    `key` names the occasion ("reminder:appointment:…:1d"), so that the same
    occasion can never be written twice. `cause` names what it tells of, so that it
    can be cancelled when that changes. The text is kept as sent; the subject holds
    no personal data.
    """

    key = models.CharField(max_length=200, unique=True)
    cause = models.CharField(max_length=100, blank=True)
    about = models.UUIDField(null=True)
    channel = models.CharField(max_length=10, choices=Channel)
    to = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=150, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    provider_reference = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="queued"), name="message_due"),
            models.Index(fields=["cause"], condition=~Q(cause=""), name="message_cause"),
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="message_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_has_its_time",
            ),
        ]

    def __str__(self):
        return f"{self.channel} {self.key}"


class MailboxMessage(models.Model):
    """A message as it arrived on the demo's mailbox page; the unique link to the outbox proves "once"."""

    message = models.OneToOneField(OutgoingMessage, on_delete=models.CASCADE, related_name="arrived")
    arrived_at = models.DateTimeField()

    class Meta:
        verbose_name = _("message in the demo's mailbox")
        indexes = [models.Index(fields=["-arrived_at"], name="mailbox_newest")]

    def __str__(self):
        return str(self.message)
