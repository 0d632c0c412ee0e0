"""Bring a friend: the page with one's own link, and what happens to whoever opens it."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import YoungPersonRequired
from migwork.errors import NotNow
from migwork.links import absolute_url
from pathways import actions
from pathways.models import FriendLink, Opportunity

# How long it is remembered by whose link somebody came, if the session lasts that long.
REMEMBERED = timedelta(days=30)
KEY = "came_by"


def came_by(request) -> str:
    """The token of the link by which this visitor came, while it is remembered."""
    token, since = request.session.get(KEY, ("", ""))
    return token if token and date.fromisoformat(since) > timezone.localdate() - REMEMBERED else ""


class FriendPage(YoungPersonRequired, View):
    """My own link to an activity: made, passed on, taken back."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Opportunity.objects.published().select_related("organisation").defer("search")
        self.opportunity = get_object_or_404(rows, slug=kwargs["slug"])
        self.link = FriendLink.objects.filter(person=request.user.person, opportunity=self.opportunity).first()

    def get(self, request, *args, **kwargs):
        context = {"opportunity": self.opportunity, "link": self.link}
        if self.link:
            address = absolute_url("pathways:friend-arrive", self.opportunity.slug, self.link.token)
            words = _("Have a look at “%(title)s”: %(address)s") % {
                "title": self.opportunity.title,
                "address": address,
            }
            context |= {
                "address": address,
                "helped": self.link.helped_before(timezone.localdate()),
                "by_message": [
                    ("WhatsApp", "https://wa.me/?" + urlencode({"text": words})),
                    ("SMS", "sms:?&" + urlencode({"body": words}).replace("+", "%20")),
                    ("E-mail", "mailto:?" + urlencode({"subject": "MiG-Work", "body": words}).replace("+", "%20")),
                ],
            }
        return render(request, "pathways/friend.html", context)

    def post(self, request, *args, **kwargs):
        if "end" not in request.POST:
            self.make()
        elif self.link:
            actions.end_friend_link(link=self.link, by=request.user, now=timezone.now())
            messages.success(request, _("The link is forgotten."))
        return redirect("pathways:friend", slug=self.opportunity.slug)

    def make(self):
        user = self.request.user
        try:
            actions.make_friend_link(opportunity=self.opportunity, person=user.person, by=user, now=timezone.now())
        except NotNow as reason:
            messages.warning(self.request, reason.message)


class FriendArrive(View):
    """Whoever opens somebody's link comes to the activity; their session remembers the link, nothing else does."""

    def get(self, request, *args, **kwargs):
        opportunity = Opportunity.objects.published().filter(slug=kwargs["slug"]).first()
        if opportunity is None:
            raise Http404
        link = FriendLink.objects.filter(opportunity=opportunity, token=kwargs["token"]).first()
        person = request.user.person if request.user.is_authenticated else None
        if link and (not request.user.is_authenticated or (person and person.pk != link.person_id)):
            request.session[KEY] = [link.token, timezone.localdate().isoformat()]
            messages.info(
                request,
                _("A friend passes this on. If you enrol, they read that their link helped, not who you are."),
            )
        answer = redirect("pathways:opportunity-detail", slug=opportunity.slug)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer
