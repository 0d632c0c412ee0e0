"""The partner's workspace: my activities, writing one, publishing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from accounts.access import RolesRequired
from accounts.enums import Role
from migwork.errors import NotNow
from pathways import actions, forms, hooks, permissions
from pathways.enums import OpportunityState
from pathways.hooks import first
from pathways.models import Opportunity
from pathways.queries import workspace
from pathways.queries.needs import needs
from programme.queries import receiving_edition


class PartnerPage(RolesRequired):
    """Partners, and coordinators who look after all of them."""

    roles = {Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR}


class ActivityPage(PartnerPage):
    """Loads an activity of the user's organisations; another's is not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Opportunity.objects.run_by(request.user).select_related("organisation", "edition", "macro_action")
        self.opportunity = get_object_or_404(rows.defer("search"), slug=kwargs["slug"])


class ActivityList(PartnerPage, TemplateView):
    """What is due, then all my activities."""

    template_name = "pathways/activity_list.html"

    def get_context_data(self, **kwargs):
        state = self.request.GET.get("stato", "")
        state = state if state in OpportunityState.values else ""
        before = self.request.GET.get("prima", "")
        before = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
        first = not before and not state
        rows, following = workspace.activities(self.request.user, state=state, before=before)
        return {
            "due": workspace.due(self.request.user, timezone.now()) if first else None,
            "needs": needs(self.request.user, timezone.now()) if first else None,
            "rows": rows,
            "following": following,
            "state": state,
            "states": OpportunityState.choices,
            "show_organisation": permissions.sees_all_partners(self.request.user),
        }


class ActivityForm(View):
    """What creating and editing share."""

    opportunity = None

    def form(self, data=None):
        edition = self.opportunity.edition if self.opportunity else receiving_edition(timezone.localdate())
        organisations = workspace.organisations_for(self.request.user, edition)
        if self.opportunity:
            organisations = organisations | type(self.opportunity.organisation).objects.filter(
                pk=self.opportunity.organisation_id
            )
        first = organisations.first() if self.opportunity is None else None
        return forms.OpportunityForm(
            data,
            instance=self.opportunity,
            organisations=organisations,
            macro_actions=workspace.macro_actions_of(edition),
            initial={"organisation": first} if first else None,
        )

    def get(self, request, *args, **kwargs):
        return self.page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        fields = form.cleaned_data
        if self.opportunity is None:
            fields["edition"] = receiving_edition(timezone.localdate())
        try:
            saved = actions.save_opportunity(
                opportunity=self.opportunity, by=request.user, now=timezone.now(), **fields
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(form)
        messages.success(request, _("Saved."))
        return redirect("pathways:activity-detail", slug=saved.slug)

    def page(self, form):
        context = {"form": form, "opportunity": self.opportunity}
        return render(self.request, "pathways/activity_form.html", context)


class ActivityCreate(PartnerPage, ActivityForm):
    """Write a new activity: it stays a draft until it is sent for review."""


class ActivityEdit(ActivityPage, ActivityForm):
    """Change an activity."""


class ActivityDetail(ActivityPage, TemplateView):
    """One activity with its dates, its state, and what can be done with it."""

    template_name = "pathways/activity_detail.html"

    def get_context_data(self, **kwargs):
        user, opportunity = self.request.user, self.opportunity
        return {
            "opportunity": opportunity,
            "managing": first(hooks.managing, opportunity=opportunity, user=user),
            "runs": workspace.runs_of(opportunity),
            "steps": workspace.steps_for(user, opportunity),
            "can_run": permissions.can_run(user, opportunity),
            "leaves_on": workspace.leaves_on(opportunity),
            "can_publish": permissions.can_publish_activity(user, opportunity),
        }


class ActivityStep(ActivityPage, View):
    """Submit, publish, return, take off: `verb` comes from the address."""

    verb = ""

    def post(self, request, *args, **kwargs):
        try:
            actions.change_state(opportunity=self.opportunity, verb=self.verb, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        else:
            messages.success(request, workspace.DONE[self.verb])
        return redirect("pathways:activity-detail", slug=self.opportunity.slug)
