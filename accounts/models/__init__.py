"""People and their accounts, as rows."""

from accounts.models.consents import AccessGrant, Consent, Purpose
from accounts.models.desk import ClaimCode, PersonMerge
from accounts.models.identity import EIdentity, IdentityPaper
from accounts.models.people import Membership, User, UserManager, YoungPerson
from accounts.models.representatives import LegalRepresentative, Representation
from accounts.models.requests import DataCopy, PrivacyRequest
from accounts.models.special import Mark, SpecialCategory, SpecialRule
from accounts.models.staff import Invitation

__all__ = [
    "AccessGrant",
    "ClaimCode",
    "Consent",
    "DataCopy",
    "EIdentity",
    "IdentityPaper",
    "Invitation",
    "LegalRepresentative",
    "Mark",
    "Membership",
    "PersonMerge",
    "PrivacyRequest",
    "Purpose",
    "Representation",
    "SpecialCategory",
    "SpecialRule",
    "User",
    "UserManager",
    "YoungPerson",
]
