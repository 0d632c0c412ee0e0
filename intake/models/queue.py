"""The queue of the day: who is at the desk, and how far they have come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.enums import QueueState
from intake.models.participations import Participation
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from programme.models import Organisation


class QueueEntryQuerySet(models.QuerySet):
    def here(self):
        """Who has not left."""
        return self.exclude(state=QueueState.LEFT)

    def visible_to(self, user):
        """Operators: the queues of their own desks. Administrators: all."""
        if user.is_superuser:
            return self
        return self.filter(organisation__in=user.organisations_as(Role.OPERATOR))


class QueueEntry(UUIDModel):
    """Somebody at a desk on a day: a participation, or only a first name until it is known who it is."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    participation = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.PROTECT, related_name="queue_entries"
    )
    first_name = models.CharField(_("name"), max_length=60, blank=True)
    wants = EncryptedTextField(_("what they came for"), blank=True)
    state = models.CharField(max_length=10, choices=QueueState, default=QueueState.ARRIVED)
    arrived_at = models.DateTimeField()
    put_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = QueueEntryQuerySet.as_manager()

    class Meta:
        ordering = ["arrived_at"]
        indexes = [models.Index(fields=["organisation", "day", "arrived_at"], name="queue_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "day"],
                condition=~Q(state="left"),
                name="queue_once_a_day",
                violation_error_message=_("This person is in the queue already."),
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, called_by__isnull=True)
                | Q(called_at__isnull=False, called_by__isnull=False),
                name="queue_call_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="arrived", called_at__isnull=True, received_at__isnull=True, left_at__isnull=True)
                | Q(state="called", called_at__isnull=False, received_at__isnull=True, left_at__isnull=True)
                | Q(state="received", called_at__isnull=False, received_at__isnull=False, left_at__isnull=True)
                | Q(state="left", left_at__isnull=False),
                name="queue_state_has_its_times",
            ),
            # Once somebody has left, a first name alone is forgotten (see forget_past_queues).
            models.CheckConstraint(
                condition=Q(participation__isnull=False) | ~Q(first_name="") | Q(state="left"),
                name="queue_says_who",
            ),
        ]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.get_state_display()}"

    @property
    def name(self) -> str:
        """How one calls them at the desk."""
        return self.participation.person.short_name if self.participation_id else self.first_name
