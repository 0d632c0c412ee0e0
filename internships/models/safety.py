"""What keeps an intern safe: evidence before the start, accidents, a word that something is wrong, visits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.files.models import StoredFile
from internships.enums import EvidenceKind
from internships.models.links import HostLink
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class SafetyEvidence(UUIDModel):
    """That something is there: since when, who said so, perhaps the paper. Of a workplace it holds for all its interns.

    Of a minor's fitness only the day and who issued it: the certificate is a paper about health, and stays away.
    """

    kind = models.CharField(max_length=20, choices=EvidenceKind)
    internship = models.ForeignKey(
        "internships.Internship", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    unit = models.ForeignKey(
        "internships.OperatingUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    on = models.DateField(_("day"))
    until = models.DateField(_("valid until"), null=True, blank=True)
    reference = models.CharField(_("what it is, and from whom"), max_length=150)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="risk_assessment", unit__isnull=False, internship__isnull=True)
                | (~Q(kind="risk_assessment") & Q(unit__isnull=True, internship__isnull=False)),
                name="safety_evidence_of_its_holder",
                violation_error_message=_("A risk assessment belongs to a workplace, all else to an intern."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="fitness") | Q(file__isnull=True),
                name="safety_evidence_keeps_no_health_paper",
                violation_error_message=_(
                    "The certificate of fitness is not kept here: only its day and who issued it."
                ),
            ),
            models.UniqueConstraint(
                fields=["kind", "internship", "unit"],
                name="safety_evidence_once",
                nulls_distinct=False,
                violation_error_message=_("This is noted already: change it."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on}"


class Accident(UUIDModel):
    """Something happened at work, or on the way there."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="accidents")
    happened_at = models.DateTimeField(_("when"))
    # The insurer's days run from here: the medical certificate, or, until there is one, the report.
    certificate_on = models.DateField(_("day of the medical certificate"), null=True, blank=True)
    what = EncryptedTextField(_("what happened"))
    reported_at = models.DateTimeField()
    # None: by somebody of the host, without an account, who opened this link and wrote their name.
    reported_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reported_link = models.ForeignKey(HostLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reporter = EncryptedTextField(_("who of the host reported it"), blank=True, default="")

    class Meta:
        ordering = ["happened_at"]

    def __str__(self):
        return f"{self.internship_id} {self.happened_at:%Y-%m-%d}"


class Concern(UUIDModel):
    """The intern says that something is wrong. For promoter and operator; no page of a host reads this table."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="concerns")
    text = EncryptedTextField(_("what is wrong"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = EncryptedTextField(_("what was done"), blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="concern_closed_by_somebody",
                violation_error_message=_("Who closes it is noted with it."),
            )
        ]

    def __str__(self):
        return f"{self.internship_id} {self.at:%Y-%m-%d}"


class Visit(UUIDModel):
    """The promoter's tutor sees how it goes at the workplace."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="visits")
    planned_on = models.DateField(_("day"))
    held_on = models.DateField(_("took place on"), null=True, blank=True)
    found = EncryptedTextField(_("how it goes"), blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["planned_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "planned_on"],
                name="visit_once_a_day",
                violation_error_message=_("A visit is planned for this day already."),
            )
        ]

    def __str__(self):
        return f"{self.internship_id} {self.planned_on}"
