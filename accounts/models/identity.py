"""Who somebody is: papers, SPID and CIE. The codice fiscale stands at the young person."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import EidProvider, PaperType
from accounts.models.people import FISCAL_CODE_LENGTH, User, YoungPerson, fiscal_code_is_whole
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class IdentityPaperQuerySet(models.QuerySet):
    def live(self):
        """Those that no other one has replaced and nobody took out."""
        return self.filter(replaced_at=None)


class IdentityPaper(UUIDModel):
    """A paper that shows who somebody is, in place of a codice fiscale or besides. Its number is encrypted."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("which paper"), max_length=15, choices=PaperType)
    number = EncryptedTextField(_("number"))
    country = models.CharField(_("issued by"), max_length=2, blank=True, help_text=_("ISO 3166 code."))
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    for_what = models.CharField(_("for what"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = IdentityPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity paper")
        verbose_name_plural = _("identity papers")
        ordering = ["-recorded_at", "pk"]
        indexes = [
            models.Index(
                fields=["expires_on"],
                condition=Q(replaced_at__isnull=True, expires_on__isnull=False),
                name="paper_expiring",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(expires_on__isnull=True) | Q(expires_on__gt=F("issued_on")),
                name="paper_expires_after_issue",
                violation_error_message=_("A paper ends after the day on which it was issued."),
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="paper_check_is_whole",
                violation_error_message=_("Of a checked paper it is kept when and by whom."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.get_kind_display()}"

    def is_over_on(self, day) -> bool:
        """Whether it is no longer valid on that day."""
        return self.expires_on is not None and self.expires_on < day

    @property
    def is_over(self) -> bool:
        return self.is_over_on(timezone.localdate())


class EIdentity(UUIDModel):
    """The SPID or CIE by which an account is entered. Of what the provider says only this is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="eidentities")
    provider = models.CharField(max_length=10, choices=EidProvider)
    fiscal_code = models.CharField(_("codice fiscale"), max_length=16)
    subject = models.CharField(max_length=200)
    level = models.CharField(max_length=40, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("public digital identity")
        verbose_name_plural = _("public digital identities")
        indexes = [models.Index(fields=["fiscal_code"], name="eidentity_fiscal_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"],
                name="eidentity_once",
                violation_error_message=_("This SPID or CIE opens another account already."),
            ),
            models.CheckConstraint(
                condition=fiscal_code_is_whole("fiscal_code") & ~Q(fiscal_code=""),
                name="eidentity_fiscal_code_whole",
                violation_error_message=FISCAL_CODE_LENGTH,
            ),
            models.CheckConstraint(
                condition=Q(last_at__gte=F("first_at")),
                name="eidentity_last_after_first",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_provider_display()}"
