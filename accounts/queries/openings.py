"""As what somebody opens what is kept about a person."""

from accounts.enums import Role
from foundation.privacy.enums import AccessReason
from programme.queries import short_name_of

# As which of their roles somebody opens a file, where they have several.
_ROLES_FOR = {
    AccessReason.REFERRAL: (Role.PARTNER_STAFF, Role.PARTNER_ADMIN),
    AccessReason.ENROLMENT: (Role.PARTNER_STAFF, Role.PARTNER_ADMIN),
    AccessReason.INTERNSHIP: (Role.PARTNER_STAFF, Role.PARTNER_ADMIN),
    AccessReason.APPLICATION: (Role.PARTNER_STAFF, Role.PARTNER_ADMIN),
    AccessReason.COUNTING: (Role.COORDINATOR,),
    AccessReason.REQUEST: (Role.PRIVACY_OFFICER,),
}


def acting_as(user, why: str) -> tuple[str, str]:
    """The role, and the organisation for short, as which `user` opens a file for the reason `why`."""
    wanted = _ROLES_FOR.get(why, (Role.OPERATOR, Role.COORDINATOR))
    places = sorted(user.places, key=lambda place: place[0] not in wanted)
    if not places:
        return ("administrator", "") if user.is_superuser else ("", "")
    role, organisation = places[0]
    return role, short_name_of(organisation)
