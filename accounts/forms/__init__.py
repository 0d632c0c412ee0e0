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

__all__ = [
    "ChangePasswordForm",
    "CodeForm",
    "ContactField",
    "PasswordSignInForm",
    "ProfileForm",
    "SetPasswordForm",
    "SignInCodeForm",
    "SignInForm",
    "SignUpForm",
    "countries",
]
