"""What an operator's agenda tells elsewhere: to another calendar, and of what has changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intake.enums import AgendaNews, ChangeKind
from intake.models.talks import Appointment
from migwork.db import UUIDModel


class OperatorCalendar(UUIDModel):
    """How one operator wants to hear of their agenda. Without a row: as the portal does by itself.

    Of the private address of the feed only the digest is kept: whoever reads the database reads nobody's agenda.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="operator_calendar")
    feed_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    feed_made_at = models.DateTimeField(null=True, blank=True)
    news = models.CharField(_("news of my agenda"), max_length=10, choices=AgendaNews, default=AgendaNews.MORNING)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(feed_digest=None, feed_made_at=None)
                | Q(feed_digest__isnull=False, feed_made_at__isnull=False),
                name="calendar_feed_is_whole",
            )
        ]

    def __str__(self):
        return str(self.user)


class AgendaChange(UUIDModel):
    """Somebody else changed an operator's agenda. Kept for some days: it only calls to mind."""

    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    at = models.DateTimeField()
    # The hour of which it is, and for one that was moved the hour before.
    starts_at = models.DateTimeField()
    was_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [
            models.Index(fields=["operator", "-at"], name="agenda_change_of_operator"),
            models.Index(fields=["at"], condition=Q(mailed_at=None), name="agenda_change_to_mail"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="moved", was_at__isnull=False) | (~Q(kind="moved") & Q(was_at=None)),
                name="agenda_change_moved_from_somewhere",
            )
        ]

    def __str__(self):
        return f"{self.operator} {self.kind} {self.starts_at:%Y-%m-%d %H:%M}"
