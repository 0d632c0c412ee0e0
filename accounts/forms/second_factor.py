"""Second factors: codes of an app, passkeys. allauth's forms, with our words."""

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.second_factor import use_up_code
from accounts.forms.people import CODE_INPUT
from migwork.fields import OneLineField


def code_field(**kwargs):
    return forms.CharField(
        widget=forms.TextInput(CODE_INPUT), error_messages={"required": _("Write the digits of the code.")}, **kwargs
    )


class UsedOnce:
    """A code of an app opens one door, once."""

    def clean_code(self):
        code = super().clean_code()
        app = self.authenticator.type == Authenticator.Type.TOTP
        if app and not use_up_code(app=self.authenticator, code=code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class FactorCodeForm(UsedOnce, base_forms.AuthenticateForm):
    """At sign-in: the app's code, or one of those in reserve."""

    code = code_field(label=_("Code of the app, or a recovery code"))


class FactorCodeAgainForm(UsedOnce, base_forms.ReauthenticateForm):
    """Before a key of the house is changed."""

    code = code_field(label=_("Code of the app, or a recovery code"))


class FirstAppCodeForm(totp_forms.ActivateTOTPForm):
    """The first code shows that the app was set up.

    The key stays until it is used: a phone loads the page again after a look into the app, and whoever has two windows
    open has one key. allauth makes another each time, of which the app knows nothing.
    """

    code = code_field(label=_("The six digits that the app shows"))

    def __init__(self, *args, **kwargs):
        session = context.request.session
        kept = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if kept and self.secret != kept:
            session[SECRET_SESSION_KEY] = self.secret = kept


class PasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A passkey proves by itself who holds the device: by fingerprint, face or PIN. So it opens the door alone too."""

    name = OneLineField(
        label=_("A name for it"),
        max_length=60,
        required=False,
        help_text=_("So that you know it again, such as “my phone”."),
    )
    passwordless = forms.BooleanField(required=False, initial=True)

    def clean_name(self):
        return self.cleaned_data["name"] or str(_("Passkey"))

    def clean(self):
        self.cleaned_data["passwordless"] = True
        return super().clean()


class PasswordAgainForm(account_forms.ReauthenticateForm):
    """For who has a password and no second factor yet."""

    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput({"autocomplete": "current-password"}))
