"""What the desk does with records: letting people take theirs over, and making one of two."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User, YoungPerson
from migwork.crypto import EncryptedJSONField, EncryptedTextField
from migwork.db import UUIDModel


class ClaimCode(UUIDModel):
    """A code on paper, with which somebody takes over the record that the desk made. Only its digest is kept."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="claim_codes")
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("code to take over a record")
        verbose_name_plural = _("codes to take over a record")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, cancelled_at__isnull=True),
                name="claim_code_one_live",
                violation_error_message=_("This person has a code already: it must be cancelled before a new one."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")),
                name="claim_code_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False, cancelled_at__isnull=True),
                name="claim_code_use_is_whole",
                violation_error_message=_("This code was used or cancelled already."),
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.made_at:%Y-%m-%d}"


class PersonMerge(UUIDModel):
    """Two records of one person made one, with all that is needed to undo it.

    `moves` lists each change in its order: {"model", "pk", "from", "to"}, the latter two by the names of the
    columns. `values` holds the fields of `kept` that were filled from `merged`, as they were before.
    """

    kept = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="merges_away")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(_("why they are the same person"))
    moves = EncryptedJSONField(default=list)
    values = EncryptedJSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("merge of two records")
        verbose_name_plural = _("merges of two records")
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at__isnull=True),
                name="merge_once",
                violation_error_message=_("This record was merged into another already."),
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("merged")),
                name="merge_of_two",
                violation_error_message=_("A record cannot be merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undoing_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.merged} → {self.kept}"
