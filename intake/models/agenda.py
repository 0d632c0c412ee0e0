"""Hours that are offered, and the places that can be booked in them."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.enums import AppointmentKind, AppointmentMode, AppointmentState
from intake.models.talks import Appointment
from migwork.db import UUIDModel
from programme.models import Organisation

MOST_PLACES = 50
# Nobody at the desk is surprised by a talk that was booked while they were at another one.
NOTICE = timedelta(hours=1)


class AvailabilityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Operators: those of where they work. Administrators: all."""
        if user.is_superuser:
            return self
        return self.filter(organisation__in=user.organisations_as(Role.OPERATOR))

    def running(self, today):
        """Not ended, and with days to come."""
        return self.filter(ended_at=None, last_day__gte=today)


class Availability(UUIDModel):
    """Hours that repeat, of an operator or (without one) of a desk, which offers several talks at once.

    `rule` is an RRULE of RFC 5545 that names days; the hours are those of the clock on the wall.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="availabilities")
    operator = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="availabilities")
    # Empty: whatever talk is asked for.
    kind = models.CharField(max_length=15, choices=AppointmentKind, blank=True)
    mode = models.CharField(max_length=10, choices=AppointmentMode, default=AppointmentMode.PLACE)
    place = models.CharField(_("place or link"), max_length=200, blank=True)
    rule = models.CharField(max_length=200)
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField(default=1)
    first_day = models.DateField()
    last_day = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "opens_at", "pk"]
        verbose_name_plural = "availabilities"
        indexes = [
            models.Index(fields=["organisation", "last_day"], condition=Q(ended_at=None), name="availability_running"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="availability_closes_after_it_opens",
                violation_error_message=_("The hours end after they begin."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="availability_days_in_order",
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_PLACES)
                & (Q(operator__isnull=True) | Q(capacity=1))
                & Q(minutes__gte=5, minutes__lte=240),
                name="availability_capacity",
                violation_error_message=_("An operator talks with one person at a time."),
            ),
        ]

    def __str__(self):
        return f"{self.operator or self.organisation} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class AvailabilityException(models.Model):
    """One day on which hours are not as the rule says: none, or others (also on a holiday)."""

    availability = models.ForeignKey(Availability, on_delete=models.PROTECT, related_name="exceptions")
    day = models.DateField()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["availability", "day"],
                name="availability_exception_once",
                violation_error_message=_("This day already has hours of its own."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="availability_exception_hours",
                violation_error_message=_("The hours end after they begin."),
            ),
        ]

    def __str__(self):
        return f"{self.availability} {self.day}"


class SlotQuerySet(models.QuerySet):
    def with_places(self):
        """Offered, and not all taken."""
        return self.filter(is_open=True, taken__lt=F("places"))

    def bookable(self):
        """With a place, and somebody who is free then: whoever offers it, or anybody of the desk."""
        busy = Appointment.objects.filter(
            state=AppointmentState.BOOKED, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
        )
        # The hour of the desk is two queries out from the colleague's appointment.
        their_talks = Appointment.objects.filter(
            operator=OuterRef("pk"),
            state=AppointmentState.BOOKED,
            starts_at__lt=OuterRef(OuterRef("ends_at")),
            ends_at__gt=OuterRef(OuterRef("starts_at")),
        )
        colleague = User.objects.filter(
            ~Exists(their_talks),
            is_active=True,
            memberships__organisation=OuterRef("organisation"),
            memberships__role=Role.OPERATOR,
            memberships__is_active=True,
        )
        of_one = Q(operator__isnull=False) & ~Exists(busy.filter(operator=OuterRef("operator")))
        of_a_desk = Q(operator__isnull=True) & Exists(colleague)
        return self.with_places().filter(of_one | of_a_desk)

    def for_way(self, participation, now):
        """Bookable, soon enough and not too soon, at a desk of the project in which the person takes part."""
        edition = participation.edition_id
        return self.bookable().filter(organisation__partnerships__edition=edition, starts_at__gte=now + NOTICE)

    def for_kind(self, kind):
        """Offered for this kind of talk, or for any."""
        return self.filter(kind__in=["", kind])


class Slot(UUIDModel):
    """An hour that can be booked: so many places, so many taken. To book is to change this one row."""

    availability = models.ForeignKey(Availability, on_delete=models.PROTECT, related_name="slots")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # Found by the index of operator and hour.
    operator = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=15, choices=AppointmentKind, blank=True)
    mode = models.CharField(max_length=10, choices=AppointmentMode)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    # False: the hours were taken back, while somebody had booked; nobody else may.
    is_open = models.BooleanField(default=True)
    # Since when there is a place in it: it was published then, or somebody gave one back.
    free_since = models.DateTimeField(null=True, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(is_open=True, taken__lt=F("places")), name="slot_free"),
            models.Index(
                fields=["organisation", "kind", "starts_at"],
                condition=Q(is_open=True, taken__lt=F("places")),
                name="slot_free_of_kind",
            ),
            models.Index(fields=["organisation", "starts_at"], name="slot_agenda"),
            models.Index(fields=["operator", "starts_at"], name="slot_of_operator"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["availability", "starts_at"], name="slot_once"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("places")),
                name="slot_not_overbooked",
                violation_error_message=_("Somebody was quicker: this hour is taken. Choose another one."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_start"),
            ExclusionConstraint(
                name="slot_operator_once",
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
                condition=Q(operator__isnull=False),
                violation_error_message=_("Hours of yours are published at that time already."),
            ),
        ]

    def __str__(self):
        return f"{self.operator or self.organisation} {self.starts_at:%Y-%m-%d %H:%M}"
