"""How allauth reaches our accounts: telephone numbers, and mails and SMS through the one outbox."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import actions, second_factor
from accounts.models import User
from accounts.permissions import is_staff_member
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from migwork import crypto


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code that we sent. Check the digits, or ask for another code."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("You have asked for several codes already. Wait a few minutes, then try again."),
        "email_password_mismatch": _("Address or password are not right."),
        "enter_current_password": _("Write the password that you use now."),
        "incorrect_password": _("This is not the password that you use now."),
    }

    def get_reauthentication_methods(self, user):
        """Whoever has a factor shows that: a password is what a thief may have. A passkey is asked for before codes."""
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            factors.reverse()
        return factors or methods

    def send_mail(self, template_prefix, email, context):
        """Of allauth's mails people can get two here: login_code and unknown_account."""
        self._queue(template_prefix.rsplit("/", 1)[-1], Channel.EMAIL, email, {"code": context.get("code", "")})

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        self._queue("login_code", Channel.SMS, phone, {"code": code})

    def send_unknown_account_sms(self, phone, **kwargs):
        self._queue("unknown_account", Channel.SMS, phone, {})

    def _queue(self, name, channel, to, context):
        queue(
            key=f"accounts:{name}:{uuid4()}",
            channel=channel,
            to=to,
            language=get_language() or settings.LANGUAGE_CODE,
            template=f"accounts/messages/{name}",
            context={"minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60, "site": settings.SITE_URL, **context},
            now=timezone.now(),
        )

    def get_user_by_phone(self, phone):
        return User.objects.filter(phone=phone, is_active=True).first()

    def get_phone(self, user):
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user, phone, verified):
        actions.set_phone(user=user, phone=phone, verified=verified)

    def set_phone_verified(self, user, phone):
        actions.set_phone(user=user, phone=phone, verified=True)


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's, with secrets encrypted under our keys, and the last factor of a member of staff kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code that we expected. Look at the newest one, and check the digits."),
        "cannot_delete_authenticator": _("This is your last key: add another one before you take it off."),
    }

    def encrypt(self, text):
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text):
        return crypto.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        keys = second_factor.keys_of(authenticator.user)
        return not is_staff_member(authenticator.user) or any(key != authenticator for key in keys)

    def generate_authenticator_name(self, user, type):
        return ""

    def get_public_key_credential_rp_entity(self):
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def factor_added(sender, request, user, authenticator, **kwargs):
    """A new app or passkey: its owner is told."""
    if authenticator.type in second_factor.KEYS:
        actions.note_factor(user=user, authenticator=authenticator, added=True, now=timezone.now())


def factor_removed(sender, request, user, authenticator, **kwargs):
    """An app or a passkey was taken off. Its owner is told."""
    if authenticator.type in second_factor.KEYS:
        actions.note_factor(user=user, authenticator=authenticator, added=False, now=timezone.now())
