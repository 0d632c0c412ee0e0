"""Opportunities, their runs with sessions and places, enrolments and attendance."""

from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.models import Participation, PlanAction
from migwork.db import UUIDModel
from pathways.enums import HOLDING_A_PLACE, AttendanceState, EnrolmentState, Family, OpportunityState, RunState
from programme.models import Edition, MacroAction, Organisation


class OpportunityQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=OpportunityState.PUBLISHED)

    def run_by(self, user):
        """Those of the organisations in which `user` is partner staff; all for coordinators."""
        if user.is_superuser or Role.COORDINATOR in user.roles:
            return self
        return self.filter(organisation__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))

    def visible_to(self, user):
        """Published ones: everybody, without an account too. The others: who runs them, and coordinators."""
        if not user.is_authenticated:
            return self.published()
        return self.published() | self.run_by(user)

    def in_order(self):
        """As the catalogue shows them: what begins first, then what has no date yet."""
        return self.order_by(F("next_start_on").asc(nulls_last=True), "pk")


class Opportunity(models.Model):
    """Something a young person can join, described once; its runs have dates and places."""

    slug = models.SlugField(max_length=120, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="opportunities")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opportunities")
    macro_action = models.ForeignKey(
        MacroAction, null=True, blank=True, on_delete=models.PROTECT, related_name="opportunities"
    )
    family = models.CharField(max_length=25, choices=Family)
    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(_("in one sentence"), max_length=300)
    description = models.TextField(_("what it is"))
    for_whom = models.TextField(_("who it is for"))
    what_you_get = models.TextField(_("what you get"))
    what_you_need = models.TextField(_("what you need"), blank=True)
    place = models.CharField(_("where"), max_length=200)
    municipio = models.PositiveSmallIntegerField(_("municipio"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=200)
    min_age = models.PositiveSmallIntegerField(_("from age"), default=16)
    max_age = models.PositiveSmallIntegerField(_("to age"), default=34)
    state = models.CharField(max_length=10, choices=OpportunityState, default=OpportunityState.DRAFT)
    checked_on = models.DateField(_("checked on"))
    created_at = models.DateTimeField()
    # Kept by pathways.actions: title, summary and the rest, unaccented, Italian stems, weighted.
    search = SearchVectorField(null=True, editable=False)
    # The next run's first day, or none: what the catalogue is ordered by. Kept by pathways.actions.
    next_start_on = models.DateField(null=True, editable=False)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [
            GinIndex(fields=["search"], name="opportunity_search"),
            models.Index(
                F("next_start_on").asc(nulls_last=True),
                "id",
                condition=Q(state="published"),
                name="opportunity_coming",
            ),
            models.Index(
                fields=["family", "next_start_on", "id"], condition=Q(state="published"), name="opportunity_family"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_age__gte=F("min_age")),
                name="opportunity_ages_in_order",
                violation_error_message=_("The highest age cannot be below the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(municipio__isnull=True) | Q(municipio__range=(1, 9)),
                name="opportunity_municipio_1_to_9",
                violation_error_message=_("Milan has nine municipi, from 1 to 9."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def kind(self) -> str:
        """Of its state, for the status tag."""
        return {"draft": "todo", "in_review": "waiting", "published": "done", "expired": "stop"}[self.state]


class RunQuerySet(models.QuerySet):
    def open_on(self, day):
        """Those for which one can still ask on `day`: a place, or the waiting list."""
        return self.filter(state__in=[RunState.PLANNED, RunState.RUNNING], enrol_by__gte=day)

    def current(self):
        """Planned or under way."""
        return self.filter(state__in=[RunState.PLANNED, RunState.RUNNING])

    def with_free_places(self):
        return self.filter(places_taken__lt=F("places"))

    def run_by(self, user):
        """Those of the organisations in which `user` is partner staff; all for coordinators."""
        if user.is_superuser or Role.COORDINATOR in user.roles:
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        return self.filter(opportunity__organisation__in=partners)


class Run(UUIDModel):
    """One edition of an activity: dates, hours and places.

    `places_taken` counts enrolments that hold a place; the database refuses one
    more than `places`, whatever the code does.
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="runs")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    enrol_by = models.DateField(_("enrol by"))
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1)
    places = models.PositiveIntegerField(_("places"))
    places_taken = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PLANNED)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places_taken__lte=F("places")),
                name="run_never_over_capacity",
                violation_error_message=_("There is no free place left."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="run_ends_after_start",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.opportunity} {self.starts_on:%d/%m/%Y}"

    @property
    def kind(self) -> str:
        """Of its state, for the status tag."""
        return {"planned": "todo", "running": "going", "completed": "done", "cancelled": "stop"}[self.state]

    @property
    def places_left(self) -> int:
        return self.places - self.places_taken


class SessionQuerySet(models.QuerySet):
    def run_by(self, user):
        """Those of the organisations in which `user` is partner staff; all for coordinators."""
        if user.is_superuser or Role.COORDINATOR in user.roles:
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        return self.filter(run__opportunity__organisation__in=partners)

    def due(self, now):
        """Begun, and attendance not recorded yet."""
        return self.filter(
            starts_at__lte=now, recorded_at__isnull=True, run__state__in=[RunState.PLANNED, RunState.RUNNING]
        )


class Session(models.Model):
    """One meeting of a run."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True, help_text=_("When attendance was recorded."))

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["starts_at"], condition=Q(recorded_at__isnull=True), name="session_due")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.UniqueConstraint(fields=["run", "starts_at"], name="session_once"),
        ]

    def __str__(self):
        return f"{self.run} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def hours(self) -> Decimal:
        """How long it lasts, in hours to the hundredth."""
        seconds = Decimal((self.ends_at - self.starts_at).total_seconds())
        return (seconds / 3600).quantize(Decimal("0.01"))


class EnrolmentQuerySet(models.QuerySet):
    def holding_a_place(self):
        return self.filter(state__in=HOLDING_A_PLACE)

    def active(self):
        """Those who will come, or hope to."""
        return self.filter(state__in=[EnrolmentState.ENROLLED, EnrolmentState.WAITING])

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

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["run", "state", "asked_at"], name="enrolment_list"),
            # The few who wait, among all who ever enrolled.
            models.Index(fields=["run"], condition=Q(state="waiting"), name="enrolment_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "participation"],
                condition=~Q(state="withdrawn"),
                name="enrolment_once",
                violation_error_message=_("You are already on the list of this activity."),
            )
        ]

    def __str__(self):
        return f"{self.participation.person} · {self.run}"

    @property
    def kind(self) -> str:
        """Of its state, for the status tag."""
        return {"enrolled": "going", "waiting": "waiting", "completed": "done"}.get(self.state, "stop")


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
        ]

    def __str__(self):
        return f"{self.enrolment} {self.session.starts_at:%Y-%m-%d} {self.state}"
