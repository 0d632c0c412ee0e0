"""Checking in: the code on the partner's screen, and the page that it opens on the young person's phone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import YoungPersonRequired
from migwork.errors import NotNow
from migwork.links import absolute_url
from migwork.qr import qr_code
from pathways import actions, check_in
from pathways.models import Session
from pathways.queries import attendance as queries
from pathways.views.runs import SessionPage

# The screen asks for the next code a little before the one that it shows grows old.
REFRESH = 20


class SessionQr(SessionPage, View):
    """For the partner's screen: the code of this half minute, and how many have come. The page renews itself."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        session, now = self.session, timezone.now()
        is_open = check_in.is_open(session, now)
        address = absolute_url("pathways:check-in", check_in.code_of(session, now)) if is_open else ""
        context = {
            "session": session,
            "run": session.run,
            "code": qr_code(address) if is_open else "",
            "opens_at": session.starts_at - check_in.BEFORE,
            "is_over": now >= session.ends_at,
            "count": queries.count_of(session),
        }
        answer = render(request, "pathways/session_qr.html", context)
        answer["Cache-Control"] = "private, no-store"
        if not context["is_over"]:
            answer["Refresh"] = str(REFRESH)
        return answer


class CheckIn(YoungPersonRequired, View):
    """What the code opens: which session it is, and a button. Opening it writes nothing."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        read = check_in.read(kwargs["code"])
        if read is None:
            raise Http404
        pk, self.period = read
        rows = Session.objects.select_related("run__opportunity__organisation")
        self.session = rows.filter(pk=pk).first()
        if self.session is None:
            raise Http404

    def get(self, request, *args, **kwargs):
        now = timezone.now()
        if not check_in.is_good(self.period, now, periods=check_in.OPENS_FOR):
            return self.page("old", status=410)
        standing, problem = queries.own_standing(self.session, request.user, now)
        return self.page(problem, standing=standing)

    def post(self, request, *args, **kwargs):
        try:
            standing = actions.check_in(session=self.session, period=self.period, by=request.user, now=timezone.now())
        except NotNow as reason:
            return self.page(reason.code, sentence=reason.message, status=410 if reason.code == "old" else 200)
        messages.success(request, _("Done: you are on the list. Have a good time!"))
        return redirect("pathways:enrolment-detail", pk=standing.enrolment_id)

    def page(self, problem="", status=200, **context):
        context |= {"session": self.session, "run": self.session.run, "problem": problem}
        answer = render(self.request, "pathways/check_in.html", context, status=status)
        answer["Cache-Control"] = "private, no-store"
        return answer
