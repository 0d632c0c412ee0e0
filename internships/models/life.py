"""What changes once an internship is signed, and what the law wants done by a day."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.files.models import StoredFile
from internships.enums import AmendmentKind, SuspensionKind, TodoKind
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class Suspension(UUIDModel):
    """Days on which the internship stands still: they count neither as duration nor as hours. Both days included."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="suspensions")
    kind = models.CharField(max_length=10, choices=SuspensionKind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="suspension_days_in_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            ExclusionConstraint(
                name="suspension_days_once",
                expressions=[
                    ("internship", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("On some of these days the internship is suspended already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.starts_on} – {self.ends_on}"

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


class Amendment(UUIDModel):
    """One change: which fields, what they were and what they became (keys of tutors and workplaces, never names)."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=15, choices=AmendmentKind)
    valid_from = models.DateField()
    before = models.JSONField()
    after = models.JSONField()
    reason = EncryptedTextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"{self.internship_id} {self.kind} {self.at:%Y-%m-%d}"


class DatedTodo(UUIDModel):
    """What the promoter does by a day, with the proof that it was done."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="todos")
    kind = models.CharField(max_length=20, choices=TodoKind)
    # Of which change or accident it comes; none when it belongs to every internship.
    amendment = models.ForeignKey(Amendment, null=True, blank=True, on_delete=models.PROTECT, related_name="todos")
    accident = models.ForeignKey(
        "internships.Accident", null=True, blank=True, on_delete=models.PROTECT, related_name="todos"
    )
    due_on = models.DateField()
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What the office or the insurer answered: the number of its receipt.
    reference = models.CharField(_("number of the receipt"), max_length=60, blank=True)
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "kind"]
        indexes = [
            # Read each morning, and for every row of the board.
            models.Index(fields=["due_on", "internship"], condition=Q(done_at__isnull=True), name="dated_todo_open"),
            models.Index(fields=["internship", "due_on"], name="dated_todo_of_internship"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "kind", "amendment", "accident"],
                name="dated_todo_once",
                nulls_distinct=False,
                violation_error_message=_("This is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, done_on__isnull=True, reference="")
                | (Q(done_at__isnull=False, done_by__isnull=False, done_on__isnull=False) & ~Q(reference="")),
                name="dated_todo_done_with_its_receipt",
                violation_error_message=_("Write when it was done and the number of the receipt."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.due_on}"
