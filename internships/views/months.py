"""The register as the promoter reads it: a month, its days put right, its end, and on paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import note_opening
from foundation.documents import pdf
from foundation.privacy.enums import AccessReason
from internships import actions
from internships.forms.days import AmendForm, TimetableForm
from internships.permissions import can_say_days, can_see, can_work_on, check_can_work_on
from internships.queries import days as queries
from internships.queries.timetable import plan_of
from internships.timetable import weekly_hours
from internships.views.internships import InternshipPage
from internships.views.my_days import OfDay
from migwork.attempts import attempt


class MonthPage(InternshipPage):
    """A page about a month of a register."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.first = queries.first_of(kwargs["month"], self.internship)
        if self.first is None:
            raise Http404


class RegisterMonth(MonthPage):
    """A month, day by day, with all that was changed: the intern and operators read, the promoter's staff close it."""

    def read(self, pk, user):
        """With the names that stand above a register."""
        internship = queries.for_register(pk)
        if internship is None or not can_see(user, internship):
            raise Http404
        return internship

    def get(self, request, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return render(request, "internships/register_month.html", self.context())

    def post(self, request, **kwargs):
        check_can_work_on(request.user, self.internship)
        known = {"internship": self.internship, "by": request.user, "now": timezone.now()}
        if "close" in request.POST:
            attempt(request, lambda: actions.close_month(first=self.first, **known), _("The month is closed."))
        else:
            days = [row.on for row in queries.month_of(self.internship, self.first, timezone.localdate()).waiting]
            if named := request.POST.get("day"):
                days = [row.on for row in self.open_rows() if row.on.isoformat() == named]
            attempt(request, lambda: actions.settle_days(days=days, **known), _("Confirmed."))
        return redirect(request.path)

    def open_rows(self):
        month = queries.month_of(self.internship, self.first, timezone.localdate())
        return month.waiting + month.disputed

    def context(self):
        now, user = timezone.now(), self.request.user
        month = queries.month_of(self.internship, self.first, timezone.localdate())
        why = "" if month.closed else actions.why_not_closed(self.internship, self.first, now)
        return {
            "internship": self.internship,
            "person": self.internship.participation.person,
            "month": month,
            "months": month.months,
            "missing": month.missing(timezone.localdate(now)),
            "why_open": why,
            "watched": queries.watched(self.internship, month),
            "may_work": can_work_on(user, self.internship),
            "is_own": can_say_days(user, self.internship),
            "is_over": self.internship.state in ("completed", "ended_early"),
        }


class DayAmend(OfDay):
    """A day of a closed month, put right with a reason."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)
        self.row = next(iter(queries.day_rows(self.internship, self.on, self.on)), None)

    def get(self, request, **kwargs):
        there = self.row and self.row.hours
        return self.page(AmendForm(initial={"hours": there or None}))

    def post(self, request, **kwargs):
        form = AmendForm(request.POST)
        if form.is_valid():
            try:
                actions.amend_day(
                    internship=self.internship, on=self.on, **form.cleaned_data, by=request.user, now=timezone.now()
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Corrected. What stood there before can still be read."))
                return redirect("internships:register-month", self.internship.pk, f"{self.on:%Y-%m}")
        return self.page(form)

    def page(self, form):
        person = self.internship.participation.person
        context = {"internship": self.internship, "person": person, "on": self.on, "row": self.row, "form": form}
        return render(self.request, "internships/day_amend.html", context)


class RegisterSheet(MonthPage):
    """The month on paper: filled in as far as it is, with lines to sign."""

    http_method_names = ["get", "head"]

    def get(self, request, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        month = queries.month_of(self.internship, self.first, timezone.localdate())
        title = _("Register of %(month)s") % {"month": date_format(self.first, "F Y")}
        context = {
            "internship": self.internship,
            "person": self.internship.participation.person,
            "month": month,
            "document": {"title": title},
            "language": get_language(),
        }
        try:
            made = pdf.render(render_to_string("internships/documents/register.html", context), language=get_language())
        except pdf.Unavailable as reason:
            messages.error(request, str(reason))
            return redirect("internships:register-month", self.internship.pk, kwargs["month"])
        headers = {
            "Content-Disposition": f'inline; filename="registro-{kwargs["month"]}.pdf"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(made, content_type="application/pdf", headers=headers)


class Timetable(InternshipPage):
    """At which hours the intern is expected."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)
        self.plan = plan_of(self.internship)
        self.today = timezone.localdate()

    def get(self, request, **kwargs):
        day = max(self.internship.starts_on, min(self.today, self.internship.ends_on))
        since = day if self.plan.versions else self.internship.starts_on
        return self.page(TimetableForm(slots=self.plan.version_on(day), initial={"valid_from": since}))

    def post(self, request, **kwargs):
        form = TimetableForm(request.POST)
        if form.is_valid():
            try:
                actions.set_timetable(
                    internship=self.internship,
                    slots=form.slots,
                    valid_from=form.cleaned_data["valid_from"],
                    by=request.user,
                    now=timezone.now(),
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("The timetable is saved."))
                return redirect("internships:internship-detail", self.internship.pk)
        return self.page(form)

    def page(self, form):
        context = {
            "internship": self.internship,
            "person": self.internship.participation.person,
            "form": form,
            "versions": [(since, slots, weekly_hours(slots)) for since, slots in self.plan.versions],
        }
        return render(self.request, "internships/timetable.html", context)


class HostLinkStep(InternshipPage):
    """Send the host its link, or take it back."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)

    def post(self, request, **kwargs):
        known = {"by": request.user, "now": timezone.now()}
        tutor = self.internship.host_tutor
        link = tutor.links.filter(revoked_at=None).first()
        if "revoke" in request.POST and link:
            attempt(
                request, lambda: actions.revoke_host_link(link=link, **known), _("The link opens nothing any more.")
            )
        elif "revoke" not in request.POST:
            attempt(request, lambda: actions.send_host_link(tutor=tutor, **known), _("The link is sent."))
        return redirect("internships:internship-detail", self.internship.pk)
