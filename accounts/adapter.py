"""How allauth reaches our accounts: telephone numbers, and mails and SMS through the one outbox."""

import logging
import time
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import actions, eid, queries, second_factor
from accounts.models import User
from accounts.permissions import is_staff_member
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.documents.queries import link_of
from migwork import crypto
from migwork.errors import NotNow

log = logging.getLogger(__name__)


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

    def get_login_stages(self):
        """allauth's, but a second factor is asked of staff alone."""
        theirs, ours = "allauth.mfa.stages.AuthenticateStage", "accounts.stages.SecondFactorForStaff"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def login(self, request, user):
        """A young person who has just come in need not prove it once more, to take a lost phone's passkey off, say.

        How they came in stays in the session, without the address: sessions outlive an account that is erased.
        """
        super().login(request, user)
        for proved in get_authentication_records(request, user):
            for name in ("email", "phone", "username"):
                proved.pop(name, None)
        request.session.modified = True
        if not is_staff_member(user):
            record_authentication(request, user, "sign_in", reauthenticated=True)

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


def refused(request, sentence):
    """The page of whoever could not be let in by SPID or CIE: why, and the other doors."""
    return render(request, "account/eid_refused.html", {"sentence": sentence}, status=403)


# To whom we say Lei: who signs has no account, and came for a signature.
TO_SIGNERS = {
    "cancelled": _("You did not go on with SPID or CIE. Nothing was signed."),
    "level": _("That level is too low to sign. Use the one with a code on your phone (level 2), or CIE."),
    "down": _("SPID or CIE does not answer at the moment. Try again in a while, or choose another way."),
}
UNKNOWN_SIGNER = _("SPID or CIE did not tell us who signs. Try again, or choose another way.")


def back_to_signature(request, token, why):
    """Whoever could not show who they are goes back to what they were asked to sign, not to a sign-in of no use."""
    messages.error(request, TO_SIGNERS.get(why, UNKNOWN_SIGNER))
    return redirect("documents:sign", token)


def signing_token(state) -> str | None:
    """Whether one went out to sign, by what was kept when one went."""
    state = state or {}
    return eid.signing_token(state.get("next")) if state.get("process") == AuthProcess.REDIRECT else None


class EidAdapter(DefaultSocialAccountAdapter):
    """What follows when somebody comes back from SPID or CIE. allauth keeps nothing of it: accounts.EIdentity does."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if token := signing_token((extra_context or {}).get("state")):
            why = "cancelled" if error == AuthError.CANCELLED else "failed"
            raise ImmediateHttpResponse(back_to_signature(request, token, why))
        if error == AuthError.CANCELLED:
            messages.info(request, _("You did not go on with SPID or CIE. You can come in by e-mail or phone as well."))
            raise ImmediateHttpResponse(redirect("account_login"))
        log.warning("SPID or CIE: not let in (%s, %s)", error, type(exception).__name__)
        sentence = _("Something went wrong on the way back. Start again from the sign-in page.")
        raise ImmediateHttpResponse(refused(request, sentence))

    def pre_social_login(self, request, sociallogin):
        process, data = sociallogin.state.get("process"), sociallogin.account.extra_data
        token = signing_token(sociallogin.state)
        sociallogin.account.extra_data = {}
        try:
            claims = eid.claims_of(sociallogin.account.provider, data)
            if process == AuthProcess.REDIRECT:
                # Somebody proves who they are to sign a document: no account is opened.
                if token:
                    self._prove(request, claims, token)
                return
            if process == AuthProcess.CONNECT and request.user.is_authenticated:
                answer = self._link(request, claims)
            else:
                answer = self._enter(request, claims, sociallogin.get_redirect_url(request) or "")
        except eid.Refused as refusal:
            log.warning("SPID or CIE: not let in (%s)", refusal.code)
            if token:
                answer = back_to_signature(request, token, refusal.code)
            else:
                answer = refused(request, refusal.sentence)
        except NotNow as refusal:
            answer = refused(request, refusal.messages[0])
        raise ImmediateHttpResponse(answer)

    def _prove(self, request, claims, token):
        """Leave who came for that link alone, which asks whether it is who has to sign."""
        if link := link_of(token):
            request.session["documents_eid"] = {
                "fiscal_code": claims.fiscal_code,
                "provider": claims.provider,
                "at": time.time(),
                "link": str(link.pk),
            }

    def _link(self, request, claims):
        actions.link_eid(user=request.user, claims=claims, now=timezone.now())
        messages.success(
            request, _("From now on %(provider)s opens your account too.") % {"provider": claims.provider_name}
        )
        return redirect("accounts:sign-in-ways")

    def _enter(self, request, claims, next_url):
        user = actions.enter_by_eid(claims=claims, now=timezone.now())
        if request.user.is_authenticated:
            logout(request)
        if user is not None:
            record_authentication(request, user, "socialaccount", provider=claims.provider)
            return perform_login(request, user, redirect_url=next_url or None)
        eid.keep(request, claims, next_url)
        return redirect("account_eid_conflict" if queries.account_to_prove(claims) else "account_eid_signup")


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
