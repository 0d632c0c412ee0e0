"""Who comes to the pages of internships."""

from accounts.enums import Role

PARTNER = {Role.PARTNER_STAFF, Role.PARTNER_ADMIN}
BOARD = PARTNER | {Role.OPERATOR, Role.COORDINATOR}
