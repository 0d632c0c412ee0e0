"""The plan, as the operator makes it together with the young person."""

from datetime import timedelta

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import note_opening
from intake import actions, queries
from intake.forms import ActionForm, GoalForm, NewGoalForm, ProjectForm, ProposeForm, kind_shown
from intake.models import PlanAction, PlanGoal
from intake.plan_templates import all_templates
from intake.views.base import OfPerson, OperatorRequired, about_person, file_url, reason_to_open
from migwork.acting import ActingForm
from migwork.attempts import attempt

REVIEW_AFTER = timedelta(days=90)
DUE_AFTER = timedelta(days=14)


class PlanStart(OfPerson, View):
    """Begin the plan."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        done = attempt(
            request, lambda: actions.start_plan(participation=self.participation, by=request.user, now=self.now)
        )
        if done:
            return HttpResponseRedirect(reverse("intake:plan-edit", args=[self.participation.pk]))
        return HttpResponseRedirect(file_url(self.participation, "piano"))


class OfPlan(OfPerson):
    """A page about the plan of one participation."""

    find = staticmethod(queries.planned_for)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.plan = getattr(self.participation, "plan", None)
        if self.plan is None:
            raise Http404

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            plan=self.plan,
            outline=queries.plan_view(self.plan, empty=self.participation.has_bare_goals),
            changes=queries.plan_changes(self.plan),
            plan_url=reverse("intake:plan-edit", args=[self.participation.pk]),
            **kwargs,
        )


class PlanEdit(OfPlan, ActingForm):
    """The whole plan on one page; a goal comes with its usual steps, or in one's own words."""

    template_name = "intake/plan_edit.html"
    form_class = NewGoalForm
    done = _("Added. Look at the dates together.")

    def get(self, request, *args, **kwargs):
        note_opening(request, self.participation.person, why=reason_to_open(request.user, self.participation))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "language": self.participation.person.language}

    def act(self, data):
        by = {"by": self.request.user, "now": self.now}
        if data["template"]:
            template = all_templates()[data["template"]]
            language = self.participation.person.language
            actions.add_goal_from_template(
                plan=self.plan, template=template, language=language, project=data["project"], **by
            )
        else:
            actions.add_goal(plan=self.plan, title=data["title"], project=data["project"], **by)

    def get_success_url(self):
        return reverse("intake:plan-edit", args=[self.participation.pk])


class PlanPropose(OfPlan, ActingForm):
    """Read the whole plan once more, choose when to look at it again, propose it."""

    template_name = "intake/plan_propose.html"
    form_class = ProposeForm

    def get_initial(self):
        today, review_on = timezone.localdate(self.now), self.plan.review_on
        return {"review_on": review_on if review_on and review_on > today else today + REVIEW_AFTER}

    def act(self, data):
        actions.propose_plan(plan=self.plan, review_on=data["review_on"], by=self.request.user, now=self.now)

    def get_success_url(self):
        return file_url(self.participation, "piano")


class PlanProject(OfPlan, ActingForm):
    """What the goals are for, as the young person says it."""

    template_name = "intake/plan_project.html"
    form_class = ProjectForm
    done = _("Written down.")

    def get_initial(self):
        return {"professional": self.plan.professional_project, "life": self.plan.life_project}

    def act(self, data):
        actions.write_project(plan=self.plan, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("intake:plan-edit", args=[self.participation.pk])


class OfRow(OperatorRequired):
    """A page about one goal or one step of a plan."""

    rows = None
    to_plan = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.row = get_object_or_404(
            self.rows.visible_to(request.user).select_related(
                f"{self.to_plan}__participation__person", f"{self.to_plan}__participation__operator"
            ),
            pk=kwargs["pk"],
        )
        goal = self.row.goal if self.to_plan == "goal__plan" else self.row
        self.participation = goal.plan.participation

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            row=self.row, plan_url=self.get_success_url(), **about_person(self.participation), **kwargs
        )

    def get_success_url(self):
        return reverse("intake:plan-edit", args=[self.participation.pk])


class GoalEdit(OfRow, ActingForm):
    """Put a goal in better words, or give it up."""

    template_name = "intake/goal_edit.html"
    form_class = GoalForm
    rows = PlanGoal.objects.all()
    to_plan = "plan"
    done = _("Changed.")

    def get_initial(self):
        return {"title": self.row.title, "project": self.row.project}

    def post(self, request, *args, **kwargs):
        if "drop" not in request.POST:
            return super().post(request, *args, **kwargs)
        attempt(request, lambda: actions.drop_goal(goal=self.row, by=request.user, now=self.now), _("Given up."))
        return HttpResponseRedirect(self.get_success_url())

    def act(self, data):
        actions.change_goal(goal=self.row, **data, by=self.request.user, now=self.now)


class ActionCreate(OfRow, ActingForm):
    """Add a step to a goal."""

    template_name = "intake/action_create.html"
    form_class = ActionForm
    rows = PlanGoal.objects.all()
    to_plan = "plan"
    done = _("Added.")

    def get_initial(self):
        return {"due_on": timezone.localdate(self.now) + DUE_AFTER}

    def act(self, data):
        actions.add_action(goal=self.row, **data, by=self.request.user, now=self.now)


class ActionEdit(OfRow, ActingForm):
    """Change a step, or take it out."""

    template_name = "intake/action_edit.html"
    form_class = ActionForm
    rows = PlanAction.objects.all()
    to_plan = "goal__plan"
    done = _("Changed.")

    def get_initial(self):
        values = {name: getattr(self.row, name) for name in ("title", "due_on", "hours_planned")}
        return {**values, "kind": kind_shown(self.row)}

    def post(self, request, *args, **kwargs):
        if "drop" not in request.POST:
            return super().post(request, *args, **kwargs)
        attempt(request, lambda: actions.drop_action(action=self.row, by=request.user, now=self.now), _("Taken out."))
        return HttpResponseRedirect(self.get_success_url())

    def act(self, data):
        actions.change_action(action=self.row, **data, by=self.request.user, now=self.now)
