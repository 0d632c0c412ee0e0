"""The register of an internship: its days, what was changed in them, and the months that are closed."""

from decimal import Decimal

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.files.models import StoredFile
from internships.enums import Absence, DayState
from internships.models.links import HostLink
from migwork.crypto import EncryptedTextField


class RegisterDayQuerySet(models.QuerySet):
    def confirmed(self):
        """What counts: the days that the host, or the promoter, says are right."""
        return self.filter(state=DayState.CONFIRMED)

    def waiting(self):
        """Days that the host has still to confirm."""
        return self.filter(state=DayState.PROPOSED)

    def of_month(self, first):
        """Those of the month that begins on `first`."""
        return self.filter(on__year=first.year, on__month=first.month)

    def hours(self) -> Decimal:
        return self.aggregate(sum=Sum("hours"))["sum"] or Decimal(0)


class RegisterDay(models.Model):
    """A day of an internship: for how many hours the intern was there, or why not."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="days")
    on = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=2)
    state = models.CharField(max_length=10, choices=DayState, default=DayState.CONFIRMED, db_default=DayState.CONFIRMED)
    absence = models.CharField(_("why not"), max_length=10, choices=Absence, blank=True, db_default="")
    # What shows why: only the promoter's staff read it.
    proof = models.OneToOneField(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # What the intern learnt that day, for their dossier.
    note = EncryptedTextField(_("note"), blank=True, db_default="")
    # Nobody: the host, by the link.
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # Who confirmed or disputed it: somebody with an account, or the host by its link.
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_link = models.ForeignKey(HostLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dispute = EncryptedTextField(_("what is not right"), blank=True, db_default="")

    objects = RegisterDayQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        indexes = [
            # The few days that wait for an answer, for the board.
            models.Index(
                fields=["state", "on", "internship"],
                condition=Q(state__in=["proposed", "disputed"]),
                name="register_day_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "on"],
                name="register_day_once",
                violation_error_message=_("This day is already in the register."),
            ),
            models.CheckConstraint(
                condition=Q(state="absent", hours=0) | (~Q(state="absent") & Q(hours__gt=0, hours__lte=24)),
                name="register_hours_of_day",
                violation_error_message=_(
                    "A day has between a few minutes and 24 hours, and none for who was not there."
                ),
            ),
            models.CheckConstraint(
                condition=Q(absence="") | Q(state="absent"),
                name="register_absence_of_absent",
                violation_error_message=_("Only who was not there says why not."),
            ),
            models.CheckConstraint(
                condition=~Q(state="disputed") | ~Q(dispute=""),
                name="register_dispute_says_why",
                violation_error_message=_("Say what is not right."),
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.on}"


class RegisterChangeQuerySet(models.QuerySet):
    def told(self):
        """What is shown: that a day was said for the first time is no change that anybody reads."""
        return self.exclude(was_state="", is_amendment=False)


class RegisterChange(models.Model):
    """What somebody wrote into the register: what a day became, and what it was before. Never changed.

    `key` is made by the phone with each tap: what is sent again because the answer was lost is known by it.
    """

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="day_changes")
    on = models.DateField(_("day"))
    # Empty before the first, and once a day was taken out.
    was_state = models.CharField(max_length=10, choices=DayState, blank=True)
    was_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=10, choices=DayState, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(HostLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Its month was closed before.
    is_amendment = models.BooleanField(default=False)
    reason = EncryptedTextField(_("why"), blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True)
    # By the phone's clock: of two taps on one day that come in the wrong order the later one counts.
    tapped_at = models.DateTimeField(null=True, blank=True)

    objects = RegisterChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["internship", "on"], name="register_change_of_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_amendment=False) | ~Q(reason=""),
                name="register_amendment_says_why",
                violation_error_message=_("Say why you change it: this month is closed."),
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(link__isnull=True), name="register_change_by_one_hand"
            ),
            models.CheckConstraint(
                condition=Q(key=None, tapped_at=None) | Q(key__isnull=False, tapped_at__isnull=False),
                name="register_change_of_phone_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.on} {self.at:%Y-%m-%d %H:%M}"


class RegisterMonth(models.Model):
    """A month of a register that is closed: from then on it changes only by an amendment with its reason."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="months")
    first = models.DateField(_("month"))
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_link = models.ForeignKey(HostLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "first"],
                name="register_month_once",
                violation_error_message=_("This month is closed already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=False, closed_link__isnull=True)
                | Q(closed_by__isnull=True, closed_link__isnull=False),
                name="register_month_closed_by_one_hand",
            ),
            models.CheckConstraint(
                condition=Q(first__day=1),
                name="register_month_begins_on_first",
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.first:%Y-%m}"
