"""The operator's agenda in another calendar, and how they hear of changes."""

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View

from intake import actions, calendars
from intake.forms import NewsForm
from intake.permissions import check_can_have_calendar
from intake.queries.calendars import calendar_of, owner_of_feed, talks_for_feed
from intake.views.base import OperatorRequired
from migwork.acting import ActingForm
from migwork.links import absolute_url


class OfMyCalendar(OperatorRequired):
    """A page about one's own agenda elsewhere."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        check_can_have_calendar(request.user)


@method_decorator(never_cache, name="dispatch")
class MyCalendar(OfMyCalendar, ActingForm):
    """The private address, and the news one wants."""

    template_name = "intake/my_calendar.html"
    form_class = NewsForm
    success_url = reverse_lazy("intake:my-calendar")
    done = _("Saved.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.calendar = calendar_of(request.user)

    def get_initial(self):
        return {"news": self.calendar.news}

    def act(self, data):
        actions.choose_news(news=data["news"], by=self.request.user, now=self.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(calendar=self.calendar, **kwargs)


@method_decorator(never_cache, name="dispatch")
class FeedMake(OfMyCalendar, View):
    """A new private address. It stands on this one page and nowhere else, neither in a session nor in an address."""

    http_method_names = ["post"]

    @sensitive_variables()
    def post(self, request):
        token = actions.make_feed(by=request.user, now=self.now)
        address = absolute_url("intake:calendar-feed", token)
        return render(
            request,
            "intake/calendar_address.html",
            {"address": address, "subscribe": "webcal:" + address.partition(":")[2]},
        )


class FeedRevoke(OfMyCalendar, View):
    """The address answers no more."""

    http_method_names = ["post"]

    def post(self, request):
        actions.revoke_feed(by=request.user, now=self.now)
        messages.success(request, _("The address is closed: whoever asks there gets nothing."))
        return HttpResponseRedirect(reverse("intake:my-calendar"))


def asks_too_often(operator, now) -> bool:
    """Whether this operator's address was asked too often within the hour, from wherever: calendars share addresses."""
    key = f"calendar-feed:{operator.pk}:{now:%Y%m%d%H}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > settings.CALENDAR_FEED_PER_HOUR


class CalendarFeed(View):
    """An agenda as another calendar reads it: no session, no sign-in; whoever holds the address is let in."""

    @sensitive_variables()
    def get(self, request, token):
        operator, now = owner_of_feed(token), timezone.now()
        if operator is None:
            return HttpResponseNotFound()
        if asks_too_often(operator, now):
            return HttpResponse(status=429, headers={"Retry-After": "3600"})
        content = calendars.feed(talks_for_feed(operator, now), now=now, language=operator.language)
        return HttpResponse(
            content,
            content_type=f"{calendars.CONTENT_TYPE}; charset=utf-8",
            headers={"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"},
        )
