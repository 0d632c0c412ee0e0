"""The register of an internship: which days, how many hours."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class RegisterDay(models.Model):
    """A day the intern was there, and for how many hours."""

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="days")
    on = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=2)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "on"],
                name="register_day_once",
                violation_error_message=_("This day is already in the register."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24),
                name="register_hours_of_a_day",
                violation_error_message=_("A day has between a few minutes and 24 hours."),
            ),
        ]

    def __str__(self):
        return f"{self.internship} {self.on}"
