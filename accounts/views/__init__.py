"""The pages of people and their accounts."""

from accounts.views.eid import (
    EidConflictView,
    EidOutView,
    EidSignUpView,
    SignInWaysView,
    UnlinkEidView,
    come_back,
)
from accounts.views.people import (
    ConfirmSignInView,
    ConfirmSignUpView,
    PasswordSignInView,
    ProfileView,
    SignUpView,
    VisitorView,
    may_send_code,
    safe_next,
    send_code,
)
from accounts.views.second_factor import (
    AddAppView,
    AddPasskeyView,
    RecoveryCodesView,
    RemovePasskeyView,
    SecondFactorView,
)

__all__ = [
    "AddAppView",
    "AddPasskeyView",
    "ConfirmSignInView",
    "ConfirmSignUpView",
    "EidConflictView",
    "EidOutView",
    "EidSignUpView",
    "PasswordSignInView",
    "ProfileView",
    "RecoveryCodesView",
    "RemovePasskeyView",
    "SecondFactorView",
    "SignInWaysView",
    "SignUpView",
    "UnlinkEidView",
    "VisitorView",
    "come_back",
    "may_send_code",
    "safe_next",
    "send_code",
]
