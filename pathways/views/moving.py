"""To other dates of the same activity; and several people at once, by an operator."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired
from accounts.enums import Role
from migwork.attempts import attempt
from pathways import actions, eligibility, permissions
from pathways.enums import EnrolmentState
from pathways.queries import desk
from pathways.views.enrolment import EnrolmentPage


class EnrolmentMove(EnrolmentPage, View):
    """Choose other dates of the same activity."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        permissions.check_can_withdraw(request.user, self.enrolment)
        self.runs = desk.other_runs(self.enrolment, on=timezone.localdate())

    def get(self, request, *args, **kwargs):
        context = {
            "enrolment": self.enrolment,
            "runs": self.runs,
            "has_place": self.enrolment.state == EnrolmentState.ENROLLED,
            "is_own": self.enrolment.participation.person.user_id == request.user.pk,
        }
        return render(request, "pathways/enrolment_move.html", context)

    def post(self, request, *args, **kwargs):
        wanted = desk.as_uuid(request.POST.get("run"))
        run = next((run for run in self.runs if run.pk == wanted), None)
        if run is None:
            raise Http404
        moved = []
        attempt(
            request,
            lambda: moved.append(
                actions.move_enrolment(enrolment=self.enrolment, run=run, by=request.user, now=timezone.now())
            ),
            _("Done: these are the dates now."),
        )
        return redirect("pathways:enrolment-detail", pk=moved[0].pk if moved else self.enrolment.pk)


class RunTogether(RolesRequired, View):
    """The operator's own people, one line each: enrol several at once."""

    roles = {Role.OPERATOR}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.run = desk.run_on_offer(kwargs["pk"])
        if self.run is None:
            raise Http404
        self.candidates = desk.candidates(self.run, request.user, on=timezone.localdate())

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        chosen = set(request.POST.getlist("people"))
        participations = [row.participation for row in self.candidates if str(row.participation.pk) in chosen]
        if not participations:
            return self.page(error=_("Choose at least one person."))
        lines = actions.enrol_together(run=self.run, participations=participations, by=request.user, now=timezone.now())
        return render(request, "pathways/run_together_done.html", {"run": self.run, "lines": lines})

    def page(self, error=""):
        context = {
            "run": self.run,
            "candidates": self.candidates,
            "closed": eligibility.closed(self.run, on=timezone.localdate()),
            "error": error,
        }
        return render(self.request, "pathways/run_together.html", context)
