"""The page for a code that came to an address, whatever it is to prove."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import contacts
from accounts.codes import PendingCode
from accounts.forms import CodeForm


def may_send_code(request, address: str) -> bool:
    """Whether this address may get another code now."""
    return bool(ratelimit.consume(request, action="request_login_code", key=address))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class CodeView(FormView):
    """Asks for the code of `pending`, sends another one, and calls `proved` when it is right."""

    template_name = "account/confirm_code.html"
    form_class = CodeForm
    pending_class: type[PendingCode]
    button = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.pending = self.pending_class.of(request)

    def get_context_data(self, **kwargs):
        show = contacts.hidden if self.pending.hidden else contacts.readable
        return super().get_context_data(
            pending=self.pending, address=show(self.pending.address), button=self.button, **kwargs
        )

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") != "resend":
            return super().post(request, *args, **kwargs)
        if not self.pending.can_resend or not may_send_code(request, self.pending.address):
            messages.error(request, get_adapter().error_messages["rate_limited"])
        else:
            self.pending.resends += 1
            self.send_code()
            messages.success(request, _("We have sent you another code. The earlier one is no longer good."))
        return redirect(request.resolver_match.view_name)

    def form_valid(self, form):
        if not self.pending.may_try():
            return self.refuse(form, _("This code is no longer good. Ask for another one: the button is below."))
        if not self.pending.matches(form.cleaned_data["code"]):
            return self.refuse(form, get_adapter().error_messages["incorrect_code"])
        return self.proved()

    def refuse(self, form, error):
        form.add_error("code", error)
        return self.form_invalid(form)

    def send_code(self) -> None:
        raise NotImplementedError

    def proved(self):
        """The answer to the right code."""
        raise NotImplementedError
