"""Who came to a session and for how many hours, with the trace of every mark; lists that are closed."""

from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from migwork.crypto import EncryptedTextField
from pathways.enums import THERE, AttendanceState
from pathways.models.enrolments import Enrolment
from pathways.models.runs import Session

# So long after a mark was made, or the session was over, it can be changed without saying why: a slip of the thumb,
# somebody who comes after all.
SLIP = timedelta(minutes=15)


def plain_hours(hours: Decimal) -> str:
    """Hours as people write them: 4, 2,5."""
    return number_format(hours.quantize(1) if hours == int(hours) else hours.normalize())


def mark_words(state: str, hours: Decimal) -> str:
    """A mark in words: of who came late with the hours."""
    words = str(AttendanceState(state).label)
    if state != AttendanceState.LATE:
        return words
    times = ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2)
    return f"{words}, {times % {'hours': plain_hours(hours)}}"


class Attendance(models.Model):
    """Whether a person was at a session, and for how many hours."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=10, choices=AttendanceState)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["enrolment"], condition=Q(state__in=["present", "late"]), name="attendance_present")
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_once"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="attendance_hours_not_negative"),
            models.CheckConstraint(
                condition=Q(hours=0) | Q(state__in=["present", "late"]),
                name="attendance_hours_of_who_was_there",
                violation_error_message=_("Whoever was not there has no hours."),
            ),
        ]

    def __str__(self):
        return f"{self.enrolment} {self.session.starts_at:%Y-%m-%d} {self.state}"

    @property
    def is_there(self) -> bool:
        return self.state in THERE

    @property
    def words(self) -> str:
        return mark_words(self.state, self.hours)

    def stands_fast(self, session: Session, now) -> bool:
        """Whether it changes only with a reason."""
        return now > max(session.ends_at, self.recorded_at) + SLIP


class AttendanceMark(models.Model):
    """A mark as somebody made it: what stood there before, and why it was changed.

    `key` is made by the phone with each tap: what is sent again because the answer was lost is known by it.
    """

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=10, choices=AttendanceState)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    # Empty for the first one.
    was_state = models.CharField(max_length=10, choices=AttendanceState, blank=True)
    was_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # What it changed stood fast, or the list was closed.
    is_late = models.BooleanField(default=False)
    reason = EncryptedTextField(_("why"), blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True)
    # By the phone's clock: of two marks of one person that come in the wrong order the later one counts.
    tapped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_late=False) | ~Q(reason=""),
                name="attendance_late_marks_say_why",
                violation_error_message=_("Say why you change it."),
            ),
            models.CheckConstraint(
                condition=Q(was_state="", was_hours=None) | (~Q(was_state="") & Q(was_hours__isnull=False)),
                name="attendance_mark_before_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(key=None, tapped_at=None) | Q(key__isnull=False, tapped_at__isnull=False),
                name="attendance_mark_of_phone_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.attendance} {self.at:%Y-%m-%d %H:%M}"

    @property
    def words(self) -> str:
        return mark_words(self.state, self.hours)

    @property
    def was_words(self) -> str:
        """What stood there before; nothing before the first mark."""
        return mark_words(self.was_state, self.was_hours) if self.was_state else ""

    @property
    def is_change(self) -> bool:
        return (self.was_state, self.was_hours) != (self.state, self.hours)


class ClosedList(models.Model):
    """The list of a session that somebody closed: from then on it changes only with a reason."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, primary_key=True, related_name="closed")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.session} {self.closed_at:%Y-%m-%d %H:%M}"
