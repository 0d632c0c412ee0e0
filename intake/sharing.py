"""What the partners see of a person by referrals, for the page on which they decide about it."""

from django.utils.translation import gettext as _

from accounts.enums import GrantKind
from accounts.queries import Shared
from intake.models import Referral


def shared_by_referral(*, person) -> list[Shared]:
    """One line for each partner, of its first referral that is in force."""
    found = {}
    rows = Referral.objects.filter(participation__person=person).in_force().select_related("organisation")
    for referral in rows.order_by("sent_at"):
        found.setdefault(
            referral.organisation_id,
            Shared(
                organisation=referral.organisation,
                what=GrantKind.REFERRAL,
                since=referral.sent_at,
                sees=_("Your name, age, e-mail and telephone, what we referred you for, and that step of your plan."),
            ),
        )
    return list(found.values())
