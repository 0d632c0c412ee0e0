"""The one outbox for every mail and SMS, how each person wants to be written to, threads, and the demo's mailbox."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.communications.enums import Channel, Digest, MessageState
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class OutgoingMessageQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting by themselves, and allowed to leave by now; oldest first."""
        waiting = self.filter(state=MessageState.QUEUED, digest=False, not_before__lte=now)
        return waiting.order_by("not_before", "created_at")


class OutgoingMessage(UUIDModel):
    """One mail or SMS, written in the transaction of what it tells of; sent once by a task.

    `key` names the occasion ("reminder:appointment:…:1d"), so that the same
    occasion can never be written twice. `cause` names what it tells of, so that it
    can be cancelled when that changes. The text is kept as sent; the subject holds
    no personal data. One with `digest` never leaves by itself: it waits until it is put
    together with others, and `digest_of` is then the message in which it left.
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
    topic = models.CharField(max_length=30, blank=True, default="", db_default="")
    digest = models.BooleanField(default=False, db_default=False)
    digest_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    delivered_at = models.DateTimeField(null=True)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="queued"), name="message_due"),
            models.Index(fields=["cause"], condition=~Q(cause=""), name="message_cause"),
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="message_about"),
            models.Index(fields=["about"], condition=Q(state="queued", digest=True), name="message_for_digest"),
            models.Index(
                fields=["-created_at"],
                condition=Q(about__isnull=False, state__in=["failed", "bounced"]),
                name="message_lost",
            ),
            models.Index(
                fields=["provider_reference"], condition=~Q(provider_reference=""), name="message_by_reference"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "bounced"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "bounced"]) & Q(sent_at__isnull=True)),
                name="message_sent_has_its_time",
                violation_error_message=_("A message has the time at which it left, and only then."),
            ),
            models.CheckConstraint(
                condition=Q(state="digested", digest=True, digest_of__isnull=False)
                | (~Q(state="digested") & Q(digest_of__isnull=True)),
                name="message_digested_has_its_digest",
                violation_error_message=_("A message that left in a digest names that digest, and only then."),
            ),
            models.CheckConstraint(
                condition=Q(digest_of=None) | ~Q(digest_of=F("id")),
                name="message_is_no_part_of_itself",
                violation_error_message=_("A message cannot be a part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(state="sent"),
                name="message_delivered_was_sent",
                violation_error_message=_("Only a message that was sent can have arrived."),
            ),
        ]

    def __str__(self):
        return f"{self.channel} {self.key}"


class Preference(UUIDModel):
    """How one person wants to be written to. Without a row: as the portal does by itself.

    `about` is the person's id. `off` are topics they do not want to read about. `closed` and `only_to` are
    set by an operator where another address is dangerous for the person: they win over all the rest.
    """

    about = models.UUIDField(unique=True)
    channel = models.CharField(_("how to reach you"), max_length=10, choices=Channel, blank=True, default="")
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)
    digest = models.CharField(_("how often"), max_length=10, choices=Digest, default=Digest.NOW)
    off = ArrayField(models.SlugField(max_length=30), default=list, blank=True)
    closed = ArrayField(models.CharField(max_length=10, choices=Channel), default=list, blank=True)
    only_to = models.CharField(max_length=254, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | (Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to"))),
                name="preference_quiet_hours_are_whole",
                violation_error_message=_("Give the beginning and the end of your quiet hours, and not the same hour."),
            ),
            models.CheckConstraint(
                condition=Q(channel="") | ~Q(closed__contains=[F("channel")]),
                name="preference_channel_is_not_closed",
                violation_error_message=_("This way of reaching you is closed. Choose the other one."),
            ),
        ]

    def __str__(self):
        return f"{self.channel or '-'} {self.digest}"


class MailboxMessage(models.Model):
    """A message as it arrived on the demo's mailbox page; the unique link to the outbox proves "once"."""

    message = models.OneToOneField(OutgoingMessage, on_delete=models.CASCADE, related_name="arrived")
    arrived_at = models.DateTimeField()

    class Meta:
        verbose_name = _("message in the demo's mailbox")
        indexes = [models.Index(fields=["-arrived_at"], name="mailbox_newest")]

    def __str__(self):
        return str(self.message)


class Thread(UUIDModel):
    """What a young person (`about`, their id) and whoever follows them write to each other."""

    about = models.UUIDField(unique=True)
    opened_at = models.DateTimeField()

    def __str__(self):
        return str(self.pk)


class ThreadMessageQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)


class ThreadMessage(UUIDModel):
    """A few lines of a thread. Read, it says when and by whom: by the other side, who said so themselves."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_person = models.BooleanField()
    text = EncryptedTextField(_("message"))
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ThreadMessageQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["thread", "-at"], name="thread_message_of_thread"),
            models.Index(fields=["thread", "from_person"], condition=Q(read_at=None), name="thread_message_unread"),
            models.Index(fields=["by", "at"], name="thread_message_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__gte=F("at"), read_by__isnull=False),
                name="thread_message_reading_is_whole",
                violation_error_message=_("A message that was read says when and by whom."),
            )
        ]

    def __str__(self):
        return f"{self.thread} {self.at:%Y-%m-%d %H:%M}"
