"""The pages of people and their accounts."""

from accounts.views.eid import (
    EidConflictView,
    EidOutView,
    EidSignUpView,
    SignInWaysView,
    UnlinkEidView,
    come_back,
)
from accounts.views.passkeys import PasskeyLaterView, PasskeySignInView
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
from accounts.views.staff import (
    AcceptInvitationView,
    CancelInvitationView,
    ChangeMemberView,
    InviteView,
    LeaveView,
    MemberView,
    OrganisationAddView,
    OrganisationListView,
    OrganisationView,
)

__all__ = [
    "AcceptInvitationView",
    "AddAppView",
    "AddPasskeyView",
    "CancelInvitationView",
    "ChangeMemberView",
    "ConfirmSignInView",
    "ConfirmSignUpView",
    "EidConflictView",
    "EidOutView",
    "EidSignUpView",
    "InviteView",
    "LeaveView",
    "MemberView",
    "OrganisationAddView",
    "OrganisationListView",
    "OrganisationView",
    "PasskeyLaterView",
    "PasskeySignInView",
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
