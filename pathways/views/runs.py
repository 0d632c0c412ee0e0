"""A run in the partner's workspace: its people, its sessions, attendance, its end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from migwork.errors import NotNow
from pathways import actions, forms, permissions
from pathways.enums import RunState
from pathways.models import Enrolment, Run, Session
from pathways.queries import workspace
from pathways.views.workspace import PartnerPage


class RunPage(PartnerPage):
    """Loads a run of the user's organisations; another's is not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.run = workspace.run_for(request.user, kwargs["pk"])
        if self.run is None:
            raise Http404

    def back(self):
        return redirect("pathways:run-detail", pk=self.run.pk)


class RunDetail(RunPage, TemplateView):
    """Who takes part, who waits, which sessions still lack their list."""

    template_name = "pathways/run_detail.html"

    def get(self, request, *args, **kwargs):
        if self.run.by_application:
            return redirect("pathways:activity-detail", slug=self.run.opportunity.slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        run, now = self.run, timezone.now()
        can_run = permissions.can_run(self.request.user, run.opportunity)
        takers, waiting = workspace.people_of(run)
        sessions = workspace.sessions_of(run, now)
        return {
            "run": run,
            "takers": takers,
            "waiting": waiting,
            "held": [session for session in sessions if not session.is_coming],
            "coming": [session for session in sessions if session.is_coming],
            "can_run": can_run,
            "can_change": can_run and workspace.is_open(run),
            # Also in concluded ones: somebody whose data were limited then may be left.
            "may_end": can_run and run.state != RunState.CANCELLED,
            "places_form": forms.PlacesForm(initial={"places": run.places}),
        }


class RunStep(RunPage, View):
    """A step that is posted from the run's page; whoever may not is refused."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        permissions.check_can_run(request.user, self.run.opportunity)


class RunPlaces(RunStep):
    """More places, or fewer."""

    def post(self, request, *args, **kwargs):
        form = forms.PlacesForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Write a number of places from 1 to 5000."))
            return self.back()
        try:
            actions.set_places(run=self.run, places=form.cleaned_data["places"], by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        else:
            messages.success(request, _("Saved. Whoever got a place has a message."))
        return self.back()


class RunCancel(RunStep):
    """Ask once more, then call it off."""

    def get(self, request, *args, **kwargs):
        people = self.run.enrolments.active().count()
        return render(request, "pathways/run_cancel.html", {"run": self.run, "people": people})

    def post(self, request, *args, **kwargs):
        try:
            actions.cancel_run(run=self.run, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        return self.back()


class RunComplete(RunStep):
    """Say for each person whether they completed, and conclude."""

    def get(self, request, *args, **kwargs):
        return self.page(forms.CompletionForm(takers=self.takers()))

    def post(self, request, *args, **kwargs):
        form = forms.CompletionForm(request.POST, takers=self.takers())
        if not form.is_valid():
            return self.page(form)
        try:
            actions.complete_run(run=self.run, completed=form.completed, by=request.user, now=timezone.now())
        except NotNow as reason:
            form.add_error(None, reason)
            return self.page(form)
        messages.success(request, _("Concluded. The plans of those who completed it are up to date."))
        return self.back()

    def takers(self):
        return workspace.still_enrolled(workspace.takers(self.run))

    def page(self, form):
        sessions = workspace.sessions_of(self.run, timezone.now())
        context = {
            "run": self.run,
            "form": form,
            "rows": [(taker, form[str(taker.pk)]) for taker in form.takers],
            "held": sum(1 for session in sessions if session.recorded_at),
            "missing": [session for session in sessions if session.is_due],
        }
        return render(self.request, "pathways/run_complete.html", context)


class EnrolmentOutcome(PartnerPage, View):
    """One person ends before the others: completed, or not."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        runs = Run.objects.run_by(request.user).select_related("opportunity")
        self.enrolment = get_object_or_404(
            Enrolment.objects.filter(run__in=runs).select_related("run__opportunity"), pk=kwargs["pk"]
        )
        permissions.check_can_run(request.user, self.enrolment.run.opportunity)

    def post(self, request, *args, **kwargs):
        ends = {"yes": actions.complete_enrolment, "no": actions.fail_enrolment}
        if (end := ends.get(request.POST.get("outcome"))) is None:
            messages.warning(request, _("Say whether they completed it."))
            return redirect("pathways:run-detail", pk=self.enrolment.run_id)
        try:
            end(enrolment=self.enrolment, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        return redirect("pathways:run-detail", pk=self.enrolment.run_id)


class SessionPage(PartnerPage):
    """Loads a session of the user's organisations; recording is for who runs the activity."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Session.objects.run_by(request.user).select_related("run__opportunity__organisation")
        self.session = get_object_or_404(rows, pk=kwargs["pk"])
        permissions.check_can_run(request.user, self.session.run.opportunity)
