"""Expenses, counted figures and reports. This room reads from all others; none knows it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.documents.models import Document
from migwork.db import UUIDModel
from programme.models import BudgetLine, Edition
from reporting.enums import ReportState


class Expense(UUIDModel):
    """A supplier's document charged to a budget line. Paid: spent; not yet paid: committed."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="expenses")
    supplier = models.CharField(_("supplier"), max_length=200)
    supplier_key = models.CharField(max_length=200, editable=False)
    document_number = models.CharField(_("document number"), max_length=60)
    document_date = models.DateField(_("document date"))
    description = models.CharField(_("what for"), max_length=300)
    amount = models.DecimalField(_("amount in euro"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-document_date", "-entered_at"]
        indexes = [models.Index(fields=["-document_date", "id"], name="expense_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier_key", "document_number", "document_date"],
                name="expense_document_once",
                violation_error_message=_("This document of this supplier is already entered."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="expense_amount_positive",
                violation_error_message=_("The amount must be more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(paid_on__gte=F("document_date")),
                name="expense_paid_after_document",
                violation_error_message=_("The payment cannot be before the document's date."),
            ),
        ]

    def __str__(self):
        return f"{self.supplier} {self.document_number}"


class Figures(models.Model):
    """The last count of an edition's figures, with its age: the dashboard reads this row, a task renews it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="figures")
    counted_at = models.DateTimeField()
    data = models.JSONField()

    class Meta:
        verbose_name_plural = "figures"

    def __str__(self):
        return f"{self.edition} {self.counted_at:%Y-%m-%d %H:%M}"


class Report(UUIDModel):
    """A monitoring report: asked for, frozen, built in the background, kept as a document."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reports")
    from_day = models.DateField(_("from"))
    to_day = models.DateField(_("to"))
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    frozen = models.JSONField(null=True)
    error = models.CharField(max_length=300, blank=True)
    document = models.OneToOneField(Document, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ready_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__gte=F("from_day")),
                name="report_period_in_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(state="ready", document__isnull=False, ready_at__isnull=False) | ~Q(state="ready"),
                name="report_ready_has_its_document",
            ),
        ]

    def __str__(self):
        return f"{self.edition} {self.from_day}–{self.to_day}"
