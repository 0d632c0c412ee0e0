"""Certificates: the rule by which an activity gives them, those that were given, and the giving to a whole group."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from foundation.documents.models import Document
from migwork.checkdigit import spaced_code
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from pathways.enums import BatchState, CertificateState
from pathways.models.enrolments import Enrolment
from pathways.models.opportunities import Opportunity
from pathways.models.runs import Run


class CertificateRule(models.Model):
    """What somebody must have done to get the certificate of an activity, and what it says that they can do."""

    opportunity = models.OneToOneField(Opportunity, on_delete=models.PROTECT, related_name="certificate_rule")
    least_share = models.PositiveSmallIntegerField(
        _("least share of the hours"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    needs_test = models.BooleanField(_("there is a final test to pass"), default=False)
    skills = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(least_share__range=(1, 100)),
                name="certificate_rule_share",
                violation_error_message=_("The share of the hours is from 1 to 100 per cent."),
            )
        ]

    def __str__(self):
        return f"{self.opportunity_id}: {self.least_share} %"


class FinalTest(models.Model):
    """Whether somebody passed the final test of an activity."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="final_test")
    passed = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.enrolment_id}: {self.passed}"


class CertificateQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(state=CertificateState.VALID)

    def visible_to(self, user):
        """As the enrolments are: the young person, the desk, the partner that runs the activity, coordinators."""
        if user.is_superuser or user.roles & {Role.OPERATOR, Role.COORDINATOR}:
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        return self.filter(
            Q(enrolment__participation__person__user=user) | Q(enrolment__run__opportunity__organisation__in=partners)
        )

    def run_by(self, user):
        """Those of the organisations in which `user` is partner staff; all for coordinators."""
        if user.is_superuser or Role.COORDINATOR in user.roles:
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        return self.filter(enrolment__run__opportunity__organisation__in=partners)


class Certificate(UUIDModel):
    """One certificate, as it was printed: what changes afterwards on the activity or the person changes nothing in it.

    Whoever holds `code` sees on the public page that it is genuine. `holder` is empty once the person asked to be
    forgotten: it stays genuine, and nobody can say any more whose it is.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10, unique=True)
    state = models.CharField(max_length=10, choices=CertificateState, default=CertificateState.VALID)
    holder = EncryptedTextField(blank=True)
    activity = models.CharField(max_length=150)
    issuer = models.CharField(max_length=200)
    began = models.DateField()
    ended = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    test_passed = models.BooleanField()
    skills = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(blank=True, default="")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state="valid"),
                name="certificate_one_valid",
                violation_error_message=_("This person has the certificate of this activity already."),
            ),
            models.CheckConstraint(
                condition=Q(state="valid", ended_at=None, ended_by=None)
                | (~Q(state="valid") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="certificate_ended_has_its_time",
                violation_error_message=_("Say when and by whom the certificate was taken back."),
            ),
        ]

    def __str__(self):
        return f"{self.activity} {self.state}"

    @property
    def kind(self) -> str:
        """Of its state, for the status tag."""
        return "done" if self.state == CertificateState.VALID else "stop"

    @property
    def printed_code(self) -> str:
        return spaced_code(self.code)

    @property
    def initials(self) -> str:
        """'A. B.'; empty once the holder was forgotten."""
        return " ".join(f"{word[0].upper()}." for word in self.holder.split())


class CertificateBatch(UUIDModel):
    """Certificates for all of a run who have a right to one, made in the background one after the other."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="certificate_batches")
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.QUEUED)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    # Tries that made nothing: a certificate that comes out begins the count anew.
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run"],
                condition=Q(state="queued"),
                name="certificate_batch_one_at_work",
                violation_error_message=_("The certificates of this group are being made already."),
            )
        ]

    def __str__(self):
        return f"{self.run_id} {self.done}/{self.total} {self.state}"
