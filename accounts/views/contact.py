"""Changing one's own e-mail or phone: prove oneself again, then prove the new address by a code."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import actions, contacts
from accounts.access import SignedInRequired
from accounts.codes import PendingContact, new_code
from accounts.forms.contact import NewContactForm
from accounts.middleware import spare
from accounts.views.codes import CodeView, may_send_code
from accounts.views.second_factor import AskedAgain
from migwork.errors import NotNow


def send_code(request, pending: PendingContact) -> None:
    """Send a new code to the address of `pending`, and expect it from now on."""
    code = new_code(f"{request.user.pk}:{pending.address}", pending.resends)
    actions.send_contact_code(
        user=request.user, code=code, channel=pending.channel, address=pending.address, now=timezone.now()
    )
    pending.expect(code)
    pending.keep(request)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class ChangeContactView(SignedInRequired, AskedAgain, FormView):
    """The new address. Known and unknown ones get the same answer, after the same work."""

    template_name = "account/change_contact.html"
    form_class = NewContactForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        phone = self.request.user.phone
        return super().get_context_data(phone=contacts.readable(phone) if phone else "", **kwargs)

    def post(self, request, *args, **kwargs):
        return ratelimit.consume_or_429(request, action="new_contact") or super().post(request, *args, **kwargs)

    def form_valid(self, form):
        channel, address = form.cleaned_data["contact"]
        if not may_send_code(self.request, address):
            form.add_error("contact", get_adapter().error_messages["rate_limited"])
            return self.form_invalid(form)
        send_code(self.request, PendingContact(channel, address))
        return redirect("account_confirm_contact")


class ConfirmContactView(SignedInRequired, CodeView):
    """The code that came to the new address. Only now does anything change."""

    pending_class = PendingContact
    button = gettext_lazy("Confirm the change")

    def dispatch(self, request, *args, **kwargs):
        if self.pending is None:
            return redirect("account_change_contact")
        return super().dispatch(request, *args, **kwargs)

    def send_code(self):
        send_code(self.request, self.pending)

    def proved(self):
        user, pending = self.request.user, self.pending
        pending.forget(self.request)
        try:
            user = actions.change_contact(
                user=user, channel=pending.channel, address=pending.address, by=user, now=timezone.now()
            )
        except NotNow as error:
            messages.error(self.request, error.messages[0])
            return redirect("account_change_contact")
        spare(self.request, user)
        messages.success(
            self.request, _("Done: from now on you sign in with this one. On other devices you have to sign in anew.")
        )
        return redirect("accounts:profile")
