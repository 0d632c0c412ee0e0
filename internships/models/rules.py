"""The rules of the field with the days on which they hold, and where somebody went past one with a reason."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.enums import InternshipKind, RuleUnit
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class RuleSet(models.Model):
    """What holds for internships that start between two days. Data: from a file, edited in the administration."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=150)
    region = models.CharField(_("region"), max_length=60)
    source = models.CharField(_("where it stands"), max_length=300)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until further notice."))
    is_draft = models.BooleanField(
        _("draft"), default=False, help_text=_("Nobody is judged by a draft: take the tick away when it is right.")
    )

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rule_set_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
            ExclusionConstraint(
                name="rule_set_one_a_day",
                expressions=[
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(is_draft=False),
                violation_error_message=_(
                    "Another rule set holds on some of these days: give that one its last day first."
                ),
            ),
        ]

    def __str__(self):
        return self.name


class Rule(models.Model):
    """One number of a rule set, or a rule without one. A sure one is law; of the others a promoter may go past."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="rules")
    code = models.CharField(max_length=60)
    name = models.CharField(_("rule"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=15, choices=RuleUnit, blank=True)
    source = models.CharField(_("where it stands"), max_length=300)
    is_sure = models.BooleanField(
        _("sure"), default=True, help_text=_("Broken, it is an error. Without the tick: a warning.")
    )
    is_active = models.BooleanField(_("in force"), default=True)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=InternshipKind),
        verbose_name=_("for which internships"),
        default=list,
        blank=True,
        help_text=_("None chosen: for all."),
    )

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "code"],
                name="rule_once_in_a_set",
                violation_error_message=_("This rule is already in the set."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, unit="") | (Q(value__isnull=False) & ~Q(unit="")),
                name="rule_value_with_its_unit",
                violation_error_message=_("A number goes with its unit."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="rule_value_not_negative",
                violation_error_message=_("The value must not be below zero."),
            ),
        ]

    def __str__(self):
        return self.name


class RuleChange(models.Model):
    """What a rule was before somebody changed it, and what it became."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(_("what"), max_length=200)
    before = models.CharField(_("before"), max_length=500, blank=True)
    after = models.CharField(_("after"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.what


class RuleOverride(UUIDModel):
    """A warning that a promoter went past, with the reason. It holds for the value that it was given for.

    `amendment` is the change that brought it; none when it stood in the proposal.
    """

    internship = models.ForeignKey("internships.Internship", on_delete=models.PROTECT, related_name="overrides")
    amendment = models.ForeignKey(
        "internships.Amendment", null=True, blank=True, on_delete=models.PROTECT, related_name="overrides"
    )
    code = models.CharField(max_length=60)
    value = models.CharField(max_length=60, blank=True)
    sentence = models.CharField(_("warning"), max_length=500)
    source = models.CharField(_("where it stands"), max_length=300, blank=True)
    reason = EncryptedTextField(_("why all the same"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "code", "value", "amendment"],
                name="rule_override_once",
                nulls_distinct=False,
                violation_error_message=_("A reason is already written for this."),
            )
        ]

    def __str__(self):
        return f"{self.internship_id} · {self.code}"
