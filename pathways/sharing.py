"""What the partners see of a person by enrolments, for the page on which they see it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import GrantKind, Role
from accounts.queries import Shared
from pathways.enums import EnrolmentState
from pathways.models import AccompaniedPath, Enrolment
from pathways.paths import KINDS


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


def shared_by_path(*, person) -> list[Shared]:
    """One line for each path on which somebody of a partner goes along; the desk's own operators are no partner."""
    rows = AccompaniedPath.objects.open().filter(participation__person=person, organisation__isnull=False)
    rows = rows.exclude(companion__memberships__role=Role.OPERATOR, companion__memberships__is_active=True)
    return [
        Shared(
            organisation=row.organisation,
            what=GrantKind.ACTIVITY,
            since=row.began_at,
            sees=_("Your name and contacts, and what is written on this path: “%(title)s”.")
            % {"title": KINDS[row.kind].mine},
            url=reverse(KINDS[row.kind].page),
            how_to_end=_("It ends when the path ends, or when your operator names somebody else."),
        )
        for row in rows.select_related("organisation")
    ]
