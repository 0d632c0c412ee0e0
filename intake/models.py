"""A person in an edition, and what the Informagiovani desk does with them: talks and the plan."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User, YoungPerson
from foundation.questionnaires.models import AnswerSheet
from intake.enums import (
    ActionKind,
    ActionState,
    AppointmentKind,
    AppointmentMode,
    AppointmentState,
    ContactChannel,
    ParticipationState,
    PlanState,
    ReferralPurpose,
    ReferralState,
)
from intake.workflow import OPEN_STATES
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from programme.models import Edition, Organisation


def sees_everybody(user) -> bool:
    """Operators, coordinators and administrators: no participation is hidden from them."""
    return user.is_superuser or not user.roles.isdisjoint({Role.OPERATOR, Role.COORDINATOR})


class ParticipationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def visible_to(self, user):
        """Operators and coordinators: all. Partners: who was referred and not declined. A young person: their own."""
        if sees_everybody(user):
            return self
        mine = Q(person__user=user)
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        if partners:
            mine |= Q(pk__in=Referral.objects.filter(organisation__in=partners).in_force().values("participation"))
        return self.filter(mine)


class LiveParticipations(models.Manager):
    """Without those that were folded into another one of the same person: no list shows somebody twice."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_into=None)


class Participation(UUIDModel):
    """One person in one edition: what the edition counts, and where talks and plan hang."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="participations")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="participations")
    state = models.CharField(max_length=15, choices=ParticipationState, default=ParticipationState.REGISTERED)
    channel = models.CharField(max_length=15, choices=ContactChannel, default=ContactChannel.WEB)
    operator = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="caseload")
    opened_at = models.DateTimeField()
    state_since = models.DateTimeField()
    # When the desk last had to do with the person: whoever waits longest comes first in a caseload.
    last_contact_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    # Of a person whose two records were made one: this row only remembers what it was.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )

    objects = LiveParticipations.from_queryset(ParticipationQuerySet)()
    # Also what was folded into another: for its own page, for locks and for undoing.
    with_merged = ParticipationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["edition", "state", "-opened_at"], name="participation_queue"),
            models.Index(fields=["operator", "state"], name="participation_caseload"),
            models.Index(fields=["opened_at"], condition=Q(state="registered"), name="participation_waiting"),
            models.Index(
                fields=["operator", "last_contact_at"],
                condition=Q(state__in=OPEN_STATES),
                name="participation_contact",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "edition"],
                condition=Q(merged_into__isnull=True),
                name="participation_once",
                violation_error_message=_("This person already takes part in this edition."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "dropped"], closed_at__isnull=False)
                | (~Q(state__in=["closed", "dropped"]) & Q(closed_at__isnull=True)),
                name="participation_closed_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="participation_not_merged_into_self",
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.edition}"


class OfParticipationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whatever hangs on a participation that `user` may see."""
        if sees_everybody(user):
            return self
        return self.filter(participation__in=Participation.objects.visible_to(user))


class Reception(models.Model):
    """The first talk at the desk: how they came, what they look for, what happens next."""

    participation = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="reception")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField(_("how they came"), max_length=15, choices=ContactChannel)
    sent_by = models.CharField(_("who sent them"), max_length=200, blank=True)
    need = EncryptedTextField(_("what they are looking for"))
    information_given = EncryptedTextField(_("information given"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200)

    def __str__(self):
        return f"{self.participation} {self.at:%Y-%m-%d}"


class Appointment(UUIDModel):
    """A talk with a date. An operator cannot have two at once, whoever books."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="appointments")
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=AppointmentKind)
    mode = models.CharField(max_length=10, choices=AppointmentMode, default=AppointmentMode.PLACE)
    place = models.CharField(_("place or link"), max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AppointmentState, default=AppointmentState.BOOKED)
    booked_at = models.DateTimeField()

    objects = OfParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(state="booked"), name="appointment_coming"),
            models.Index(fields=["organisation", "starts_at"], name="appointment_agenda"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="appointment_ends_after_start",
                violation_error_message=_("An appointment ends after it starts."),
            ),
            ExclusionConstraint(
                name="appointment_operator_free",
                expressions=[
                    ("operator", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="booked"),
                violation_error_message=_("The operator has another appointment at that time. Choose another time."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d %H:%M}"


class Interview(UUIDModel):
    """A talk recorded on a questionnaire, section by section. Completed = locked."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="interviews")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField(AnswerSheet, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = OfParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(completed_at__isnull=True),
                name="interview_one_open",
                violation_error_message=_("An interview with this person is already open: go on with that one."),
            )
        ]

    def __str__(self):
        return f"{self.participation} {self.started_at:%Y-%m-%d}"


class Plan(UUIDModel):
    """The personal plan, made by operator and young person together. Changing an agreed plan makes a new version."""

    participation = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="plan")
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    review_on = models.DateField(_("let's look at it again on"), null=True, blank=True)
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
        ]

    def __str__(self):
        return self.title


class ReferralQuerySet(models.QuerySet):
    def in_force(self):
        """Those by which a partner sees somebody: a declined one shows no more than that it was."""
        return self.exclude(state__in=[ReferralState.DECLINED, ReferralState.WITHDRAWN])

    def visible_to(self, user):
        """Operators and coordinators: all. Partner staff: those sent to their organisation and not taken back."""
        if user.is_superuser or user.roles & {Role.OPERATOR, Role.COORDINATOR}:
            return self
        ours = self.filter(organisation__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))
        return ours.exclude(state=ReferralState.WITHDRAWN)


class Referral(UUIDModel):
    """A person entrusted to a partner for a purpose: from then on the partner's staff see them."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="referrals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    plan_action = models.ForeignKey(
        PlanAction, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    purpose = models.CharField(max_length=15, choices=ReferralPurpose)
    note = EncryptedTextField(_("what the partner should know"), blank=True)
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=300, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["organisation", "state", "-sent_at"], name="referral_desk"),
            # Who waits for an internship, the longest wait first.
            models.Index(
                fields=["organisation", "answered_at", "id"],
                include=["participation", "plan_action"],
                condition=Q(purpose="internship", state="accepted"),
                name="referral_for_internship",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "organisation", "purpose"],
                condition=Q(state="sent"),
                name="referral_one_waiting",
                violation_error_message=_("This referral is already waiting for the partner's answer."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="referral_answer_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.participation} → {self.organisation}"
