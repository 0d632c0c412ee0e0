"""People and their accounts, as rows."""

from accounts.models.people import (
    Membership,
    User,
    UserManager,
    YoungPerson,
)

__all__ = [
    "Membership",
    "User",
    "UserManager",
    "YoungPerson",
]
