"""The training project of an internship (progetto formativo individuale), written in turns."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.documents.models import Document
from foundation.files.models import StoredFile
from internships.enums import Meals, ProjectState
from internships.models.agreements import Agreement, HostSigner, PaperTemplate
from internships.models.internships import Internship
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class TrainingProject(UUIDModel):
    """What promoter, host and young person each write of an internship before all sign it.

    `host_key` opens the host's page: a new one each time that the host is asked, so that older links open nothing.
    `scan` instead of `document` where it was signed outside of the portal.
    """

    internship = models.OneToOneField(Internship, on_delete=models.PROTECT, related_name="project")
    state = models.CharField(max_length=15, choices=ProjectState, default=ProjectState.PROMOTER)
    state_since = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # -- the promoter's
    objectives = EncryptedTextField(_("goals"), blank=True, default="")
    competences = EncryptedTextField(_("competences after QRSP"), blank=True, default="")
    insurance_accident = models.CharField(_("insurance against accidents (INAIL)"), max_length=150, blank=True)
    insurance_liability = models.CharField(_("liability insurance"), max_length=150, blank=True)
    # -- the host's
    activities = EncryptedTextField(_("tasks"), blank=True, default="")
    timetable = models.CharField(_("days and hours"), max_length=300, blank=True)
    safety = models.CharField(_("safety at work"), max_length=300, blank=True)
    allowance = models.DecimalField(_("allowance a month"), max_digits=7, decimal_places=2, null=True, blank=True)
    meals = models.CharField(_("meals"), max_length=10, choices=Meals, blank=True)
    signer = models.ForeignKey(HostSigner, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    host_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    host_asked_at = models.DateTimeField(null=True, blank=True)
    host_filled_at = models.DateTimeField(null=True, blank=True)
    # -- the young person's
    wishes = EncryptedTextField(_("what I want to learn"), blank=True, default="")
    needs = EncryptedTextField(_("what I need to do well"), blank=True, default="")
    duties_read_at = models.DateTimeField(null=True, blank=True)
    # -- what somebody wants changed, and who
    note = EncryptedTextField(blank=True, default="")
    note_by = models.CharField(max_length=10, blank=True)
    # -- the paper
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    promoter_signer = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(PaperTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(allowance__isnull=True) | Q(allowance__gte=0),
                name="project_allowance_is_an_amount",
                violation_error_message=_("An allowance is not less than nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(state="in_signature") | Q(document__isnull=False),
                name="project_being_signed_is_a_document",
                violation_error_message=_("What is signed is a document."),
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | (Q(signed_on__isnull=False) & (Q(document__isnull=False) | Q(scan__isnull=False))),
                name="project_signed_is_kept",
                violation_error_message=_("A signed training project has its paper and its day."),
            ),
            models.CheckConstraint(
                condition=Q(note_by__in=["", "host", "intern"]),
                name="project_note_is_somebodys",
                violation_error_message=_("What has to be changed is said by the host or by the young person."),
            ),
        ]

    def __str__(self):
        return f"{self.internship} · {self.get_state_display()}"
