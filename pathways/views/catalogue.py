"""The public catalogue: no account needed."""

from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView
from django_htmx.http import push_url

from accounts.permissions import is_operator, is_staff_member
from pathways import hooks, permissions
from pathways.families import ALONG, NEEDS
from pathways.hooks import first
from pathways.queries import catalogue, kept, mine
from pathways.queries.facets import facets
from pathways.queries.modules import paths_with
from pathways.queries.translations import translations_of
from pathways.structured_data import structured_data
from pathways.translations import reading


class OpportunityList(TemplateView):
    """Search, filters, cards. HTMX asks for the results alone, or for the next cards."""

    @property
    def is_part(self) -> bool:
        """Whether HTMX asks; a page that it takes up again after "back" is a whole one."""
        return bool(self.request.htmx) and not self.request.htmx.history_restore_request

    def get_template_names(self):
        if not self.is_part:
            return ["pathways/opportunity_list.html"]
        return ["pathways/_cards.html" if self.wanted.after else "pathways/_results.html"]

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if self.request.htmx and not self.wanted.after:
            # What the address bar shows, and what one shares: no empty fields.
            push_url(response, self.wanted.address())
        return response

    def get_context_data(self, **kwargs):
        today, user = timezone.localdate(), self.request.user
        self.wanted = catalogue.Wanted.read(self.request.GET)
        results = catalogue.results(self.wanted, today)
        # Whoever works here keeps no searches; a visitor signs in first.
        may_keep = not user.is_authenticated or user.person is not None
        home = user.person.municipio if user.is_authenticated and user.person else None
        return {
            "is_part": self.is_part,
            "wanted": self.wanted,
            "results": results,
            "facets": None
            if self.is_part and self.wanted.after
            else facets(self.wanted, today, results.said and results.said.read),
            "chips": catalogue.chips(self.wanted, today),
            "keep": kept.query_of(results.wanted) if may_keep else "",
            "near_home": self.wanted.address(near=home) if home and home != self.wanted.near else "",
        }


class OpportunityDetail(TemplateView):
    """What a service page says, in its order; the young person also reads why they can or can't enrol."""

    template_name = "pathways/opportunity_detail.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.opportunity = catalogue.opportunity_for(request.user, kwargs["slug"])
        if self.opportunity is None:
            raise Http404

    def get_context_data(self, **kwargs):
        user, opportunity = self.request.user, self.opportunity
        person = user.person if user.is_authenticated else None
        participation = mine.participation_in(person, opportunity.edition_id) if person else None
        action = mine.asked_action(participation, self.request.GET.get("azione"))
        today = timezone.localdate()
        joining = first(hooks.joining, opportunity=opportunity, user=user, on=today)
        runs = (
            []
            if joining
            else mine.runs_for(opportunity, participation, on=today, plan_action=action, asks=person is not None)
        )
        taking = joining["runs"] if joining else [view.run for view in runs]
        return {
            "preview": False,
            "joining": joining,
            "opportunity": opportunity,
            "reading": reading(opportunity, translations_of(opportunity), self.request),
            "family_needs": NEEDS[opportunity.family],
            "along": ALONG.get(opportunity.family),
            "runs": runs,
            "module_paths": paths_with(opportunity),
            "person": person,
            "plan_action": action,
            "is_staff_member": user.is_authenticated and person is None and is_staff_member(user),
            "can_enrol_others": user.is_authenticated and is_operator(user),
            "can_edit": user.is_authenticated and permissions.can_edit_activity(user, opportunity),
            "first_open": next((run for run in runs if run.can_ask), None),
            "structured_data": structured_data(opportunity, taking, self.request.build_absolute_uri(self.request.path)),
        }
