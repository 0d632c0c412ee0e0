"""Sign-up by a code, sign-in, and one's own data."""

from datetime import date

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.account.views import ConfirmLoginCodeView, LoginView
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import actions, contacts, second_factor, signup
from accounts.access import SignedInRequired
from accounts.codes import new_code
from accounts.eid import Claims
from accounts.forms import PasswordSignInForm, ProfileForm, SignUpForm
from accounts.models.people import OF_AGE
from accounts.signup import PendingSignUp
from accounts.views.codes import CodeView, may_send_code
from foundation.privacy.queries import current_notice
from migwork.errors import NotNow
from programme import eligibility
from programme.queries import receiving_edition


def safe_next(request) -> str:
    """Where to go afterwards, if it was asked for and lies in this portal."""
    url = request.POST.get("next") or request.GET.get("next", "")
    return url if url and get_adapter(request).is_safe_url(url) else ""


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class VisitorView(FormView):
    """A page for who is not signed in; others go on to where they wanted to go."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(safe_next(request) or settings.LOGIN_REDIRECT_URL)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=safe_next(self.request), **kwargs)


@method_decorator(rate_limit(action="signup"), name="dispatch")
class SignUpView(VisitorView):
    """The one page of the sign-up. Nothing is stored of who may not take part."""

    template_name = "account/signup.html"
    form_class = SignUpForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.edition = receiving_edition(timezone.localdate())

    def dispatch(self, request, *args, **kwargs):
        if self.edition is None and not request.user.is_authenticated:
            return render(request, "account/signup_closed.html")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "edition": self.edition}

    def get_initial(self):
        pending = PendingSignUp.of(self.request)
        if pending is None or pending.eid:
            return {}
        return {**pending.answers, "contact": contacts.readable(pending.address)}

    def form_valid(self, form):
        answers = form.cleaned_data
        channel, address = answers.pop("contact")
        on, earlier = timezone.localdate(), PendingSignUp.of(self.request)
        born, tie = answers["birth_date"], answers["tie"]
        if reasons := eligibility.reasons_against(self.edition, birth_date=born, tie=tie, on=on):
            leave_nothing(self.request)
            return self.render_to_response(self.get_context_data(form=form, reasons=reasons, edition=self.edition))
        if not may_send_code(self.request, address):
            form.add_error("contact", get_adapter().error_messages["rate_limited"])
            return self.form_invalid(form)
        answers = {**answers, "birth_date": born.isoformat()}
        pending = PendingSignUp(
            channel, address, answers=answers, next_url=safe_next(self.request), notice=current_notice()
        )
        pending.attempt = earlier.attempt if earlier else pending.attempt
        send_code(self.request, pending)
        return redirect("account_confirm_signup")


def leave_nothing(request) -> None:
    """Of somebody who may not take part: neither what they wrote nor the codes that went out."""
    if pending := PendingSignUp.of(request):
        actions.forget_sign_up(attempt=pending.attempt)
    signup.forget(request)


def send_code(request, pending: PendingSignUp) -> None:
    """Send a new code to the address of `pending`, and expect it from now on."""
    code = new_code(pending.address, pending.resends)
    actions.send_sign_up_code(
        attempt=pending.attempt,
        code=code,
        channel=pending.channel,
        address=pending.address,
        language=get_language(),
        now=timezone.now(),
    )
    pending.expect(code)
    pending.keep(request)


class ConfirmSignUpView(VisitorView, CodeView):
    """The code of a sign-up. Only now is the person registered."""

    pending_class = PendingSignUp
    button = gettext_lazy("Confirm and go in")

    def dispatch(self, request, *args, **kwargs):
        if self.pending is None and not request.user.is_authenticated:
            return redirect("account_signup")
        return super().dispatch(request, *args, **kwargs)

    def send_code(self):
        send_code(self.request, self.pending)

    def proved(self):
        try:
            user, created = self.sign_up()
        except NotNow as error:
            leave_nothing(self.request)
            if self.pending.page == "account_claim":
                messages.error(self.request, error.messages[0])
                return redirect("account_claim")
            context = {"error": error, "edition": getattr(error, "edition", None)}
            return render(self.request, "account/signup_refused.html", context)
        signup.forget(self.request)
        if not created and self.pending.page != "account_claim":
            messages.info(self.request, _("You had an account with this address already: here it is."))
        else:
            second_factor.offer(self.request)
        return perform_login(self.request, user, redirect_url=self.pending.next_url or None, signup=created)

    def sign_up(self):
        answers = self.pending.answers
        about = {
            "channel": self.pending.channel,
            "address": self.pending.address,
            "language": get_language(),
            "notice": self.pending.notice,
            "now": timezone.now(),
        }
        if self.pending.eid:
            return actions.sign_up_by_eid(claims=Claims.from_state(self.pending.eid), **answers, **about)
        return actions.sign_up(**{**answers, "birth_date": date.fromisoformat(answers["birth_date"])}, **about)


class CarriesNext:
    """For pages of allauth that carry the address to go on to: what leads elsewhere is not even written on them."""

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "redirect_field_value": safe_next(self.request)}


class SignInView(CarriesNext, LoginView):
    """allauth's."""


