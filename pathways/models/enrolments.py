"""Who takes part in a run, or waits for a place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.models import Participation, PlanAction
from migwork.db import UUIDModel
from pathways.enums import ACTIVE, HOLDING_A_PLACE, TAKING_PART, EnrolmentState
from pathways.models.runs import Run


class EnrolmentQuerySet(models.QuerySet):
    def holding_a_place(self):
        return self.filter(state__in=HOLDING_A_PLACE)

    def taking_part(self):
        """Whose place is taken; not those to whom one is only offered."""
        return self.filter(state__in=TAKING_PART)

    def expected(self):
        """Who counts on coming to the sessions: a place is theirs, or kept for their answer."""
        return self.filter(state__in=[EnrolmentState.ENROLLED, EnrolmentState.OFFERED])

    def active(self):
        """Those who will come, or hope to."""
        return self.filter(state__in=ACTIVE)

    def waiting(self):
        """In the order in which they asked."""
        return self.filter(state=EnrolmentState.WAITING).order_by("asked_at", "pk")

    def visible_to(self, user):
        """Operators and coordinators: all. Partner staff: their activities'. A young person: their own."""
        if user.is_superuser or user.roles & {Role.OPERATOR, Role.COORDINATOR}:
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        return self.filter(Q(participation__person__user=user) | Q(run__opportunity__organisation__in=partners))


class Enrolment(UUIDModel):
    """A person in a run, or waiting for a place in it; may serve an action of their plan."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="enrolments")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="enrolments")
    plan_action = models.ForeignKey(
        PlanAction, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField(max_length=15, choices=EnrolmentState)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    # Until when a place is kept for who was waiting; then it goes to the next.
    offered_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["run", "state", "asked_at"], name="enrolment_list"),
            # The few who wait, among all who ever enrolled.
            models.Index(fields=["run"], condition=Q(state="waiting"), name="enrolment_waiting"),
            models.Index(fields=["offered_until"], condition=Q(state="offered"), name="enrolment_offered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "participation"],
                condition=~Q(state="withdrawn"),
                name="enrolment_once",
                violation_error_message=_("You are already on the list of this activity."),
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False),
                name="enrolment_offers_end",
                violation_error_message=_("An offered place has a term."),
            ),
        ]

    def __str__(self):
        return f"{self.participation.person} · {self.run}"

    @property
    def kind(self) -> str:
        """Of its state, for the status tag."""
        return {"enrolled": "going", "waiting": "waiting", "offered": "warn", "completed": "done"}.get(
            self.state, "stop"
        )
