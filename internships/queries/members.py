"""Who works for a promoter, and so may follow its interns."""

from accounts.enums import Role
from accounts.models import Membership

PROMOTER_ROLES = (Role.PARTNER_STAFF, Role.PARTNER_ADMIN)


def promoter_members(organisation_id):
    """The memberships of those who may follow an intern for this partner."""
    return members_of([organisation_id])


def members_of(organisations):
    """The same for any of several partners."""
    return Membership.objects.filter(
        organisation__in=organisations, is_active=True, user__is_active=True, role__in=PROMOTER_ROLES
    )
