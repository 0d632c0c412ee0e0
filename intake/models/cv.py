"""The CV of a young person: theirs, across editions. Nothing from talks stands in it, only what was written for it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User, YoungPerson
from intake.enums import CvEntryKind, LanguageLevel
from migwork.db import UUIDModel


class Cv(UUIDModel):
    """The few words about oneself, and which of one's data are shown."""

    person = models.OneToOneField(YoungPerson, on_delete=models.PROTECT, related_name="cv")
    about = models.CharField(_("about me"), max_length=600, blank=True)
    shows_email = models.BooleanField(_("my e-mail"), default=True)
    shows_phone = models.BooleanField(_("my telephone number"), default=True)
    shows_town = models.BooleanField(_("where I live: the town alone"), default=True)
    shows_birth_date = models.BooleanField(_("my date of birth"), default=False)
    shows_done = models.BooleanField(_("courses and internships that I completed"), default=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = _("CVs")

    def __str__(self):
        return str(self.person_id)


class CvEntry(UUIDModel):
    """A school, a work or a language, as the young person puts it."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="cv_entries")
    kind = models.CharField(max_length=10, choices=CvEntryKind)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    began = models.PositiveSmallIntegerField(_("from the year"), null=True, blank=True)
    # Empty while it goes on.
    ended = models.PositiveSmallIntegerField(_("to the year"), null=True, blank=True)
    text = models.CharField(max_length=400, blank=True)
    level = models.CharField(max_length=6, choices=LanguageLevel, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = _("entries of CVs")
        indexes = [models.Index(fields=["person", "kind"], name="cv_entry_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CvEntryKind.LANGUAGE, began=None, ended=None) & ~Q(level="")
                | ~Q(kind=CvEntryKind.LANGUAGE) & Q(level="", began__isnull=False),
                name="cv_entry_is_whole",
                violation_error_message=_("Languages have a level, all else its years."),
            ),
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=F("began")),
                name="cv_entry_ends_after_it_began",
                violation_error_message=_("The last year must not be before the first."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def years(self) -> str:
        """From when to when: "2021–2023", "2022" when it was one year, "2024–today" while it goes on."""
        if self.began is None or self.began == self.ended:
            return str(self.began or "")
        return f"{self.began}–{self.ended or _('today')}"
