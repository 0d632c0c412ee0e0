"""The pages of people and their accounts."""

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
    "PasswordSignInView",
    "ProfileView",
    "RecoveryCodesView",
    "RemovePasskeyView",
    "SecondFactorView",
    "SignUpView",
    "VisitorView",
    "may_send_code",
    "safe_next",
    "send_code",
]
