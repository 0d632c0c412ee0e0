"""The catalogue for other programs: a search as a feed, an activity's dates as a calendar file. No account needed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views import View

from migwork.calendar_files import CONTENT_TYPE
from pathways import feeds
from pathways.calendars import dates_of
from pathways.queries.catalogue import Wanted, opportunity_for, runs_with_sessions

# So long, in seconds, a reader need not ask again.
FEED_LASTS = 900


class OpportunityFeed(View):
    """What is new for a search; who has it already is told so in a line (304)."""

    def get(self, request):
        feed = feeds.feed_of(Wanted.read(request.GET), timezone.localdate())
        response = HttpResponse(feed.content, content_type=feeds.CONTENT_TYPE)
        response["ETag"] = feed.etag
        modified = feed.last_modified and int(feed.last_modified.timestamp())
        if modified:
            response["Last-Modified"] = http_date(modified)
        patch_cache_control(response, public=True, max_age=FEED_LASTS)
        return get_conditional_response(request, etag=feed.etag, last_modified=modified, response=response)


class OpportunityCalendar(View):
    """The dates that are planned or under way, or those of one edition (`edizione`)."""

    def get(self, request, slug):
        opportunity = opportunity_for(request.user, slug)
        only = self.request.GET.get("edizione", "")
        try:
            runs = opportunity and runs_with_sessions(opportunity, UUID(only) if only else None)
        except ValueError:
            runs = None
        if not runs:
            raise Http404
        response = HttpResponse(dates_of(opportunity, runs, now=timezone.now()), content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{opportunity.slug}.ics"'
        return response
