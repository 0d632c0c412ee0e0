"""Talks with a date, and what was written in them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.questionnaires.models import AnswerSheet
from intake.enums import (
    AppointmentKind,
    AppointmentMode,
    AppointmentState,
)
from intake.models.participations import OfParticipationQuerySet, Participation
from migwork.db import UUIDModel
from programme.models import Organisation


class Appointment(UUIDModel):
    """A talk with a date. An operator cannot have two at once, whoever books."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="appointments")
    # Found by the index of operator and hour.
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=AppointmentKind)
    mode = models.CharField(max_length=10, choices=AppointmentMode, default=AppointmentMode.PLACE)
    place = models.CharField(_("place or link"), max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AppointmentState, default=AppointmentState.BOOKED)
    # When this hour was chosen, and how often another one had been before.
    booked_at = models.DateTimeField()
    moves = models.PositiveSmallIntegerField(default=0, db_default=0)
    # The published hour of which it takes a place; none when an operator wrote the date by hand.
    slot = models.ForeignKey(
        "intake.Slot", null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments"
    )
    # The step of the plan that is done with this talk.
    plan_action = models.ForeignKey(
        "intake.PlanAction", null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )

    objects = OfParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(state="booked"), name="appointment_coming"),
            models.Index(fields=["organisation", "starts_at"], name="appointment_agenda"),
            models.Index(fields=["operator", "starts_at"], name="appointment_of_operator"),
            models.Index(fields=["starts_at"], condition=Q(state="no_show"), name="appointment_missed"),
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
