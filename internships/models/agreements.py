"""Who signs for a host, and the framework agreements between promoters and hosts."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import PaperType, Role
from accounts.models import User
from foundation.documents.models import Document
from foundation.files.models import StoredFile
from internships.enums import AgreementScope, AgreementState, PaperCode
from internships.models.hosts import Host
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from programme.models import Organisation


class HostSigner(UUIDModel):
    """Who signs for a host: its legal representative, or somebody with a power of attorney. Has no account."""

    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="signers")
    name = models.CharField(_("name and surname"), max_length=200)
    position = models.CharField(_("as what they sign"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    fiscal_code = EncryptedTextField(_("codice fiscale"), blank=True, default="")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    identity_checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    identity_paper = models.CharField(max_length=15, choices=PaperType, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(identity_checked_at__isnull=True, identity_checked_by__isnull=True, identity_paper="")
                | (Q(identity_checked_at__isnull=False, identity_checked_by__isnull=False) & ~Q(identity_paper="")),
                name="host_signer_check_is_whole",
                violation_error_message=_("Of a checked identity it is kept when, by whom and by which paper."),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.position}"


class PaperTemplateQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)


class PaperTemplate(UUIDModel):
    """One version of the words of a paper, in the language of internships/wording.py. Published, it never changes."""

    code = models.CharField(_("paper"), max_length=30, choices=PaperCode)
    version = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField(_("text"))
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="paper_template_version_once",
                violation_error_message=_("Somebody else has just begun this version. Look again."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(published_at__isnull=True),
                name="paper_template_one_draft",
                violation_error_message=_("There is a draft of this paper already: go on with that one."),
            ),
        ]

    def __str__(self):
        return f"{self.get_code_display()} {self.version}"


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Operators and coordinators: all. The promoter's staff: theirs."""
        if user.is_superuser or not user.roles.isdisjoint({Role.OPERATOR, Role.COORDINATOR}):
            return self
        return self.filter(promoter__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))

    def covering(self, promoter_id, host_id, scope, first):
        """The signed one under which an internship of this scope can begin on the day `first`."""
        return self.filter(
            promoter=promoter_id,
            host=host_id,
            scope=scope,
            state=AgreementState.SIGNED,
            valid_from__lte=first,
            valid_to__gte=first,
        ).order_by("-valid_to")


class Agreement(UUIDModel):
    """A framework agreement (convenzione): under it this promoter's internships at this host take place.

    `scan` instead of `document` where it was signed outside of the portal.
    """

    promoter = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="agreements")
    scope = models.CharField(
        _("for which internships"),
        max_length=10,
        choices=AgreementScope,
        default=AgreementScope.WORK,
        db_default=AgreementScope.WORK,
    )
    signer = models.ForeignKey(HostSigner, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    promoter_signer = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    state = models.CharField(max_length=15, choices=AgreementState, default=AgreementState.DRAFT)
    state_since = models.DateTimeField()
    template = models.ForeignKey(PaperTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why it ended before its day."))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        indexes = [models.Index(fields=["promoter", "state", "valid_to"], name="agreement_of_promoter")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="agreement_ends_after_start",
                violation_error_message=_("An agreement ends after it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_on__isnull=False),
                name="agreement_signed_has_its_day",
                violation_error_message=_("A signed agreement has the day on which it was signed."),
            ),
            ExclusionConstraint(
                name="agreement_one_at_a_time",
                expressions=[
                    ("promoter", RangeOperators.EQUAL),
                    ("host", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state="ended"),
                violation_error_message=_("There is an agreement with this host for some of these days already."),
            ),
        ]

    def __str__(self):
        return f"{self.promoter} · {self.host}"
