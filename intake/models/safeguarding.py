"""A disclosed abuse: a record apart from the file, for its owner and those whom the owner names.

`concerns` is the person's id without a foreign key, and no event is about the person: whatever lists, copies or
merges what hangs on somebody does not come here (docs/adr/0014-safeguarding-apart.md).
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intake.enums import SafeguardingState
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class SafeguardingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=SafeguardingState.OPEN)

    def visible_to(self, user):
        """The owner and those who are named, as long as they work here: nobody else, also no administrator."""
        return self.in_hands_of(user.pk) if user.roles else self.none()

    def in_hands_of(self, user):
        """Owned by this account (its id) or read by it: without asking whether it still works here."""
        named = SafeguardingReader.objects.filter(record=OuterRef("pk"), user=user, removed_at=None)
        return self.filter(Q(owner=user) | Exists(named))


class SafeguardingRecord(UUIDModel):
    """What somebody disclosed, who sees to it, and by when."""

    concerns = models.UUIDField(db_index=True)
    text = EncryptedTextField(_("what was disclosed"))
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateField(_("by when something must be done"))
    state = models.CharField(max_length=10, choices=SafeguardingState, default=SafeguardingState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = EncryptedTextField(_("how it ended"), blank=True)

    objects = SafeguardingQuerySet.as_manager()

    class Meta:
        ordering = ["deadline", "pk"]
        indexes = [models.Index(fields=["deadline"], condition=Q(state="open"), name="safeguarding_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closed_by__isnull=True)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="safeguarding_closing_is_whole",
            )
        ]

    def __str__(self):
        return str(self.pk)


class SafeguardingReader(models.Model):
    """Somebody whom the owner let read it, until they no longer do."""

    record = models.ForeignKey(SafeguardingRecord, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "user"],
                condition=Q(removed_at=None),
                name="safeguarding_reader_once",
                violation_error_message=_("They may read it already."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("named_at")),
                name="safeguarding_reader_removed_after",
            ),
        ]

    def __str__(self):
        return f"{self.record_id} {self.user_id}"


class SafeguardingEntry(UUIDModel):
    """What was done since: a call, a report to the authorities, an answer. Nothing of it is changed afterwards."""

    record = models.ForeignKey(SafeguardingRecord, on_delete=models.PROTECT, related_name="entries")
    text = EncryptedTextField(_("what was done"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.record_id} {self.at:%Y-%m-%d %H:%M}"


class SafeguardingReading(models.Model):
    """Who read it, when and why: a log of its own, for the page of who opened a file may be seen at home."""

    record = models.ForeignKey(SafeguardingRecord, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = EncryptedTextField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["record", "-at"], name="safeguarding_readings")]

    def __str__(self):
        return f"{self.record_id} {self.at:%Y-%m-%d %H:%M}"
