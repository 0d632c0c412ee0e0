"""Who follows whom: handed over for good, covered for a time; and the views of the list that an operator keeps."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.models.participations import OfParticipationQuerySet, Participation
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class Handover(UUIDModel):
    """A person passed from one operator to another (`gave` empty: nobody had followed them). The note is for `took`."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="handovers")
    gave = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    took = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = EncryptedTextField(_("what your colleague should know"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["participation", "at"], name="handover_of_participation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(gave__isnull=True) | ~Q(gave=F("took")),
                name="handover_to_somebody_else",
                violation_error_message=_("They are followed by this operator already."),
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d} → {self.took}"


class CoverQuerySet(models.QuerySet):
    def in_force(self, day):
        """Those of this local day: from the first minute of the first day to the last one of the last."""
        return self.filter(first_day__lte=day, last_day__gte=day, ended_at=None)

    def visible_to(self, user):
        """Who is away, who stands in, and the colleagues of their desk."""
        if user.is_superuser:
            return self
        desk = User.objects.filter(
            memberships__organisation__in=user.organisations_as(Role.OPERATOR),
            memberships__role=Role.OPERATOR,
            memberships__is_active=True,
        )
        return self.filter(away__in=desk)


class Cover(UUIDModel):
    """While `away` is away, `stands_in` sees their people and reads their messages.

    Whole local days, the last included. It ends by itself: on the day after, nobody finds it any more.
    """

    away = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covered_by")
    stands_in = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until, included"))
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "pk"]
        indexes = [models.Index(fields=["stands_in", "last_day"], condition=Q(ended_at=None), name="cover_running")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="cover_days_in_order",
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(away=F("stands_in")),
                name="cover_by_somebody_else",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
            ExclusionConstraint(
                name="cover_once",
                expressions=[
                    ("away", RangeOperators.EQUAL),
                    ("stands_in", RangeOperators.EQUAL),
                    (
                        Func(
                            "first_day",
                            "last_day",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("This colleague stands in on some of these days already."),
            ),
        ]

    def __str__(self):
        return f"{self.stands_in} · {self.first_day:%Y-%m-%d}–{self.last_day:%Y-%m-%d}"


class CaseloadView(UUIDModel):
    """Filters of one's own list that an operator gave a name. Nobody else sees it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="caseload_views")
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.CharField(max_length=300)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="caseload_view_once",
                violation_error_message=_("You have a view of this name already."),
            )
        ]

    def __str__(self):
        return self.name
