"""Whom a young person meets at the desk, and in which language they talk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.files.models import StoredFile
from intake.enums import AnswersWithin, MediationState
from intake.models.talks import Appointment
from migwork.db import UUIDModel

# The language of the desk, in which nothing needs to be arranged.
HOUSE = "it"


class TalkLanguage(models.Model):
    """A language in which a talk can be, as the administrator lists them."""

    code = models.SlugField(_("code"), max_length=12, primary_key=True)
    name = models.CharField(_("name in Italian"), max_length=60, unique=True)
    own_name = models.CharField(_("name in the language itself"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    is_offered = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("language of talks")
        verbose_name_plural = _("languages of talks")

    def __str__(self):
        return self.name

    @property
    def both_names(self) -> str:
        """العربية · arabo: whoever looks for their language finds it, whoever arranges it too."""
        return f"{self.own_name} · {self.name}" if self.own_name and self.own_name != self.name else self.name


class DeskCard(UUIDModel):
    """How an operator shows themselves to the people they meet: by first name, with a face if they like."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="desk_card")
    called = models.CharField(_("first name"), max_length=60, blank=True)
    photo = models.OneToOneField(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answers_within = models.CharField(_("usual answer time"), max_length=10, choices=AnswersWithin, blank=True)
    languages = models.ManyToManyField(TalkLanguage, blank=True, related_name="spoken_by")
    changed_at = models.DateTimeField()

    def __str__(self):
        return str(self.user)


class MediationQuerySet(models.QuerySet):
    def missing(self):
        """Talks to come for which a mediator is still to be found."""
        return self.filter(state=MediationState.NEEDED, appointment__state="booked")


class Mediation(models.Model):
    """How two people who talk understand each other: a language, spoken by the operator or with a mediator."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="mediation")
    language = models.ForeignKey(TalkLanguage, on_delete=models.PROTECT, related_name="+")
    # Whether a mediator was asked for, also where the operator speaks the language.
    wished = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=MediationState)
    mediator = models.CharField(_("mediator"), max_length=120, blank=True)
    arranged_at = models.DateTimeField(null=True, blank=True)
    arranged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = MediationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="arranged", arranged_at__isnull=False, arranged_by__isnull=False)
                | (~Q(state="arranged") & Q(arranged_at__isnull=True, arranged_by__isnull=True)),
                name="mediation_arranged_has_its_time",
            ),
        ]

    def __str__(self):
        return f"{self.language} {self.get_state_display()}"
