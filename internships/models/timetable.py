"""The weekly timetable of an internship: at which hours the intern is expected."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TimetableSlot(models.Model):
    """From when until when the intern is expected on a weekday.

    The slots with the latest `valid_from` that is not after a day are the timetable of that day.
    """

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="slots")
    valid_from = models.DateField(_("from"))
    # Monday is 0.
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))

    class Meta:
        ordering = ["valid_from", "weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="timetable_day_of_week"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="timetable_ends_after_start",
                violation_error_message=_("The hours end after they begin."),
            ),
            models.UniqueConstraint(
                fields=["internship", "valid_from", "weekday", "starts_at"],
                name="timetable_slot_once",
                violation_error_message=_("These hours stand there twice."),
            ),
        ]

    def __str__(self):
        return f"{self.internship_id} {self.weekday} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"
