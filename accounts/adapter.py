"""How allauth reaches our accounts: telephone numbers, and mails and SMS through the one outbox."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.models import User
from foundation.communications.actions import queue
from foundation.communications.enums import Channel


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code that we sent. Check the digits, or ask for another code."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("You have asked for several codes already. Wait a few minutes, then try again."),
        "email_password_mismatch": _("E-mail or password are not right."),
        "enter_current_password": _("Write the password that you use now."),
        "incorrect_password": _("This is not the password that you use now."),
    }

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
