"""Reviewing an activity, and keeping it right: send it back with a word, look at it as young people do, still right."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from migwork.errors import NotNow
from pathways import actions, forms, permissions
from pathways.queries import workspace
from pathways.views.catalogue import OpportunityDetail
from pathways.views.workspace import ActivityPage


class ActivityReturn(ActivityPage, View):
    """Say what to change, and send it back."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        permissions.check_can_change_state(request.user, self.opportunity, "return")

    def get(self, request, *args, **kwargs):
        return self.page(forms.ReturnForm())

    def post(self, request, *args, **kwargs):
        form = forms.ReturnForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        why, opportunity = form.cleaned_data["why"], self.opportunity
        try:
            actions.change_state(opportunity=opportunity, verb="return", why=why, by=request.user, now=timezone.now())
        except NotNow as reason:
            form.add_error(None, reason)
            return self.page(form)
        messages.success(request, workspace.DONE["return"])
        return redirect("pathways:activity-detail", slug=opportunity.slug)

    def page(self, form):
        return render(self.request, "pathways/activity_return.html", {"form": form, "opportunity": self.opportunity})


class ActivityCheck(ActivityPage, View):
    """One tap: still right."""

    def post(self, request, *args, **kwargs):
        try:
            actions.check_activity(opportunity=self.opportunity, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        else:
            messages.success(request, _("Thank you: it says “checked today” now."))
        return redirect("pathways:activity-detail", slug=self.opportunity.slug)


class ActivityPreview(ActivityPage, OpportunityDetail):
    """The activity's page as young people will see it: nothing of it can be pressed."""

    def get_context_data(self, **kwargs):
        nobody = {"is_staff_member": False, "can_enrol_others": False, "can_edit": False, "first_open": None}
        return super().get_context_data(**kwargs) | nobody | {"preview": True, "structured_data": ""}
