"""Taking over the record that the desk made, with its code on paper."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions
from accounts.codes import digest
from accounts.forms.claim import ClaimForm
from accounts.signup import PendingSignUp
from accounts.views.codes import may_send_code
from accounts.views.people import VisitorView, send_code
from foundation.privacy.queries import current_notice


class ClaimView(VisitorView):
    """Code, birth date, and an address of one's own. Whatever is wrong, the answer is the same."""

    template_name = "account/claim.html"
    form_class = ClaimForm

    def form_valid(self, form):
        code, (channel, address) = form.cleaned_data["code"], form.cleaned_data["contact"]
        if limited := ratelimit.consume_or_429(self.request, action="claim", key=digest(code.upper())):
            return limited
        born = form.cleaned_data["birth_date"]
        found = actions.try_claim_code(code=code, birth_date=born, now=timezone.now())
        if not found:
            return self.refuse(
                form,
                "code",
                _(
                    "This code and this date of birth do not go together, or the code is no longer good. "
                    "Check them, or ask us for a new one."
                ),
            )
        if not may_send_code(self.request, address):
            return self.refuse(form, "contact", get_adapter().error_messages["rate_limited"])
        person = found.person
        answers = {name: getattr(person, name) for name in ("first_name", "last_name", "tie")}
        answers |= {"birth_date": born.isoformat(), "claim": str(found.pk)}
        send_code(self.request, PendingSignUp(channel, address, answers=answers, notice=current_notice()))
        return redirect("account_confirm_signup")

    def refuse(self, form, field, error):
        form.add_error(field, error)
        return self.form_invalid(form)
