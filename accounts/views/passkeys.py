"""Signing in with a passkey alone, and the offer of one to whoever has just signed up."""

from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from accounts import second_factor
from accounts.access import SignedInRequired
from accounts.views.people import safe_next


@method_decorator(never_cache, name="dispatch")
class PasskeySignInView(LoginWebAuthnView):
    """The challenge, for the script; then the answer of the device. Opened as a page: the sign-in."""

    def form_invalid(self, form):
        messages.error(self.request, _("This passkey opens no account here. Sign in with a code: it always works."))
        after = safe_next(self.request)
        query = f"?{urlencode({'next': after})}" if after else ""
        return redirect(reverse("account_login") + query)


class PasskeyLaterView(SignedInRequired, View):
    """Not now: the offer goes away."""

    http_method_names = ["post"]

    def post(self, request):
        second_factor.stop_offering(request)
        return redirect(safe_next(request) or "portal:home")
