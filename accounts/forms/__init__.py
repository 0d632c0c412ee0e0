"""The forms of people and their accounts."""

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

__all__ = [
    "ChangePasswordForm",
    "CodeForm",
    "ContactField",
    "FactorCodeAgainForm",
    "FactorCodeForm",
    "FirstAppCodeForm",
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
