"""In by SPID or CIE: out to the gateway, and what is asked after the first return."""

from allauth.account.adapter import get_adapter
from allauth.decorators import rate_limit
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import get_request_param
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView, View
from requests import RequestException

from accounts import actions, contacts, eid, queries
from accounts.access import SignedInRequired
from accounts.adapter import back_to_signature, refused
from accounts.enums import EidProvider, VerifiedBy
from accounts.forms import EidSignUpForm
from accounts.models import EIdentity
from accounts.signup import PendingSignUp
from accounts.views.codes import may_send_code
from accounts.views.people import VisitorView, leave_nothing, send_code
from accounts.views.second_factor import ask_again
from foundation.communications.enums import Channel
from foundation.privacy.queries import current_notice
from programme import eligibility
from programme.queries import receiving_edition


def _gateway(request, provider_id) -> OpenIDConnectOAuth2Adapter:
    """The one of the settings; without its address there is no door."""
    if not settings.EID.get(provider_id, {}).get("url"):
        raise Http404
    return OpenIDConnectOAuth2Adapter(request, provider_id)


def out_of_reach(request):
    return refused(request, _("It does not answer at the moment. Try again in a while, or come in by e-mail or phone."))


@method_decorator([never_cache, rate_limit(action="login")], name="dispatch")
class EidOutView(View):
    """To the gateway. Posted: nobody is sent there by opening a page.

    Who links one more identity to their account makes a new way in, and is asked again who they are.
    """

    http_method_names = ["post"]

    def post(self, request, provider_id):
        links = get_request_param(request, "process") == AuthProcess.CONNECT
        if links and (asked := ask_again(request, back=reverse("accounts:sign-in-ways"))):
            return asked
        try:
            return OAuth2LoginView.adapter_view(_gateway(request, provider_id))(request)
        except RequestException:
            if token := eid.signing_token(request.POST.get("next")):
                return back_to_signature(request, token, "down")
            return out_of_reach(request)


@never_cache
@require_GET
@rate_limit(action="login")
def come_back(request, provider_id):
    """Back from the gateway: accounts.adapter.EidAdapter decides what follows."""
    try:
        return OAuth2CallbackView.adapter_view(_gateway(request, provider_id))(request)
    except RequestException:
        return out_of_reach(request)
    except (KeyError, TypeError, ValueError):
        # An answer that is none: without the claims that every provider sends.
        return refused(request, eid.INCOMPLETE)


class AfterEid(VisitorView):
    """A page between SPID and an account. Who comes here otherwise signs up from the beginning."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.claims, self.next_url = eid.kept(request) or (None, "")

    def dispatch(self, request, *args, **kwargs):
        if self.claims is None and not request.user.is_authenticated:
            return redirect("account_signup")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(claims=self.claims, **kwargs)

    def send_code(self, *, answers, channel, address, hidden=False, notice=""):
        """To the code's page, as in every sign-up; what SPID said goes with it."""
        pending = PendingSignUp(
            channel,
            address,
            answers=answers,
            next_url=self.next_url,
            eid=self.claims.as_state(),
            hidden=hidden,
            notice=notice,
        )
        send_code(self.request, pending)
        return redirect("account_confirm_signup")


@method_decorator(rate_limit(action="signup"), name="dispatch")
class EidSignUpView(AfterEid):
    """The first time: what SPID says stands there, only what is missing is asked."""

    template_name = "account/eid_signup.html"
    form_class = EidSignUpForm

    def dispatch(self, request, *args, **kwargs):
        self.edition = receiving_edition(timezone.localdate())
        if self.claims is not None and not request.user.is_authenticated:
            if self.edition is None:
                return render(request, "account/signup_closed.html")
            if queries.account_to_prove(self.claims):
                return redirect("account_eid_conflict")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "edition": self.edition}

    def get_initial(self):
        return {"contact": self.claims.email}

    def get(self, request, *args, **kwargs):
        """Whose age says no hears it before any question."""
        if reasons := [reason for reason in self.reasons_against(tie="") if reason.code != "tie"]:
            return self.refuse(self.get_form(), reasons)
        return super().get(request, *args, **kwargs)

    def reasons_against(self, tie):
        born, on = self.claims.birth_date, timezone.localdate()
        return eligibility.reasons_against(self.edition, birth_date=born, tie=tie, on=on)

    def refuse(self, form, reasons):
        leave_nothing(self.request)
        eid.forget(self.request)
        return self.render_to_response(self.get_context_data(form=form, reasons=reasons, edition=self.edition))

    def form_valid(self, form):
        tie = form.cleaned_data["tie"]
        channel, address = form.cleaned_data["contact"]
        if reasons := self.reasons_against(tie):
            return self.refuse(form, reasons)
        if not may_send_code(self.request, address):
            form.add_error("contact", get_adapter().error_messages["rate_limited"])
            return self.form_invalid(form)
        return self.send_code(answers={"tie": tie}, channel=channel, address=address, notice=current_notice())


@method_decorator(rate_limit(action="signup"), name="dispatch")
class EidConflictView(AfterEid):
    """Somebody's account has the same codice fiscale, unverified: prove it with its code, or come to the desk."""

    template_name = "account/eid_conflict.html"

    def dispatch(self, request, *args, **kwargs):
        self.account = self.claims and queries.account_to_prove(self.claims)
        if self.claims and not self.account and not request.user.is_authenticated:
            return redirect("account_eid_signup")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        return super().get_context_data(hidden=contacts.hidden(self.account.email or self.account.phone), **kwargs)

    def get_form(self, form_class=None):
        return None

    def post(self, request, *args, **kwargs):
        channel = Channel.EMAIL if self.account.email else Channel.SMS
        address = self.account.email or self.account.phone
        if not may_send_code(request, address):
            messages.error(request, get_adapter().error_messages["rate_limited"])
            return redirect("account_eid_conflict")
        return self.send_code(answers={"tie": self.account.person.tie}, channel=channel, address=address, hidden=True)


class SignInWaysView(SignedInRequired, TemplateView):
    """How one signs in: one's addresses, SPID and CIE; link one more, take one off."""

    template_name = "accounts/sign_in_ways.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        linked = list(user.eidentities.order_by("provider"))
        offered = [provider for provider, eid_ in settings.EID.items() if eid_["url"]]
        missing = [p for p in offered if p not in {identity.provider for identity in linked}]
        phone = contacts.readable(user.phone) if user.phone else ""
        return super().get_context_data(linked=linked, missing=missing, phone=phone, **kwargs)


class UnlinkEidView(SignedInRequired, View):
    """Take SPID or CIE off one's own account."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.identity = get_object_or_404(EIdentity, pk=kwargs["pk"], user=request.user)

    def post(self, request, *args, **kwargs):
        name = EidProvider(self.identity.provider).label
        actions.unlink_eid(identity=self.identity, by=request.user, now=timezone.now())
        done = _("%(provider)s no longer opens your account.")
        if self.identity.user.person and self.identity.user.person.fiscal_code_verified_by == VerifiedBy.STAFF:
            done = _(
                "%(provider)s is taken off. We have seen your codice fiscale: come in by it, and it is linked again."
            )
        messages.success(request, done % {"provider": name})
        return redirect("accounts:sign-in-ways")
