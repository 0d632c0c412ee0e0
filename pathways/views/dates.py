"""Planning the dates of an activity: what repeats, then the days that follow, ticked; and the same again later."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from migwork.errors import NotNow
from pathways import actions, forms, permissions
from pathways.queries.sessions import concerned, plan_of, who_and_where
from pathways.schedule import hours
from pathways.views.runs import RunPage
from pathways.views.workspace import ActivityPage


class InTwoSteps(View):
    """A form; then the days that follow from it, to be ticked; then the deed. What was written goes along, hidden."""

    template_name = "pathways/dates_plan.html"

    def get(self, request, *args, **kwargs):
        return self.page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid() or "change" in request.POST:
            return self.page(form)
        if "shown" not in request.POST:
            return self.page(form, forms.DaysForm(meetings=form.meetings))
        days = forms.DaysForm(request.POST, meetings=form.meetings)
        if not days.is_valid():
            return self.page(form, days)
        try:
            run = self.do(form, days.kept)
        except (NotNow, ValidationError) as reason:
            days.add_error(None, ValidationError(reason.messages))
            return self.page(form, days)
        return redirect("pathways:run-detail", pk=run.pk)

    def page(self, form, days=None):
        written = [(name, value) for name in form.fields for value in form.data.getlist(name)] if days else []
        context = {"form": form, "days": days, "written": written, **self.context(form)}
        return render(self.request, self.template_name, context)


class RunCreate(ActivityPage, InTwoSteps):
    """Give an activity dates and places."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        permissions.check_can_run(request.user, self.opportunity)

    def form(self, data=None):
        return forms.RunForm(data, **who_and_where(self.opportunity.organisation_id))

    def do(self, form, kept):
        run = actions.plan_run(
            opportunity=self.opportunity,
            **dates_of(form, kept),
            sessions=kept,
            by=self.request.user,
            now=timezone.now(),
        )
        messages.success(self.request, _("The dates are planned."))
        return run

    def context(self, form):
        return {"opportunity": self.opportunity, "title": _("Plan dates"), "button": _("Plan these dates")}


def dates_of(form, kept) -> dict:
    """What a run needs to know beside its sessions."""
    last = max(each.day for each in kept)
    return {
        "starts_on": min(each.day for each in kept),
        "ends_on": last,
        "enrol_by": min(form.cleaned_data["enrol_by"], last),
        "places": form.cleaned_data["places"],
        "hours": hours(kept),
    }


class RunChangePage(RunPage):
    """Loads a run whose dates may be changed by whoever runs the activity."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        permissions.check_can_run(request.user, self.run.opportunity)


class SessionsAdd(RunChangePage, InTwoSteps):
    """More sessions for dates that are planned already, one or several that repeat."""

    def form(self, data=None):
        return forms.RepeatForm(data, **who_and_where(self.run.opportunity.organisation_id))

    def do(self, form, kept):
        run = actions.add_sessions(run=self.run, sessions=kept, by=self.request.user, now=timezone.now())
        messages.success(self.request, told(self.run, _("The dates are added.")))
        return run

    def context(self, form):
        opportunity = self.run.opportunity
        words = {"title": _("Add sessions"), "button": _("Add these sessions")}
        return {"opportunity": opportunity, "run": self.run, **words}


class RunCopy(RunChangePage, InTwoSteps):
    """The same again on other dates: the days of the week, the hours and the places stay."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.plan = plan_of(self.run)
        if not self.plan:
            raise Http404

    def form(self, data=None):
        first = max(self.run.ends_on, timezone.localdate()) + timedelta(days=7)
        initial = {
            "first": first,
            "places": self.run.places,
            "enrol_by": first - max(self.run.starts_on - self.run.enrol_by, timedelta(0)),
        }
        return forms.CopyForm(data, plan=self.plan, initial=initial)

    def do(self, form, kept):
        dates = dates_of(form, kept)
        run = actions.copy_run(run=self.run, **dates, sessions=kept, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("The dates are planned."))
        return run

    def context(self, form):
        words = {"title": _("The same again"), "button": _("Plan these dates")}
        return {"opportunity": self.run.opportunity, "run": self.run, "is_copy": True, **words}


def told(run, done) -> str:
    """`done`, and who will be told of it."""
    if not concerned(run):
        return done
    return f"{done} " + _("Whoever takes part gets one message, ten minutes after your last change.")
