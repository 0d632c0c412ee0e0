"""The personal plan: goals, and the steps towards them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.enums import (
    ActionKind,
    ActionState,
    AppointmentKind,
    PlanState,
    Project,
)
from intake.models.participations import OfParticipationQuerySet, Participation, Referral
from migwork.crypto import EncryptedJSONField, EncryptedTextField
from migwork.db import UUIDModel


class Plan(UUIDModel):
    """The personal plan, made by operator and young person together. Changing an agreed plan makes a new version."""

    participation = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="plan")
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    review_on = models.DateField(_("let's look at it again on"), null=True, blank=True)
    # In the person's own words, each may be empty: what the goals are for.
    professional_project = models.CharField(_("my professional project"), max_length=300, blank=True)
    life_project = models.CharField(_("my life project"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = OfParticipationQuerySet.as_manager()

    def __str__(self):
        return f"{self.participation} v{self.version}"


class PlanSignature(models.Model):
    """Who agreed to which version, when, and the words they agreed to."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="signatures")
    version = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    as_operator = models.BooleanField()
    at = models.DateTimeField()
    wording = EncryptedTextField()
    # The same as data, with which a later version is compared.
    content = EncryptedJSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "version", "as_operator"],
                name="plan_signature_once",
                violation_error_message=_("This version is already agreed."),
            )
        ]

    def __str__(self):
        return f"{self.plan} {self.at:%Y-%m-%d}"


class PlanGoalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the plans that `user` may see."""
        return self.filter(plan__in=Plan.objects.visible_to(user))


class PlanGoal(UUIDModel):
    """Where the young person wants to get."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("goal"), max_length=200)
    project = models.CharField(max_length=15, choices=Project, default=Project.PROFESSIONAL)

    objects = PlanGoalQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title


class PlanActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Operators and coordinators: all. A young person: their own. A partner: those they were sent somebody for."""
        if user.is_superuser or user.roles & {Role.OPERATOR, Role.COORDINATOR}:
            return self
        mine = Q(goal__plan__participation__person__user=user)
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        if partners:
            mine |= Q(pk__in=Referral.objects.filter(organisation__in=partners).in_force().values("plan_action"))
        return self.filter(mine)

    def overdue(self, on):
        """Still to be done although their day is before `on`."""
        return self.filter(state__in=[ActionState.TO_DO, ActionState.DOING], due_on__lt=on)

    def outstanding(self):
        return self.filter(state__in=[ActionState.TO_DO, ActionState.DOING])


class PlanAction(UUIDModel):
    """A step towards a goal. Later rooms point here: an enrolment, an internship serves this action."""

    goal = models.ForeignKey(PlanGoal, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what"), max_length=200)
    kind = models.CharField(max_length=15, choices=ActionKind, default=ActionKind.ERRAND)
    # Which talk it is, of those that are booked here. Empty: with somebody else, who is not in the agenda.
    talk = models.CharField(max_length=15, choices=AppointmentKind, blank=True)
    # Added by the young person, beside what was agreed.
    is_own = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.TO_DO)
    due_on = models.DateField(_("by when"))
    hours_planned = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    hours_done = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = PlanActionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state__in=["to_do", "doing"]), name="plan_action_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="plan_action_done_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(hours_planned__gte=0, hours_done__gte=0),
                name="plan_action_hours_not_negative",
                violation_error_message=_("Hours cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(talk="") | Q(kind="appointment"),
                name="plan_action_talk_is_an_appointment",
                violation_error_message=_("Only a talk can be booked in the agenda."),
            ),
        ]

    def __str__(self):
        return self.title
