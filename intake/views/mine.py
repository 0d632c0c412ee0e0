"""The plan as the young person sees it: what comes next, what they agreed to, what is done."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.access import SignedInRequired, YoungPersonRequired
from intake import actions, queries
from intake.enums import PlanState
from intake.models import Plan
from intake.permissions import check_can_agree_plan, check_can_tick
from intake.queries import people
from intake.views.base import OfStep, file_url
from intake.workflow import OPEN_STATES
from migwork.attempts import attempt


class MyPlan(YoungPersonRequired, TemplateView):
    """The next step on top, then goals and steps."""

    template_name = "intake/my_plan.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        way = queries.my_way(self.request.user, now, links=True)
        participation, plan, outline = way.participation, way.plan, way.outline
        return super().get_context_data(
            participation=participation,
            plan=plan,
            may_add=outline is not None and plan.state != PlanState.PROPOSED and participation.state in OPEN_STATES,
            next=way.step,
            next_action=outline.action(way.step.get("action")) if outline else None,
            outline=outline,
            appointments=way.appointments,
            beside=queries.beside_plan(participation) if participation else [],
            summaries=queries.summaries_of(participation) if participation else [],
            whom=people.met(participation.operator_id) if participation else None,
            now=now,
            **kwargs,
        )


class PlanAgree(SignedInRequired, TemplateView):
    """The plan in plain words, and one button. An operator may for somebody without an account."""

    template_name = "intake/plan_agree.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.plan = get_object_or_404(
            Plan.objects.visible_to(request.user).select_related("participation__person", "participation__operator"),
            pk=kwargs["pk"],
        )
        check_can_agree_plan(request.user, self.plan)

    def get_context_data(self, **kwargs):
        person = self.plan.participation.person
        mine = person.user_id == self.request.user.pk
        return super().get_context_data(
            plan=self.plan,
            person=person,
            mine=mine,
            outline=queries.plan_view(self.plan),
            changes=queries.plan_changes(self.plan) if self.plan.state == PlanState.PROPOSED else None,
            **kwargs,
        )

    def post(self, request, pk):
        version = request.POST.get("version", "")
        agreed = attempt(
            request,
            lambda: actions.agree_plan(
                plan=self.plan,
                version=int(version) if version.isdecimal() else None,
                by=request.user,
                now=timezone.now(),
            ),
            _("Agreed. Here we go!"),
        )
        if self.plan.participation.person.user_id != request.user.pk:
            return HttpResponseRedirect(file_url(self.plan.participation, "piano"))
        return HttpResponseRedirect(reverse("intake:my-plan") if agreed else request.path)


class ActionDone(SignedInRequired, OfStep, View):
    """Mark an errand as done, or take the mark back."""

    http_method_names = ["post"]
    check = staticmethod(check_can_tick)

    def post(self, request, pk):
        undo = "undo" in request.POST
        act = actions.resume_errand if undo else actions.finish_errand
        if attempt(request, lambda: act(action=self.step, by=request.user, now=timezone.now())):
            done = _("Well done! If it was a slip, you can take it back below.")
            messages.success(request, _("Back on the list.") if undo else done)
        participation = self.step.goal.plan.participation
        if participation.person.user_id != request.user.pk:
            return HttpResponseRedirect(file_url(participation, "piano"))
        return HttpResponseRedirect(reverse("intake:my-plan"))
