"""What every action locks first."""

from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from intake.models import Participation
from internships.models import Internship
from internships.permissions import check_can_work_on
from internships.workflow import OVER
from migwork.errors import NotNow


def locked_participation(pk) -> Participation:
    # First of all locks, as in intake: whoever changes this person's way waits here.
    return Participation.with_merged.select_for_update(of=("self",)).select_related("edition").get(pk=pk)


def locked(internship) -> Internship:
    """The internship, locked after the way of its person, as it is now; NotNow while their data are limited."""
    locked_participation(internship.participation_id)
    internship = (
        Internship.objects.select_for_update(of=("self",))
        .select_related("participation__person", "plan_action__goal__plan", "unit__host")
        .get(pk=internship.pk)
    )
    check_not_limited(internship.participation.person)
    return internship


def locked_by_promoter(internship, by) -> Internship:
    """The way of the person and the internship, locked for the promoter's staff; PermissionDenied for others."""
    internship = locked(internship)
    check_can_work_on(by, internship)
    return internship


def locked_over(internship, by):
    """As locked_by_promoter; NotNow while it is not over."""
    internship = locked_by_promoter(internship, by)
    if internship.state not in OVER:
        raise NotNow(_("This comes when the internship is over."), code="early")
    return internship
