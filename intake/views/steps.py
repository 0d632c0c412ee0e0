"""What a young person writes into their plan by themselves: small steps, and what it is all for."""

from datetime import timedelta

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import YoungPersonRequired
from intake import actions, queries
from intake.forms import OwnStepForm, ProjectForm
from intake.permissions import check_can_drop_own_step
from intake.views.base import OfStep
from migwork.acting import ActingForm
from migwork.attempts import attempt

DUE_AFTER = timedelta(days=7)


class OfMyPlan(YoungPersonRequired, ActingForm):
    """A page about one's own plan, once it can be read."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.outline = queries.my_outline(request.user, self.now)
        if self.outline is None:
            raise Http404

    def get_success_url(self):
        return reverse("intake:my-plan")


class MyProject(OfMyPlan):
    """What the goals are for, in one's own words."""

    template_name = "intake/my_project.html"
    form_class = ProjectForm
    done = _("Written down.")

    def get_initial(self):
        plan = self.outline.plan
        return {"professional": plan.professional_project, "life": plan.life_project}

    def act(self, data):
        actions.write_project(plan=self.outline.plan, **data, by=self.request.user, now=self.now)


class OwnStepAdd(OfMyPlan):
    """Add a small step to one's plan: what, by when."""

    template_name = "intake/own_step.html"
    form_class = OwnStepForm
    done = _("It is on your list. Your operator sees it too.")
    beside = {"past": "due_on", "year": "due_on"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.outline.live_goals:
            raise Http404

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "goals": [view.goal for view in self.outline.live_goals]}

    def get_initial(self):
        return {"due_on": timezone.localdate(self.now) + DUE_AFTER}

    def act(self, data):
        actions.add_own_step(**data, by=self.request.user, now=self.now)


class OwnStepDrop(YoungPersonRequired, OfStep, View):
    """Take a step of one's own out again."""

    http_method_names = ["post"]
    check = staticmethod(check_can_drop_own_step)

    def post(self, request, pk):
        drop = lambda: actions.drop_own_step(action=self.step, by=request.user, now=timezone.now())  # noqa: E731
        attempt(request, drop, _("Taken out."))
        return HttpResponseRedirect(reverse("intake:my-plan"))
