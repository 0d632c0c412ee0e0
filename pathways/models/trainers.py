"""Who holds the sessions of a partner's activities, and in which rooms."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from programme.models import Organisation

# Of the place of a session.
MOST_WORDS = 200


class OfOrganisationQuerySet(models.QuerySet):
    def active(self):
        """Those that can be chosen: the others stay named where they were."""
        return self.filter(is_active=True)

    def run_by(self, user):
        """Those of the organisations whose activities this user runs; all for an administrator."""
        if user.is_superuser:
            return self
        mine = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)
        return self.filter(organisation__in=mine)


class Trainer(models.Model):
    """Somebody who holds sessions: a name, and an account only where they work with the portal anyway."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="trainers")
    name = models.CharField(_("name"), max_length=100)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                name="trainer_once",
                violation_error_message=_("This name is on your list already."),
            )
        ]

    def __str__(self):
        return self.name


class Room(models.Model):
    """A room in which one group at a time has a session."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=130, blank=True)
    is_active = models.BooleanField(default=True)

    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                Lower("address"),
                name="room_once",
                violation_error_message=_("This room is on your list already."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def in_words(self) -> str:
        """As people read where to go."""
        return f"{self.name}, {self.address}" if self.address else self.name

    def beside(self, place: str) -> str:
        """What is written in `place` beside this room."""
        return place.removeprefix(self.in_words).removeprefix(", ")

    def joined(self, place: str) -> str:
        """The room, then what else is written, as far as there is room for it."""
        rest = self.beside(place)
        both = f"{self.in_words}, {rest}" if rest else self.in_words
        return both if len(both) <= MOST_WORDS else self.in_words
