"""Internships from the proposal to the end."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.models import Participation, PlanAction, Referral
from internships.enums import EndedBy, EndGround, InternshipKind, InternshipState, RemoteMode
from internships.models.hosts import HostTutor, OperatingUnit
from internships.models.register import RegisterDay
from migwork.db import UUIDModel
from programme.models import MacroAction, Organisation


def sees_all(user) -> bool:
    return user.is_superuser or not user.roles.isdisjoint({Role.OPERATOR, Role.COORDINATOR})


def planned_hours(weekly_hours: Decimal, starts_on, ends_on) -> Decimal:
    """About how many hours in all: the weekly ones from the first day to the last."""
    weeks = Decimal((ends_on - starts_on).days + 1) / 7
    return (weekly_hours * weeks).quantize(Decimal(1))


class InternshipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What they see as staff, and a young person their own."""
        if sees_all(user):
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        if partners and user.person is None:
            # Without the "or" the database goes straight to the promoter's rows.
            return self.of_staff(user)
        return self.filter(Q(participation__person__user=user) | Q(promoter__in=partners))

    def of_staff(self, user):
        """What somebody sees for their work. Operators and coordinators: all. The promoter's staff: theirs."""
        if sees_all(user):
            return self
        return self.of_promoters(user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))

    def of_promoters(self, organisations):
        return self.filter(promoter__in=organisations)

    def with_register(self):
        """Each with `hours_attended` (confirmed) and `last_day` of its register."""
        days = RegisterDay.objects.filter(internship=OuterRef("pk")).order_by()
        return self.annotate(
            hours_attended=Subquery(days.confirmed().values("internship").annotate(sum=Sum("hours")).values("sum")),
            last_day=Subquery(days.values("internship").annotate(last=Max("on")).values("last")),
        )


class Internship(UUIDModel):
    """One person at one host, promoted by a partner, with dates, hours and two tutors."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="internships")
    promoter = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="internships")
    macro_action = models.ForeignKey(MacroAction, null=True, on_delete=models.PROTECT, related_name="internships")
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="internships")
    plan_action = models.ForeignKey(
        PlanAction, null=True, blank=True, on_delete=models.PROTECT, related_name="internships"
    )
    unit = models.ForeignKey(OperatingUnit, on_delete=models.PROTECT, related_name="internships")
    host_tutor = models.ForeignKey(HostTutor, on_delete=models.PROTECT, related_name="internships")
    promoter_tutor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="internships_followed")
    kind = models.CharField(_("kind"), max_length=20, choices=InternshipKind, default=InternshipKind.EXTRACURRICULAR)
    title = models.CharField(_("what the intern learns"), max_length=200)
    school = models.CharField(
        _("school"),
        max_length=200,
        blank=True,
        db_default="",
        default="",
        help_text=_("Of whose studies it is a part."),
    )
    school_tutor = models.CharField(
        _("who follows it at the school"), max_length=150, blank=True, db_default="", default=""
    )
    school_email = models.EmailField(_("e-mail of who signs for the school"), blank=True, db_default="", default="")
    eqf_level = models.PositiveSmallIntegerField(
        _("EQF level"), null=True, blank=True, help_text=_("Of the least of what is learnt.")
    )
    remote_mode = models.CharField(_("from where"), max_length=10, choices=RemoteMode, default=RemoteMode.ON_SITE)
    worked_there_until = models.DateField(
        _("last day of work for this host before"), null=True, blank=True, help_text=_("Empty: never worked there.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    weekly_hours = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1)
    # Once amended: the hours in all, without suspended days and with each week's own hours. See planning.py.
    hours_amended = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True, editable=False)
    state = models.CharField(max_length=15, choices=InternshipState, default=InternshipState.PROPOSED)
    state_since = models.DateTimeField()
    reason = models.CharField(
        max_length=300, blank=True, help_text=_("Why it was suspended, ended early or cancelled.")
    )
    # Of an early end: its last day, who ended it, and on which of the grounds that hosts and promoters have.
    ended_on = models.DateField(_("last day of work"), null=True, blank=True)
    ended_by = models.CharField(_("who ended it"), max_length=10, choices=EndedBy, blank=True)
    end_ground = models.CharField(_("on what ground"), max_length=10, choices=EndGround, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = InternshipQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["promoter", "state", "starts_on", "id"], name="internship_board"),
            models.Index(fields=["state", "starts_on", "id"], name="internship_state"),
            # Who ends soon, or should have ended.
            models.Index(
                fields=["promoter", "ends_on"],
                condition=Q(state__in=["running", "suspended"]),
                name="internship_ends",
            ),
            # Whether a referral is served, read without its rows.
            models.Index(
                fields=["promoter", "referral"], condition=~Q(state="cancelled"), name="internship_serves_referral"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="internship_ends_after_start",
                violation_error_message=_("The last day must be after the first."),
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0),
                name="internship_has_hours",
                violation_error_message=_("Say how many hours a week."),
            ),
            models.CheckConstraint(
                condition=Q(eqf_level__isnull=True) | Q(eqf_level__gte=1, eqf_level__lte=8),
                name="internship_eqf_level",
                violation_error_message=_("EQF levels go from 1 to 8."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by="", end_ground="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("starts_on")) & ~Q(ended_by="")),
                name="internship_early_end_is_whole",
                violation_error_message=_("Of an early end it is kept who ended it, and on which day."),
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(state__in=["running", "suspended"]),
                name="internship_one_running",
                violation_error_message=_("This person already has an internship under way."),
            ),
        ]

    def __str__(self):
        return f"{self.participation.person} · {self.unit.host}"

    @property
    def last_on(self):
        """The last day that counts: the planned one, or that on which it ended early."""
        if self.state != InternshipState.ENDED_EARLY:
            return self.ends_on
        return min(self.ends_on, self.ended_on or timezone.localdate(self.state_since))

    @property
    def hours_planned(self) -> Decimal:
        if self.hours_amended is not None:
            return self.hours_amended.quantize(Decimal(1))
        return planned_hours(self.weekly_hours, self.starts_on, self.ends_on)
