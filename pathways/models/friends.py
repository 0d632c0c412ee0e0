"""Bring a friend: a link of one's own to an activity."""

import secrets
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import YoungPerson
from migwork.db import UUIDModel
from pathways.models.opportunities import Opportunity


def new_token() -> str:
    return secrets.token_urlsafe(9)


class FriendLink(UUIDModel):
    """A young person's own link to an activity; of whoever came by it only their number is kept.

    Those of the last day that brought somebody are counted apart: on that day one could guess who it was.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="friend_links")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="friend_links")
    token = models.CharField(max_length=20, unique=True, default=new_token)
    made_at = models.DateTimeField()
    helped = models.PositiveIntegerField(default=0)
    lately = models.PositiveIntegerField(default=0)
    lately_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "opportunity"],
                name="friend_link_once",
                violation_error_message=_("You have a link to this activity already."),
            )
        ]

    def __str__(self):
        return f"{self.opportunity} {self.token}"

    def helped_before(self, today: date) -> int:
        """How many it brought until yesterday."""
        return self.helped + (self.lately if self.lately_on and self.lately_on < today else 0)

    def count(self, today: date) -> None:
        """One more; not saved."""
        self.helped = self.helped_before(today)
        self.lately = self.lately + 1 if self.lately_on == today else 1
        self.lately_on = today
