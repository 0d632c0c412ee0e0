"""The host's page of one application: no account, a link from the mail. Opening it changes nothing."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from foundation.files.serving import response
from internships import actions
from internships.enums import HostAnswer
from internships.queries.applications import link_of_token
from migwork.attempts import attempt
from migwork.by_link import ByLink


class HostPage(ByLink, View):
    """A page behind the link; one that is over says so, and how to get another."""

    limited_as = "host_application"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.link = link_of_token(kwargs["token"])
        if self.link is None:
            raise Http404
        self.now, self.application = timezone.now(), self.link.application
        # Whoever asked that their data not be used is not shown to anybody; nor is that they asked.
        self.rests = self.application.person.limited_at is not None
        self.is_open = self.link.is_open(self.now) and not self.rests

    def limit_key(self):
        return str(self.link.pk)

    def show(self, template, status=200):
        application = self.application
        context = {
            "application": application,
            "offer": application.offer,
            "link": self.link,
            "token": self.kwargs["token"],
            "called": application.person.short_name,
            "may_renew": self.link.revoked_at is None and application.is_waiting and not self.rests,
        }
        return render(self.request, f"internships/{template}.html", context, status=status)


class HostApplication(HostPage):
    """The few words, the CV, and three buttons."""

    def get(self, request, **kwargs):
        if not self.is_open:
            return self.show("host_application_over", status=410)
        return self.show("host_application")

    def post(self, request, **kwargs):
        if self.rests:
            return self.show("host_application_over", status=410)
        if "renew" in request.POST:
            act = lambda: actions.renew_host_link(link=self.link, now=self.now)  # noqa: E731
            attempt(request, act, _("A new link is on its way to the tutor of this internship."))
        elif request.POST.get("answer") in HostAnswer.values:
            answer = request.POST["answer"]
            attempt(request, lambda: actions.answer_by_link(link=self.link, answer=answer, now=self.now))
        return redirect("internships:host-application", kwargs["token"])


class HostApplicationCv(HostPage):
    """The CV, while the application waits for an answer or led to an internship."""

    def get(self, request, **kwargs):
        application = self.application
        may_read = application.is_waiting or application.state == "taken"
        if not self.is_open or not may_read or application.cv is None:
            return self.show("host_application_over", status=410)
        return response(application.cv)
