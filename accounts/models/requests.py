"""What people ask about their own data, and the copies they get."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import CopyState, RequestKind, RequestState
from accounts.models.people import User, YoungPerson
from foundation.documents.models import Document
from foundation.files.models import StoredFile
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class PrivacyRequest(UUIDModel):
    """A request to the privacy officer, with the day by which it must be answered."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="privacy_requests")
    kind = models.CharField(_("what you ask for"), max_length=10, choices=RequestKind)
    text = EncryptedTextField(_("what you want to tell us"), blank=True)
    asked_at = models.DateTimeField()
    # The person, or the privacy officer for somebody who asked by letter or at the desk.
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    extended_to = models.DateField(null=True, blank=True)
    extension_reason = EncryptedTextField(_("why it takes longer"), blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    answer = EncryptedTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("request about one's data")
        verbose_name_plural = _("requests about one's data")
        ordering = ["-asked_at", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="privacy_request_due")]
        constraints = [
            # Corrections and names are asked about one thing each; of the others one at a time says it all.
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="open") & ~Q(kind__in=["correction", "names"]),
                name="privacy_request_one_open",
                violation_error_message=_("You have asked for this already: we are looking at it."),
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True, extension_reason="")
                | (Q(extended_to__isnull=False, extended_to__gt=F("due_on")) & ~Q(extension_reason="")),
                name="privacy_request_extension_is_whole",
                violation_error_message=_("A longer term ends later than the first, and says why."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["open", "withdrawn"], answered_at__isnull=True, answered_by__isnull=True, answer=""
                )
                | (
                    Q(state__in=["granted", "partly", "refused"], answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="privacy_request_answer_is_whole",
                violation_error_message=_("An answered request has its answer, when and by whom."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.get_kind_display()}"

    @property
    def answer_by(self):
        """The day that counts: the extended one if there is one."""
        return self.extended_to or self.due_on


class DataCopy(UUIDModel):
    """All that is kept about somebody, as PDF and JSON, to download for some days."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="data_copies")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CopyState, default=CopyState.WAITING)
    pdf = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    json = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ready_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("copy of one's data")
        verbose_name_plural = _("copies of one's data")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="waiting"),
                name="data_copy_one_waiting",
                violation_error_message=_("Your copy is being prepared already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="ready",
                    pdf__isnull=False,
                    json__isnull=False,
                    ready_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("ready_at"),
                )
                | Q(
                    state__in=["waiting", "failed", "gone"],
                    pdf__isnull=True,
                    json__isnull=True,
                ),
                name="data_copy_ready_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.asked_at:%Y-%m-%d}"