class ConfirmSignInView(CarriesNext, ConfirmLoginCodeView):
    """allauth's, except for asking again: that must work alike for known and unknown telephone numbers."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "address": contacts.readable(context["email"] or context["phone"])}

    def post(self, request, *args, **kwargs):
        # By session: somebody else's wrong codes shut nobody out.
        limited = ratelimit.consume_or_429(request, action="try_code", key=request.session.session_key)
        return limited or super().post(request, *args, **kwargs)

    def _resend_form_valid(self, form):
        process = self._process
        if not may_send_code(self.request, process.state.get("email") or process.state.get("phone")):
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
        else:
            process.send(skip_enumeration_mails=True)
            process.record_resend()
            process.persist()
            messages.success(self.request, _("We have sent you another code. The earlier one is no longer good."))
        return redirect(self.passthrough_next_url(resolve_url("account_confirm_login_code")))


@method_decorator(rate_limit(action="login"), name="dispatch")
class PasswordSignInView(VisitorView):
    """For whoever chose a password."""

    template_name = "account/login_password.html"
    form_class = PasswordSignInForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form):
        return perform_login(self.request, form.user, redirect_url=safe_next(self.request) or None)


class ProfileView(SignedInRequired, FormView):
    """My own data: a young person sees and corrects them; a member of staff sees their account."""

    template_name = "accounts/profile.html"
    form_class = ProfileForm

    def get_template_names(self):
        return [self.template_name if self.request.user.person else "accounts/staff_account.html"]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.request.user.person}

    def get_context_data(self, **kwargs):
        user = self.request.user
        phone = contacts.readable(user.phone) if user.phone else ""
        # Who turned eighteen a short while ago still has things to confirm.
        signs = bool(user.person) and user.person.age_on(timezone.localdate()) <= OF_AGE
        return super().get_context_data(person=user.person, phone=phone, others_sign=signs, **kwargs)

    def post(self, request, *args, **kwargs):
        if request.user.person is None:
            raise PermissionDenied
        if "fill" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form().filled()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            self.correct(form.cleaned_data)
        except NotNow as error:
            form.add_error("fiscal_code", error)
            return self.form_invalid(form)
        messages.success(self.request, _("Your data are saved."))
        for sentence in form.differences():
            messages.warning(self.request, sentence)
        response = redirect("accounts:profile")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
        return response

    @transaction.atomic
    def correct(self, data):
        user, now = self.request.user, timezone.now()
        values = dict(data)
        if "fiscal_code" in values:
            actions.set_fiscal_code(person=user.person, code=values.pop("fiscal_code"), by=user, now=now)
        actions.correct_person(person=user.person, by=user, now=now, **values)
