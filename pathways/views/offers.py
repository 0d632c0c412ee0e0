"""A place is offered to who waits: yes or no, by the link of the message or signed in."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from migwork.attempts import attempt
from migwork.by_link import ByLink
from pathways import actions, permissions
from pathways.enums import EnrolmentState
from pathways.queries import offers
from pathways.views.enrolment import EnrolmentPage

ANSWERS = {"yes": actions.accept_offer, "no": actions.decline_offer}


class OfferByLink(ByLink, View):
    """Without signing in: which activity and until when. Opening it answers nothing; a button does."""

    limited_as = "offer_link"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.enrolment = offers.enrolment_of_token(kwargs["token"])
        if self.enrolment is None:
            raise Http404

    def limit_key(self):
        return str(self.enrolment.pk)

    def get(self, request, *args, **kwargs):
        enrolment = self.enrolment
        in_time = enrolment.state == EnrolmentState.OFFERED and timezone.now() < enrolment.offered_until
        return render(
            request, "pathways/offer.html", {"enrolment": enrolment, "run": enrolment.run, "in_time": in_time}
        )

    def post(self, request, *args, **kwargs):
        if (act := ANSWERS.get(request.POST.get("answer"))) is None:
            return self.get(request)
        attempt(request, lambda: act(enrolment=self.enrolment, by=None, now=timezone.now()))
        return HttpResponseRedirect(request.path)


class OfferAnswer(EnrolmentPage, View):
    """Signed in: the young person, or their operator for them."""

    def post(self, request, *args, **kwargs):
        permissions.check_can_enrol(request.user, self.enrolment.participation)
        act = ANSWERS.get(request.POST.get("answer"))
        if act and attempt(request, lambda: act(enrolment=self.enrolment, by=request.user, now=timezone.now())):
            messages.success(request, _("Noted: thank you for answering."))
        return redirect("pathways:enrolment-detail", pk=self.enrolment.pk)
