"""What became of it: the outcome of an internship, and how it is six months later."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.enums import OutcomeKind
from migwork.db import UUIDModel


class OutcomeQuerySet(models.QuerySet):
    def counting(self, values):
        """Hires that bring the workplace more places: contracts long and full enough by the rule set `values`."""
        long_enough = Q(contract_months=None) | Q(contract_months__gte=values["bonus.contract_months"])
        return self.filter(long_enough, kind=OutcomeKind.HIRED, part_time_share__gte=values["bonus.part_time"])


class InternshipOutcome(UUIDModel):
    """How an internship that is over ended for the intern. A hire by this host counts for its further places."""

    internship = models.OneToOneField("internships.Internship", on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField(max_length=10, choices=OutcomeKind)
    # Hired by this very host: since when, for how many months (none: without an end), how much of a full day.
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    contract_months = models.PositiveSmallIntegerField(_("months of the contract"), null=True, blank=True)
    part_time_share = models.DecimalField(
        _("share of full time, in per cent"), max_digits=5, decimal_places=2, default=Decimal(100)
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="hired", hired_on__isnull=False)
                | (~Q(kind="hired") & Q(hired_on__isnull=True, contract_months__isnull=True)),
                name="internship_outcome_hired_on",
                violation_error_message=_("Say since when, for who was hired; for nobody else."),
            ),
            models.CheckConstraint(
                condition=Q(part_time_share__gt=0, part_time_share__lte=100),
                name="internship_outcome_share",
                violation_error_message=_("More than 0 and at most 100 per cent."),
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.kind}"

    def counts(self, values) -> bool:
        """As the query: whether this hire brings the workplace more places."""
        long_enough = self.contract_months is None or self.contract_months >= values["bonus.contract_months"]
        return self.kind == OutcomeKind.HIRED and long_enough and self.part_time_share >= values["bonus.part_time"]


class LaterOutcome(UUIDModel):
    """What somebody does six months after an internship: they are asked once by a link, or the promoter hears it.

    `said_by` is empty where they answered themselves.
    """

    internship = models.OneToOneField("internships.Internship", on_delete=models.PROTECT, related_name="later")
    asked_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=OutcomeKind, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="", said_at__isnull=True, said_by__isnull=True)
                | (~Q(kind="") & Q(said_at__isnull=False)),
                name="later_outcome_whole",
                violation_error_message=_("Choose what comes nearest."),
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.kind}"
