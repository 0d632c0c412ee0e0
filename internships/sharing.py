"""What the promoter of an internship sees of a person, for the page on which they see it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import GrantKind
from accounts.queries import Shared
from internships.enums import InternshipState
from internships.models import Internship


def shared_by_internship(*, person) -> list[Shared]:
    """One line for each internship that was not called off."""
    rows = Internship.objects.filter(participation__person=person).exclude(state=InternshipState.CANCELLED)
    return [
        Shared(
            organisation=row.promoter,
            what=GrantKind.INTERNSHIP,
            since=row.created_at,
            sees=_("Your internship: name, contacts, days and hours."),
            url=reverse("internships:internship-detail", args=[row.pk]),
            how_to_end=_("Its papers are kept by law. Talk about it with your tutor."),
        )
        for row in rows.select_related("promoter")
    ]
