"""People met on the street or in a courtyard, who gave no more than a nickname: not yet persons of the portal."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.enums import ContactState
from intake.models.participations import Participation
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from programme.models import Organisation


class StreetContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Operators: those of where they work, for what is told on the street stays with the case team."""
        return self.filter(organisation__in=user.organisations_as(Role.OPERATOR))

    def contacted(self):
        """Who may still take part."""
        return self.filter(state=ContactState.CONTACTED)


class StreetContact(UUIDModel):
    """Somebody contacted, by the nickname they gave. Never counted as a person: who takes part has a participation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nickname = models.CharField(_("nickname"), max_length=60, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=ContactState, default=ContactState.CONTACTED)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    participation = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.PROTECT, related_name="street_contacts"
    )

    objects = StreetContactQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "pk"]
        indexes = [
            models.Index(
                fields=["organisation", "-last_at"], condition=Q(state="contacted"), name="street_contact_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="street_contact_in_order"),
            # Only who may still take part is called something; who does is in their own file.
            models.CheckConstraint(
                condition=(Q(state="contacted", participation__isnull=True) & ~Q(nickname=""))
                | Q(state="takes_part", participation__isnull=False, nickname="")
                | Q(state="forgotten", participation__isnull=True, nickname=""),
                name="street_contact_says_no_more_than_needed",
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} {self.first_at:%Y-%m-%d}"


class StreetMeeting(UUIDModel):
    """Once that they were met, and what was said: until they take part, or are forgotten."""

    contact = models.ForeignKey(StreetContact, on_delete=models.PROTECT, related_name="meetings")
    place = models.CharField(_("where"), max_length=120, blank=True)
    text = EncryptedTextField(_("what was said"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
