"""Offers of internships: opportunities of the catalogue, at a workplace of a host, for which people apply."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from internships.enums import InternshipKind
from internships.models.hosts import HostTutor, OperatingUnit
from migwork.db import UUIDModel
from pathways.enums import OpportunityState
from pathways.models import Opportunity, Run


class OfferQuerySet(models.QuerySet):
    def of_staff(self, user):
        """Those of the organisations in which `user` is partner staff; all for coordinators."""
        if user.is_superuser or Role.COORDINATOR in user.roles:
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        return self.filter(opportunity__organisation__in=partners)

    def whole(self):
        """With all that a page names."""
        return self.select_related("opportunity__organisation", "run", "unit__host", "host_tutor", "answered_by")

    def taking(self):
        """In the catalogue: not taken off, nor paused."""
        return self.filter(opportunity__state=OpportunityState.PUBLISHED, run__paused_at=None)


class Offer(UUIDModel):
    """What an opportunity of the catalogue has besides when it is an internship.

    Its text, ages and state are the opportunity's; its days, places and last day to apply are those of the run.
    """

    opportunity = models.OneToOneField(Opportunity, on_delete=models.PROTECT, related_name="internship_offer")
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="internship_offer")
    unit = models.ForeignKey(OperatingUnit, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(_("kind"), max_length=20, choices=InternshipKind, default=InternshipKind.EXTRACURRICULAR)
    # Who gets each application by mail and answers it with a click; none: the partner speaks with the host.
    host_tutor = models.ForeignKey(
        HostTutor, null=True, blank=True, on_delete=models.PROTECT, related_name="offers", verbose_name=_("tutor")
    )
    weekly_hours = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1)
    allowance = models.CharField(_("allowance"), max_length=150)
    # Who of the partner looks after its applications.
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="internship_offers", verbose_name=_("who answers")
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit"], name="offer_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=48),
                name="offer_has_hours",
                violation_error_message=_("Say how many hours a week: more than 0, up to 48."),
            ),
            models.CheckConstraint(
                condition=~Q(allowance=""),
                name="offer_says_allowance",
                violation_error_message=_("Say what the intern gets a month, or that there is no allowance."),
            ),
        ]

    def __str__(self):
        return str(self.opportunity)

    @property
    def organisation(self):
        return self.opportunity.organisation

    @property
    def host(self):
        return self.unit.host
