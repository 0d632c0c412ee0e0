"""The plan as PDF: the young person takes it along, the operator prints it for them."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.access import YoungPersonRequired
from foundation.documents.pdf import Unavailable
from intake import actions, queries
from intake.views.base import file_url
from intake.views.plan import OfPlan
from migwork.attempts import attempt


class Printing(View):
    """Making a document writes its number: that takes a button, not a link."""

    http_method_names = ["post"]
    plan = None

    def post(self, request, **kwargs):
        made = []

        def make():
            made.append(actions.print_plan(plan=self.plan, by=request.user, now=timezone.now()))

        try:
            if not attempt(request, make):
                return HttpResponseRedirect(self.back())
        except Unavailable as reason:
            messages.error(request, str(reason))
            return HttpResponseRedirect(self.back())
        answer = FileResponse(
            made[0].file.open("rb"), as_attachment=True, filename=_("my-plan") + ".pdf", content_type="application/pdf"
        )
        answer["Cache-Control"] = "private, no-store"
        return answer


class MyPlanPaper(YoungPersonRequired, Printing):
    """One's own plan."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.plan = queries.my_shown_plan(queries.my_participation(request.user))
        if self.plan is None:
            raise Http404

    def back(self):
        return reverse("intake:my-plan")


class PlanPaper(OfPlan, Printing):
    """The plan of somebody at the desk."""

    def back(self):
        return file_url(self.participation, "piano")
