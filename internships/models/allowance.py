"""What interns are paid for their months, on what terms, and where to."""

from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.enums import AbsentMonth, AllowanceState, PartMonth
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class AllowanceTerms(models.Model):
    """What the promoter has to say for an internship's allowance; without a row the rules' plain case holds."""

    internship = models.OneToOneField(
        "internships.Internship", on_delete=models.PROTECT, primary_key=True, related_name="allowance_terms"
    )
    has_meals = models.BooleanField(_("meal vouchers or canteen"), default=False)
    on_income_support = models.BooleanField(_("on income support: not compulsory"), default=False)
    agreed = models.DecimalField(_("agreed amount a month"), max_digits=7, decimal_places=2, null=True, blank=True)
    absent_month = models.CharField(_("months without attendance"), max_length=10, choices=AbsentMonth, blank=True)
    part_month = models.CharField(_("months that count in part"), max_length=10, choices=PartMonth, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "allowance terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(agreed__gt=0),
                name="allowance_agreed_is_something",
                violation_error_message=_("The agreed amount is more than nothing."),
            )
        ]

    def __str__(self):
        return str(self.internship_id)


class Allowance(UUIDModel):
    """What is due for a month, with its sum. What is paid stays: a correction after that is a second row."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="allowances")
    first = models.DateField(_("month"))
    number = models.PositiveSmallIntegerField(default=1)
    # Empty while the promoter has something to decide. Below zero: too much was paid before.
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    how = models.JSONField(encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=10, choices=AllowanceState)
    computed_at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first", "number"]
        indexes = [models.Index(fields=["first", "state"], name="allowance_of_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "first", "number"],
                name="allowance_once_a_month",
                violation_error_message=_("The allowance of this month is there already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, state="to_decide") | (Q(amount__isnull=False) & ~Q(state="to_decide")),
                name="allowance_decided_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False, paid_by__isnull=False)
                | (~Q(state="paid") & Q(paid_on__isnull=True, paid_by__isnull=True)),
                name="allowance_paid_has_its_day",
                violation_error_message=_("Say on which day it was paid."),
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.first:%Y-%m}"

    @property
    def as_shown(self) -> str:
        """Its key with its sum: what somebody chose who had this sum before them."""
        return f"{self.pk}:{self.amount}"

    @property
    def is_due(self) -> bool:
        return self.state in (AllowanceState.DUE, AllowanceState.ORDERED) and self.amount > Decimal(0)


class BankAccount(models.Model):
    """Where an intern's allowance goes: asked for only once something is due. Encrypted."""

    internship = models.OneToOneField(
        "internships.Internship", on_delete=models.PROTECT, primary_key=True, related_name="bank_account"
    )
    iban = EncryptedTextField(_("IBAN"))
    holder = EncryptedTextField(_("account holder"))
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.internship_id)
