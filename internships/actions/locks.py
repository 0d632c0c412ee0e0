"""What every action locks first."""

from accounts.actions import check_not_limited
from intake.models import Participation
from internships.models import Internship


def locked_participation(pk) -> Participation:
    # First of all locks, as in intake: whoever changes this person's way waits here.
    return Participation.with_merged.select_for_update(of=("self",)).select_related("edition").get(pk=pk)


def locked(internship) -> Internship:
    internship = (
        Internship.objects.select_for_update(of=("self",))
        .select_related("participation__person", "plan_action__goal__plan", "unit__host")
        .get(pk=internship.pk)
    )
    check_not_limited(internship.participation.person)
    return internship
