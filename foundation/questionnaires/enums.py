from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SectionState(TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    VIEWED = "viewed", _("Seen, nothing written")
    INCOMPLETE = "incomplete", _("Incomplete")
    COMPLETE = "complete", _("Complete")


class QuestionKind(TextChoices):
    TEXT = "text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("Date")
    NUMBER = "number", _("Number")


# Answered by choosing among answers that stand there.
WITH_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
