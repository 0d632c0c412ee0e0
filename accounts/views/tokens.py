"""A form whose token is not good any more."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

# Pages for who is not signed in. Signing in makes every token anew, also of those that stand in another window.
DOORS = {
    "account_signup",
    "account_confirm_signup",
    "account_login",
    "account_confirm_login_code",
    "account_password_login",
    "account_claim",
    "account_invitation",
}


def form_waited(request, reason=""):
    """Django's page, but for whoever has come in by another window meanwhile: they go on."""
    if request.user.is_authenticated and request.resolver_match.view_name in DOORS:
        messages.info(request, _("You are in already."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return csrf_failure(request, reason)
