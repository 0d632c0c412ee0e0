"""What young people let the portal use for suggestions, and the searches of which they want to hear."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import YoungPerson
from migwork.db import UUIDModel
from pathways.enums import SuggestedBy


class SuggestionChoice(models.Model):
    """What is not to be used when activities are suggested to somebody. No row: all may."""

    person = models.OneToOneField(YoungPerson, on_delete=models.PROTECT, related_name="suggestion_choice")
    off = ArrayField(models.CharField(max_length=10, choices=SuggestedBy), default=list, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self):
        return f"{self.person_id} {', '.join(self.off)}"


class KeptSearch(UUIDModel):
    """A search that somebody keeps, to hear of what is new: until when, and of what they have heard already.

    `query` is what stands in the catalogue's address after the question mark, always in the same order.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="kept_searches")
    query = models.TextField()
    kept_at = models.DateTimeField()
    ends_on = models.DateField()
    told_until = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "pk"]
        verbose_name_plural = _("kept searches")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "query"],
                name="kept_search_once",
                violation_error_message=_("You keep this search already."),
            )
        ]

    def __str__(self):
        return self.query
