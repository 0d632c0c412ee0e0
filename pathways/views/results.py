"""What young people said of an activity, in sum: for the partner that runs it, and for coordinators."""

from django.utils.translation import get_language
from django.views.generic import TemplateView

from migwork.small_numbers import LEAST
from pathways.queries import results
from pathways.views.workspace import ActivityPage


class ActivityResults(ActivityPage, TemplateView):
    """Of all dates of one activity together."""

    template_name = "pathways/activity_results.html"

    def get_context_data(self, **kwargs):
        rows = results.of_activity(self.opportunity)
        return {
            "opportunity": self.opportunity,
            "results": results.results_of(rows, get_language(), sentences=True),
            "least": LEAST,
        }
