"""What an activity says, in other languages than Italian."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pathways.enums import TaughtIn
from pathways.models.opportunities import Opportunity


def _like(name):
    """A field as long as the Italian one, called the same."""
    field = Opportunity._meta.get_field(name)
    kind = type(field)
    return kind(field.verbose_name, max_length=field.max_length, blank=field.blank)


class OpportunityTranslation(models.Model):
    """The texts of one activity in one language."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=2, choices=TaughtIn)
    title = _like("title")
    summary = _like("summary")
    for_whom = _like("for_whom")
    what_you_get = _like("what_you_get")
    description = _like("description")
    what_you_need = _like("what_you_need")
    # The digest of the Italian text of which it is a translation: another one, and it may be out of date.
    of_text = models.CharField(max_length=32)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "language"],
                name="translation_once",
                violation_error_message=_("There is a translation into this language already. Open it again."),
            ),
            models.CheckConstraint(
                condition=~Q(language=TaughtIn.ITALIAN),
                name="translation_not_italian",
                violation_error_message=_("Italian is the original: change the activity itself."),
            ),
        ]

    def __str__(self):
        return self.title
