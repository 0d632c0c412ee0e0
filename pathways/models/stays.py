"""A stay abroad, or as a volunteer here: programme, host, days, insurance; and what was learnt there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intake.models import Skill
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from pathways.enums import StayProgramme
from pathways.models.paths import AccompaniedPath


class Stay(UUIDModel):
    """Where somebody goes, with which programme, from when to when, and by whom they are insured."""

    path = models.OneToOneField(AccompaniedPath, on_delete=models.PROTECT, related_name="stay")
    programme = models.CharField(max_length=15, choices=StayProgramme)
    host = models.CharField(_("host"), max_length=150)
    place = models.CharField(_("town and country"), max_length=150)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    # Who answers there, and how to reach them.
    contact = EncryptedTextField(_("who is there for them"), blank=True)
    insurer = models.CharField(_("insured with"), max_length=150, blank=True)
    policy = EncryptedTextField(_("number of the policy"), blank=True)
    insured_until = models.DateField(_("insured until"), null=True, blank=True)
    # What the young person says that they learnt.
    learnt = EncryptedTextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="stay_days_in_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(insurer="", insured_until__isnull=True) | (~Q(insurer="") & Q(insured_until__isnull=False)),
                name="stay_insurance_is_whole",
                violation_error_message=_("Write with whom they are insured, and until when."),
            ),
        ]

    def __str__(self):
        return f"{self.host} {self.starts_on:%Y-%m-%d}"

    @property
    def is_insured(self) -> bool:
        """For all of the stay."""
        return self.insured_until is not None and self.insured_until >= self.ends_on


class LearntSkill(UUIDModel):
    """A skill of the person's profile that they brought back from a stay."""

    path = models.ForeignKey(AccompaniedPath, on_delete=models.PROTECT, related_name="learnt_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "skill"],
                name="learnt_skill_once",
                violation_error_message=_("This skill is noted already."),
            )
        ]

    def __str__(self):
        return f"{self.path} {self.skill}"
