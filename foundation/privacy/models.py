"""What was done, by whom, about whom: the audit trail and every timeline are views of these rows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.privacy.sentences import sentence_for


class EventQuerySet(models.QuerySet):
    def about(self, person_ids):
        """Events about any of these people (several when persons were merged), newest first."""
        return self.filter(about__in=person_ids).order_by("-at", "-id")


class Event(models.Model):
    """One action: who, when, the verb, about whom, on what, and the names of the fields that changed.

    Never updated, never deleted. Values that may have to be erased one day do not
    belong here. `about` is a person's id without a foreign key: this room knows no person.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    verb = models.CharField(max_length=60)
    about = models.UUIDField(null=True)
    on_type = models.CharField(max_length=60)
    on_id = models.CharField(max_length=40)
    fields = ArrayField(models.CharField(max_length=60), default=list)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-at"], name="event_about_at"),
            models.Index(fields=["on_type", "on_id"], name="event_on"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    @property
    def sentence(self) -> str:
        """What was done, in the reader's language."""
        return sentence_for(self.verb)
