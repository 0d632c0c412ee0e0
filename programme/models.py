"""The project itself as data: a second edition with other ages, partners, money and dates is rows, not code."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programme.enums import EditionKind, FunderKind, MacroActionKind, TargetUnit, Tie


class Organisation(models.Model):
    """A body that takes part: the City, a partner, a funder."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    website = models.URLField(blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["short_name"]

    def __str__(self):
        return self.short_name


REMINDER_DAYS = [7, 1]
MOST_REMINDER_DAYS = 30
MOST_REMINDERS = 5


def reminder_days() -> list[int]:
    """How many days before an appointment an edition reminds of it, unless it says otherwise."""
    return list(REMINDER_DAYS)


class EditionQuerySet(models.QuerySet):
    def receiving(self, on):
        """The editions that receive people on the day `on`: running projects first, else the ordinary service."""
        running = Q(starts_on__lte=on) & (Q(ends_on__gte=on) | Q(ends_on__isnull=True))
        return self.filter(running).order_by(
            models.Case(models.When(kind=EditionKind.PROJECT, then=0), default=1), "-starts_on", "pk"
        )


class Edition(models.Model):
    """One edition of the project, or the ordinary service that receives people when none runs."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=EditionKind, default=EditionKind.PROJECT)
    is_demo = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    min_age = models.PositiveSmallIntegerField()
    max_age = models.PositiveSmallIntegerField(help_text=_("Inclusive: until the day before the next birthday."))
    territory = models.CharField(max_length=100, help_text=_("Where one must live, study or work, such as Lombardia."))
    ties = ArrayField(models.CharField(max_length=10, choices=Tie), default=list)
    elsewhere = models.TextField(blank=True, help_text=_("Where somebody can turn who may not take part."))
    call = models.CharField(max_length=150, blank=True)
    cup = models.CharField(max_length=15, blank=True)
    final_payment_on = models.DateField(
        _("final payment on"),
        null=True,
        blank=True,
        help_text=_("When the funder paid the last of it: the time for which data are kept runs from then."),
    )
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(MOST_REMINDER_DAYS)]),
        verbose_name=_("days before a reminder"),
        default=reminder_days,
        db_default=REMINDER_DAYS,
        blank=True,
        size=MOST_REMINDERS,
        help_text=_("How many days before an appointment people are reminded of it, such as 7,1. Empty: never."),
    )
    grant_max_share = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Of the admitted cost, such as 0.7000."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="edition_ends_after_start",
                violation_error_message=_("An edition cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(max_age__gte=F("min_age")),
                name="edition_ages_in_order",
                violation_error_message=_("The highest age cannot be below the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(kind=EditionKind.ORDINARY) | Q(ends_on__isnull=False),
                name="edition_project_has_an_end",
                violation_error_message=_("A project needs its last day."),
            ),
        ]

    def __str__(self):
        return self.name


class MacroAction(models.Model):
    """One of the edition's fields of work, numbered as in its founding document."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="macro_actions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=15, choices=MacroActionKind, default=MacroActionKind.OTHER)

    class Meta:
        verbose_name = _("macro-action")
        verbose_name_plural = _("macro-actions")
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="macro_action_number_once")]

    def __str__(self):
        return f"{self.number}. {self.name}"


class Partnership(models.Model):
    """An organisation's part in an edition. Exactly one leads, whichever it is."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    role = models.CharField(max_length=200)
    is_lead = models.BooleanField(default=False)
    macro_actions = models.ManyToManyField(MacroAction, related_name="partnerships", blank=True)

    class Meta:
        verbose_name = _("partner of the edition")
        verbose_name_plural = _("partners of the edition")
        ordering = ["-is_lead", "organisation__short_name"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="partnership_once"),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(is_lead=True),
                name="partnership_one_lead",
                violation_error_message=_("An edition has one lead partner."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.role}"


class Funder(models.Model):
    """Where an edition's money comes from, and how much at most."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="funders")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=FunderKind)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))])

    class Meta:
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="funder_code_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="funder_amount_not_negative"),
        ]

    def __str__(self):
        return self.name


class CostItem(models.Model):
    """A kind of cost that the edition's call admits."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cost_items")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("cost item")
        verbose_name_plural = _("cost items")
        ordering = ["edition", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="cost_item_code_once")]

    def __str__(self):
        return self.name


class Target(models.Model):
    """What the edition promised: a number of some unit, and the indicator that counts it.

    `indicator` names a counting rule in reporting; `definition` is its wording in this edition.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="targets")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=15, choices=TargetUnit)
    value = models.PositiveIntegerField()
    indicator = models.SlugField(max_length=60, blank=True, help_text=_("Empty: entered by hand, with evidence."))
    macro_actions = models.ManyToManyField(
        MacroAction,
        blank=True,
        related_name="+",
        help_text=_("Only attendance in these counts; none: in all."),
    )
    definition = models.TextField()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["edition", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="target_code_once")]

    def __str__(self):
        return self.name


class BudgetLine(models.Model):
    """Money allocated to one partner, for one macro-action, cost item and funder."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="budget_lines")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="budget_lines")
    macro_action = models.ForeignKey(MacroAction, on_delete=models.PROTECT, related_name="budget_lines")
    cost_item = models.ForeignKey(CostItem, on_delete=models.PROTECT, related_name="budget_lines")
    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="budget_lines")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_demo = models.BooleanField(default=False, help_text=_("Made up for the demo: the document gives no such split."))
    bears_allowances = models.BooleanField(
        _("bears allowances"),
        default=False,
        db_default=False,
        help_text=_("What interns of this partner are paid is charged here by itself: enter no expenses for it."),
    )

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["edition", "macro_action__number", "partnership__organisation__short_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "macro_action", "cost_item", "funder"], name="budget_line_once"
            ),
            models.UniqueConstraint(
                fields=["partnership", "macro_action"],
                condition=Q(bears_allowances=True),
                name="budget_line_one_bears_allowances",
                violation_error_message=_("Another line of this partner and macro-action bears the allowances."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="budget_line_not_negative",
                violation_error_message=_("A budget line cannot be below zero."),
            ),
        ]

    def __str__(self):
        return f"{self.partnership.organisation} · {self.macro_action.number} · {self.cost_item}"
