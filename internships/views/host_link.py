"""What a host opens by its link: its interns, its duties, and the months it confirms. No account."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from internships import actions
from internships.forms.days import DisputeForm
from internships.forms.life import HostAccidentForm
from internships.queries import days as register
from internships.queries import host as queries
from internships.queries.needs import BEFORE
from internships.showing import KINDS
from internships.workflow import AT_WORK
from migwork.attempts import attempt
from migwork.by_link import ByLink


class HostPage(ByLink, View):
    """A page behind a host's link. One that was taken back says so, and shows nothing of anybody."""

    limited_as = "host_link"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.link = queries.link_of_token(kwargs["token"])
        if self.link is None:
            raise Http404
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)

    def limit_key(self):
        return str(self.link.pk)

    def dispatch(self, request, *args, **kwargs):
        if self.link.revoked_at is None:
            return super().dispatch(request, *args, **kwargs)
        answer = render(request, "internships/host_revoked.html", status=410)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def page(self, template, **context):
        common = {"link": self.link, "host": self.link.tutor.host, "token": self.kwargs["token"], "today": self.today}
        return render(self.request, f"internships/{template}.html", {**common, **context})


class HostHome(HostPage):
    """All interns of the host: what is to be confirmed, and *not here today*."""

    def get(self, request, **kwargs):
        interns = queries.interns_of(self.link, self.today)
        for row in interns:
            row.may_say_away = queries.may_say_away(row, self.today)
            row.month_key = f"{min(self.today, row.internship.ends_on):%Y-%m}"
            row.kind = KINDS[row.internship.state]
        coming = queries.coming_of(self.link, self.today)
        return self.page(
            "host_home",
            interns=interns,
            coming=coming,
            without_assessment=queries.units_without_assessment(
                [row.internship for row in [*interns, *coming] if row.internship.state in BEFORE]
            ),
            waiting=sum(len(row.waiting) for row in interns),
        )

    def post(self, request, **kwargs):
        pk, here = request.POST.get("internship", ""), redirect("internships:host-home", kwargs["token"])
        row = next((row for row in queries.interns_of(self.link, self.today) if str(row.internship.pk) == pk), None)
        if row is None:
            raise Http404
        if "away" in request.POST:
            known = {"internship": row.internship, "link": self.link, "now": self.now}
            attempt(request, lambda: actions.not_here_today(**known), _("Noted: the promoter and the intern are told."))
            return here
        self.confirm(row)
        return here

    def confirm(self, row):
        """All days that the page showed; what was written meanwhile is looked at first."""
        days, seen = [day.on for day in row.waiting], self.request.POST.get("seen", "")
        count = len(days)
        done = ngettext("%(count)s day confirmed. Thank you!", "%(count)s days confirmed. Thank you!", count)
        attempt(
            self.request,
            lambda: actions.confirm_days(
                internship=row.internship,
                days=days,
                link=self.link,
                seen=int(seen) if seen.isdecimal() and len(seen) < 19 else 0,
                now=self.now,
            ),
            done % {"count": count} if count else "",
        )


class HostDuties(HostPage):
    """The host's duties, on one page."""

    http_method_names = ["get", "head"]

    def get(self, request, **kwargs):
        return self.page("host_duties")


class HostAccident(HostPage):
    """Something happened at work: said by whoever was there, with their name."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = queries.internships_of_link(self.link, self.today).filter(state__in=AT_WORK)
        self.internship = rows.filter(pk=kwargs["pk"]).first()
        if self.link.revoked_at is None and self.internship is None:
            raise Http404

    def get(self, request, **kwargs):
        here = timezone.localtime(self.now)
        return self.shown(HostAccidentForm(initial={"on": here.date(), "at": here.strftime("%H:%M")}))

    def post(self, request, **kwargs):
        form = HostAccidentForm(request.POST)
        if form.is_valid():
            try:
                self.report(**form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Reported. The promoter has been written to."))
                return redirect("internships:host-home", kwargs["token"])
        return self.shown(form)

    def report(self, *, on, at, what, reporter):
        happened_at = timezone.make_aware(datetime.combine(on, at))
        said = {"happened_at": happened_at, "what": what, "reporter": reporter}
        actions.report_accident(internship=self.internship, **said, link=self.link, now=self.now)

    def shown(self, form):
        return self.page("host_accident", internship=self.internship, form=form)


class OfHostIntern(HostPage):
    """A page about one of the host's interns."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = queries.internships_of_link(self.link, self.today)
        self.internship = rows.filter(pk=kwargs["pk"]).first() if self.link.revoked_at is None else None
        self.first = self.internship and register.first_of(kwargs["month"], self.internship)
        if self.link.revoked_at is None and self.first is None:
            raise Http404


class HostMonth(OfHostIntern):
    """A month of an intern, day by day: confirmed at once, or disputed with a reason."""

    def get(self, request, **kwargs):
        return self.shown()

    def post(self, request, **kwargs):
        seen = request.POST.get("seen", "")
        known = {
            "internship": self.internship,
            "link": self.link,
            "seen": int(seen) if seen.isdecimal() and len(seen) < 19 else 0,
            "now": self.now,
        }
        if "day" in request.POST:
            return self.dispute(known)
        if attempt(request, lambda: self.confirm(known)):
            messages.success(request, self.said)
        return self.here()

    def confirm(self, known):
        closed = actions.confirm_month(first=self.first, **known)
        self.said = _("Confirmed and closed. Thank you!") if closed else _("Confirmed. Thank you!")

    def dispute(self, known):
        form, row = DisputeForm(self.request.POST), self.row()
        if form.is_valid():
            try:
                actions.dispute_day(on=row.on, reason=form.cleaned_data["reason"], **known)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(self.request, _("Noted: the intern and the promoter are told."))
                return self.here()
        return self.shown(form)

    def row(self):
        month = register.month_of(self.internship, self.first, self.today)
        found = next((row for row in month.rows if row.on.isoformat() == self.request.POST["day"]), None)
        if found is None or found.day is None:
            raise Http404
        return found

    def here(self):
        return redirect(self.request.path)

    def shown(self, refused=None):
        month = register.month_of(self.internship, self.first, self.today)
        context = {
            "internship": self.internship,
            "month": month,
            "months": month.months,
            "missing": month.missing(self.today),
            "why_open": "" if month.closed else actions.why_not_closed(self.internship, self.first, self.now),
            "refused": refused,
            "refused_day": self.request.POST.get("day", ""),
            "form": refused or DisputeForm(),
        }
        return self.page("host_month", **context)
