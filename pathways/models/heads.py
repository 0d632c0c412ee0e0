"""Heads at a session: a school class that came along, counted and not named."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Gender
from accounts.models import User
from pathways.enums import HeadAge
from pathways.models.runs import Session

MOST = 500


class Headcount(models.Model):
    """How many of a group were at a session. Of nobody anything else is known: a head is never a person.

    So no figure of persons reads from here, and nothing here leads to anybody's file.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="headcounts")
    group = models.CharField(_("class"), max_length=20, blank=True)
    age = models.CharField(_("age"), max_length=10, choices=HeadAge, blank=True)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    heads = models.PositiveSmallIntegerField(_("how many"), validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    counted_at = models.DateTimeField()
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["group", "age", "gender", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "group", "age", "gender"],
                name="headcount_once",
                violation_error_message=_("These are counted already."),
            ),
            models.CheckConstraint(
                condition=Q(heads__range=(1, MOST)),
                name="headcount_has_heads",
                violation_error_message=_("From 1 to 500 at a time."),
            ),
        ]

    def __str__(self):
        return f"{self.session_id} {self.group} {self.heads}"

    @property
    def words(self) -> str:
        """What is known of them: class, age, gender."""
        known = [
            self.group,
            self.get_age_display() if self.age else "",
            self.get_gender_display() if self.gender else "",
        ]
        return ", ".join(str(word) for word in known if word)
