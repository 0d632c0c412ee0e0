"""What the promoter of an internship sees of a person, for the page on which they see it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import GrantKind
from accounts.queries import Shared
from internships.enums import ApplicationState as A
from internships.enums import InternshipState
from internships.models import Application, Internship


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


def shared_by_application(*, person) -> list[Shared]:
    """One line for each application that is not over."""
    rows = Application.objects.filter(
        participation__person=person, state__in=[A.SENT, A.SHORTLISTED, A.INVITED, A.TAKEN]
    )
    return [
        Shared(
            organisation=row.offer.opportunity.organisation,
            what=GrantKind.INTERNSHIP,
            since=row.sent_at,
            sees=_("Your application: name, contacts, your words and your CV. The company sees the last two."),
            url=reverse("internships:application-detail", args=[row.pk]),
            how_to_end=_("Take the application back."),
        )
        for row in rows.select_related("offer__opportunity__organisation")
    ]
