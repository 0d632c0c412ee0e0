"""A class or another group at a time: who was there, who registers, and the sheet that proves it."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from foundation.files.models import StoredFile
from intake.enums import GroupEntryState, GroupKind
from intake.models.participations import Participation
from migwork.db import UUIDModel
from programme.enums import Tie
from programme.models import Organisation

MOST_ENTRIES = 60


class GroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Operators: those of where they work. Administrators: all."""
        if user.is_superuser:
            return self
        return self.filter(organisation__in=user.organisations_as(Role.OPERATOR))


class Group(UUIDModel):
    """A class or centre that was met on a day. `heads` were there: a number, never counted as persons."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=10, choices=GroupKind, default=GroupKind.SCHOOL)
    on = models.DateField(_("day"))
    topic = models.CharField(_("what about"), max_length=200, blank=True)
    heads = models.PositiveSmallIntegerField(_("how many were there"), null=True, blank=True)
    # Stands in the address and the QR code by which each enters their own name, until `open_until`.
    code = models.CharField(max_length=10, unique=True, validators=[MinLengthValidator(8)])
    open_until = models.DateTimeField()
    sheet = models.OneToOneField(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-created_at"]
        indexes = [models.Index(fields=["organisation", "-on"], name="group_of_desk")]

    def __str__(self):
        return f"{self.name} {self.on:%Y-%m-%d}"


class GroupEntry(UUIDModel):
    """Somebody on the list of a group: what they wrote until the desk registers them, then only who they are."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="entries")
    first_name = models.CharField(_("name"), max_length=200, blank=True)
    last_name = models.CharField(_("surname"), max_length=200, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sort_key = models.CharField(max_length=400, blank=True, editable=False)
    tie = models.CharField(max_length=10, choices=Tie, default=Tie.STUDIES)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    state = models.CharField(max_length=10, choices=GroupEntryState, default=GroupEntryState.WAITING)
    at = models.DateTimeField()
    # Nobody: they entered it themselves, by the code.
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    participation = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.PROTECT, related_name="group_entries"
    )

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name_plural = "group entries"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "sort_key", "birth_date"],
                condition=Q(state="waiting"),
                name="group_entry_once",
                violation_error_message=_("This person is on the list already."),
            ),
            # What was written stays only until it is known who they are, or that they are nobody of ours.
            models.CheckConstraint(
                condition=(Q(state="waiting", participation__isnull=True, birth_date__isnull=False) & ~Q(last_name=""))
                | Q(
                    Q(state="registered", participation__isnull=False) | Q(state="dropped", participation__isnull=True),
                    first_name="",
                    last_name="",
                    sort_key="",
                    phone="",
                    email="",
                    birth_date__isnull=True,
                ),
                name="group_entry_says_no_more_than_needed",
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} {self.at:%Y-%m-%d}"
