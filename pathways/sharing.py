"""What the partners see of a person by enrolments, for the page on which they see it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import GrantKind
from accounts.queries import Shared
from pathways.enums import EnrolmentState
from pathways.models import Enrolment


def shared_by_enrolment(*, person) -> list[Shared]:
    """One line for each enrolment that was not withdrawn."""
    rows = Enrolment.objects.filter(participation__person=person).exclude(state=EnrolmentState.WITHDRAWN)
    return [
        Shared(
            organisation=row.run.opportunity.organisation,
            what=GrantKind.ACTIVITY,
            since=row.asked_at,
            sees=_("Your name and contacts, and when you were there: “%(title)s”.")
            % {"title": row.run.opportunity.title},
            url=reverse("pathways:enrolment-detail", args=[row.pk]),
            how_to_end=_("It ends when you withdraw from the activity."),
        )
        for row in rows.select_related("run__opportunity__organisation")
    ]
