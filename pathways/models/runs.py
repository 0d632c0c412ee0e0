"""Runs of an opportunity: dates, sessions, places."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from migwork.db import UUIDModel
from pathways.enums import RunState
from pathways.models.opportunities import Opportunity
from pathways.models.trainers import Room, Trainer


def _one_at_a_time(what: str) -> list:
    """For an exclusion constraint: the same `what` at times that overlap; one may begin as the other ends."""
    during = Func("starts_at", "ends_at", RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField())
    return [(what, RangeOperators.EQUAL), (during, RangeOperators.OVERLAPS)]


class RunQuerySet(models.QuerySet):
    def open_on(self, day):
        """Those for which one can still ask on `day`: a place, or the waiting list."""
        return self.filter(state__in=[RunState.PLANNED, RunState.RUNNING], enrol_by__gte=day, paused_at=None)

    def by_enrolment(self):
        """Those whose places go to whoever asks first; of the others somebody chooses among applications."""
        return self.filter(by_application=False)

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
    # How long a place that fell free is kept for whoever is next on the list.
    offer_hours = models.PositiveSmallIntegerField(_("hours to answer an offer"), default=48)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PLANNED)
    planned_at = models.DateTimeField(null=True, editable=False)
    # One does not enrol: one applies, and whoever offers it chooses. Applications are kept by a later room.
    by_application = models.BooleanField(default=False, editable=False)
    # Takes nobody for the time being; the catalogue shows no date of it meanwhile.
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(offer_hours__range=(1, 336)),
                name="run_offers_end",
                violation_error_message=_("An offer stands for an hour at least, for two weeks at most."),
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

    def trainers(self):
        """Whoever holds at least one of its sessions."""
        return Trainer.objects.filter(sessions__run=self).distinct()


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
    # What people read: the room, where one is named, and what else is written.
    place = models.CharField(max_length=200, blank=True)
    # Taken for this time. Freed when the dates are called off.
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    trainers = models.ManyToManyField(Trainer, through="SessionTrainer", related_name="sessions")
    recorded_at = models.DateTimeField(null=True, blank=True, help_text=_("When attendance was recorded."))

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["starts_at"], condition=Q(recorded_at__isnull=True), name="session_due")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.UniqueConstraint(
                fields=["run", "starts_at"],
                name="session_once",
                violation_error_message=_("These dates have a session that begins at that time already."),
            ),
            # To this the times of SessionTrainer refer, so that they are the session's own, always.
            models.UniqueConstraint(fields=["id", "starts_at", "ends_at"], name="session_times"),
            ExclusionConstraint(
                name="session_room_free",
                expressions=_one_at_a_time("room"),
                condition=Q(room__isnull=False),
                violation_error_message=_("This room is taken at that time. Choose another room, or another time."),
            ),
        ]

    def __str__(self):
        return f"{self.run} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def hours(self) -> Decimal:
        """How long it lasts, in hours to the hundredth."""
        seconds = Decimal((self.ends_at - self.starts_at).total_seconds())
        return (seconds / 3600).quantize(Decimal("0.01"))


class SessionTrainer(models.Model):
    """Who holds a session. The times are the session's, and follow it by a foreign key of the database."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "trainer"],
                name="session_trainer_once",
                violation_error_message=_("This trainer holds the session already."),
            ),
            ExclusionConstraint(
                name="session_trainer_free",
                expressions=_one_at_a_time("trainer"),
                violation_error_message=_("This trainer holds another session at that time. Choose another time."),
            ),
        ]

    def __str__(self):
        return f"{self.trainer} {self.starts_at:%Y-%m-%d %H:%M}"
