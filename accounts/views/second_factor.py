"""Second factors: setting up an app or a passkey, recovery codes, taking one off."""

from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    raise_if_reauthentication_required,
)
from allauth.account.views import PasswordSetView, ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as FactorReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from accounts import second_factor
from accounts.access import SignedInRequired, to_page
from accounts.permissions import is_staff_member
from accounts.views.people import CarriesNext, safe_next


@method_decorator(never_cache, name="dispatch")
class SecondFactorView(SignedInRequired, IndexView):
    """The keys that somebody has. Staff without one set it up here; with one that was not shown yet, they show it."""

    template_name = "mfa/index.html"

    def get(self, request, *args, **kwargs):
        self.keys = second_factor.keys_of(request.user)
        if self.keys and is_staff_member(request.user) and not second_factor.is_proved(request):
            return to_page(request, "mfa_reauthenticate")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            staff=is_staff_member(user),
            keys=self.keys,
            app=next((key for key in self.keys if key.type == Authenticator.Type.TOTP), None),
            passkeys=[key.wrap() for key in self.keys if key.type == Authenticator.Type.WEBAUTHN],
            may_take_off=not is_staff_member(user) or len(self.keys) > 1,
            next=safe_next(self.request),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class RecoveryCodesView(SignedInRequired, TemplateView):
    """Codes for the day on which one has lost one's key. Shown once, by a button; opening the page changes nothing."""

    template_name = "mfa/recovery_codes/index.html"

    def get_codes(self):
        found = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.RECOVERY_CODES).first()
        if found is None:
            raise Http404
        return found.wrap()

    def get_context_data(self, **kwargs):
        codes = self.get_codes()
        return super().get_context_data(
            left=len(codes.get_unused_codes()), were_shown=codes.did_view, shown=(), **kwargs
        )

    def post(self, request, *args, **kwargs):
        raise_if_reauthentication_required(request, app="allauth.mfa")
        codes = self.get_codes()
        if request.POST.get("action") == "new":
            codes = flows.generate_recovery_codes(request).wrap()
        elif codes.did_view:
            return redirect("mfa_view_recovery_codes")
        codes.mark_as_viewed()
        return self.render_to_response({**self.get_context_data(), "shown": codes.get_unused_codes()})


def ask_again(request, back=""):
    """What stands before a new way in: whoever found a device open must not leave with a key of their own.

    Who has a factor or a password shows that, unless they did a moment ago; who has neither signs in again and
    goes on at `back`, or here. None: go on.
    """
    if not request.user.is_authenticated:
        return to_page(request, settings.LOGIN_URL)
    if get_reauthentication_flows(request.user):
        return raise_if_reauthentication_required(request, app="account")
    age = timezone.now().timestamp() - request.session.get("since", 0)
    if age > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return render(request, "account/sign_in_again.html", {"back": back or request.path})
    return None


class AskedAgain:
    """A page that makes a new way in."""

    def dispatch(self, request, *args, **kwargs):
        return ask_again(request) or super().dispatch(request, *args, **kwargs)


class SetPasswordView(AskedAgain, PasswordSetView):
    """allauth's."""


class _NewKeyView(AskedAgain):
    """What was just set up was shown to work: nobody is asked for it again at once."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.prove(self.request, second_factor.keys_of(self.request.user)[-1])
        return response


class AddAppView(_NewKeyView, ActivateTOTPView):
    """allauth's, which shows the page for taking the app off to whoever goes back from having set it up."""

    def dispatch(self, request, *args, **kwargs):
        mine = second_factor.keys_of(request.user) if request.user.is_authenticated else []
        if any(key.type == Authenticator.Type.TOTP for key in mine):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


class AddPasskeyView(_NewKeyView, AddWebAuthnView):
    """allauth's. Young people need no recovery codes: a code by e-mail or SMS always lets them in."""

    def get_success_url(self):
        if is_staff_member(self.request.user):
            return super().get_success_url()
        messages.success(self.request, _("From now on this passkey opens your account, without a code."))
        return reverse("portal:home" if second_factor.stop_offering(self.request) else "mfa_index")


class RemovePasskeyView(SignedInRequired, RemoveWebAuthnView):
    """allauth's, which would let a member of staff take off their last key."""

    def form_valid(self, form):
        if not get_adapter().can_delete_authenticator(self.object):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


class PasswordAgainView(CarriesNext, ReauthenticateView):
    """allauth's."""


class FactorAgainView(CarriesNext, FactorReauthenticateView):
    """allauth's."""


class PasskeyAgainView(CarriesNext, ReauthenticateWebAuthnView):
    """allauth's."""
