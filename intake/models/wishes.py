"""What young people ask for when no hour suits them: to be told of an earlier one, or to be called."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intake.enums import AppointmentKind, AppointmentState, CallTime
from intake.models.agenda import Slot
from intake.models.participations import OfParticipationQuerySet, Participation
from intake.models.talks import Appointment
from migwork.db import UUIDModel

# An hour that is nearer than this is of no use: one has to read of it, and to come.
READ_AND_COME = timedelta(hours=3)


class EarlierWishQuerySet(models.QuerySet):
    def waiting(self, now):
        """Whose appointment is still far enough for an earlier hour, longest first: the others have ended."""
        return self.for_talks_after(now + READ_AND_COME).order_by("asked_at", "pk")

    def for_talks_after(self, moment):
        """Not ended, of those whose appointment is booked for later than this."""
        coming = {"appointment__state": AppointmentState.BOOKED, "appointment__starts_at__gt": moment}
        return self.filter(ended_at=None, **coming)


class EarlierWish(UUIDModel):
    """Somebody who has an appointment wants to be told when an earlier hour becomes free.

    It ends by itself: with the appointment, or when another hour was chosen.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="earlier_wishes")
    asked_at = models.DateTimeField()
    # Of which hour they were told last, and when.
    told_slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EarlierWishQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=Q(ended_at=None), name="earlier_wish_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(ended_at=None),
                name="earlier_wish_once",
                violation_error_message=_("You have asked for this already: we tell you."),
            )
        ]

    def __str__(self):
        return f"{self.appointment} < {self.asked_at:%Y-%m-%d}"


class CallRequest(UUIDModel):
    """Somebody for whom no hour was right asks to be called. It stands on the desk's list until somebody has."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="call_requests")
    # What they wanted to book; empty when they came from elsewhere.
    kind = models.CharField(max_length=15, choices=AppointmentKind, blank=True)
    phone = models.CharField(_("telephone"), max_length=20)
    time = models.CharField(_("when to call"), max_length=10, choices=CallTime, default=CallTime.ANY)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Nobody, when it ended by itself.
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfParticipationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=Q(done_at=None), name="call_request_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(done_at=None),
                name="call_request_once",
                violation_error_message=_("You have asked for this already: we call you."),
            ),
            models.CheckConstraint(
                condition=Q(tries=0, tried_at=None) | Q(tries__gt=0, tried_at__isnull=False),
                name="call_request_tries_have_their_time",
            ),
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_at__isnull=False), name="call_request_done_has_its_time"
            ),
        ]

    def __str__(self):
        return f"{self.get_time_display()} {self.asked_at:%Y-%m-%d}"
