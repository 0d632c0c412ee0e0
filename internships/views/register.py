"""The register, a week at a time."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships import actions, queries
from internships.enums import DayState, InternshipState
from internships.forms.register import WeekForm
from internships.permissions import check_can_work_on
from internships.views.internships import InternshipPage


class DayCreate(InternshipPage):
    """The register, a week at a time."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)
        self.today = timezone.localdate()
        day = self.asked_day(request.GET.get("settimana", ""))
        self.monday = day - datetime.timedelta(days=day.weekday())

    def asked_day(self, text):
        """The day named in the address, else today; in any case one of the internship's."""
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            day = self.today
        return max(self.internship.starts_on, min(day, self.internship.ends_on))

    def get(self, request, **kwargs):
        return self.page(self.form())

    def post(self, request, **kwargs):
        form = self.form(request.POST)
        if form.is_valid():
            try:
                changed = actions.record_days(
                    internship=self.internship, hours=form.hours(), by=request.user, now=timezone.now()
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Register saved.") if changed else _("Nothing has changed."))
                return redirect("internships:internship-detail", self.internship.pk)
        return self.page(form)

    def form(self, data=None):
        sunday = self.monday + datetime.timedelta(days=6)
        week = self.internship.days.filter(on__range=(self.monday, sunday)).exclude(state=DayState.ABSENT)
        recorded = {on: queries.plain(hours) for on, hours in week.values_list("on", "hours")}
        return WeekForm(data, internship=self.internship, monday=self.monday, today=self.today, recorded=recorded)

    def page(self, form):
        here = reverse("internships:day-create", args=[self.internship.pk])
        before, after = self.monday - datetime.timedelta(days=1), self.monday + datetime.timedelta(days=7)
        last = min(self.today, self.internship.ends_on)
        context = {
            "internship": self.internship,
            "person": self.internship.participation.person,
            "form": form,
            "monday": self.monday,
            "sunday": after - datetime.timedelta(days=1),
            "running": self.internship.state == InternshipState.RUNNING,
            "previous_url": f"{here}?settimana={before}" if before >= self.internship.starts_on else "",
            "next_url": f"{here}?settimana={after}" if after <= last else "",
        }
        return render(self.request, "internships/day_create.html", context)
