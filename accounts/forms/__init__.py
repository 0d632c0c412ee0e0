"""The forms of people and their accounts."""

from accounts.forms.eid import EidSignUpForm
from accounts.forms.identity import FilledFromCode, FiscalCodeField
from accounts.forms.people import (
    ChangePasswordForm,
    CodeForm,
    ContactField,
    PasswordSignInForm,
    ProfileForm,
    SetPasswordForm,
    SignInCodeForm,
    SignInForm,
    SignUpForm,
    countries,
)
from accounts.forms.second_factor import (
    FactorCodeAgainForm,
    FactorCodeForm,
    FirstAppCodeForm,
    PasskeyForm,
    PasswordAgainForm,
)
from accounts.forms.staff import AcceptForm, InvitationForm, LeaveForm, OrganisationForm

__all__ = [
    "AcceptForm",
    "ChangePasswordForm",
    "CodeForm",
    "ContactField",
    "EidSignUpForm",
    "FactorCodeAgainForm",
    "FactorCodeForm",
    "FilledFromCode",
    "FirstAppCodeForm",
    "FiscalCodeField",
    "InvitationForm",
    "LeaveForm",
    "OrganisationForm",
    "PasskeyForm",
    "PasswordAgainForm",
    "PasswordSignInForm",
    "ProfileForm",
    "SetPasswordForm",
    "SignInCodeForm",
    "SignInForm",
    "SignUpForm",
    "countries",
]
