"""The operator's day and week, and the hours they offer."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from intake import actions, queries
from intake.forms import DayForm, HoursForm
from intake.models import Availability
from intake.permissions import can_change_hours, check_can_change_hours
from intake.queries import agenda
from intake.queries.calendars import changes_for
from intake.queries.told import in_agenda
from intake.views.base import OperatorRequired, addresses
from migwork import repeats
from migwork.acting import ActingForm
from migwork.attempts import attempt
from migwork.calendar import MOST_YEARS


class Agenda(OperatorRequired, TemplateView):
    """A day or a week: who comes, and what is still free."""

    template_name = "intake/agenda.html"

    def get_context_data(self, **kwargs):
        now, today = timezone.now(), timezone.localdate()
        week, everybody = "settimana" in self.request.GET, "tutti" in self.request.GET
        day = self.day_of(today)
        first = day - timedelta(days=day.weekday()) if week else day
        last = first + timedelta(days=6 if week else 0)
        days = agenda.days_of(self.request.user, first, last, everybody=everybody)
        told, file_of = in_agenda(self.request.user, now), addresses("person-file")
        step = timedelta(days=7 if week else 1)

        def url(on=day, **other):
            shown = {"settimana": week, "tutti": everybody} | other
            marks = [f"{name}=1" for name, yes in shown.items() if yes]
            return "?" + "&".join([f"giorno={on:%Y-%m-%d}", *marks])

        return super().get_context_data(
            days=[row for row in days if not week or row.lines or row.day.weekday() < 5],
            first=first,
            last=last,
            today=today,
            week=week,
            everybody=everybody,
            before_url=url(first - step),
            after_url=url(first + step),
            today_url=url(today),
            day_url=url(settimana=False),
            week_url=url(settimana=True),
            mine_url=url(tutti=False),
            desk_url=url(tutti=True),
            changes=self.changes(file_of, now) if told.has_changes and not everybody else None,
            running_out=agenda.running_out(self.request.user, now),
            told=told,
            **kwargs,
        )

    def changes(self, file_of, now):
        """What others changed in my agenda of late."""
        changes = changes_for(self.request.user, now)
        for row in changes.rows:
            row.file_url = file_of(row.appointment.participation_id)
        return changes

    def day_of(self, today):
        """The day that the address names, or today; none so far away that only a slip can mean it."""
        try:
            day = parse_date(self.request.GET.get("giorno", "")) or today
        except ValueError:
            return today
        return day if abs(day.year - today.year) <= MOST_YEARS else today


class Hours(OperatorRequired, ActingForm):
    """The hours that I and my desk offer, and new ones."""

    template_name = "intake/hours.html"
    form_class = HoursForm
    done = _("Published: these hours can be booked from now on.")
    beside = {"hours": "closes_at", "last_day": "last_day", "rule": "weekdays", "twice": "opens_at"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    def get_initial(self):
        today = timezone.localdate(self.now)
        return {
            "first_day": today,
            "last_day": today + timedelta(days=90),
            "place": queries.last_place(self.request.user),
        }

    def act(self, data):
        user = self.request.user
        wanted = ("opens_at", "closes_at", "minutes", "first_day", "last_day", "kind", "mode", "place", "capacity")
        actions.publish_availability(
            organisation=agenda.office_of(user),
            operator=user if data["whose"] == HoursForm.MINE else None,
            rule=repeats.weekly(data["weekdays"], data["every"]),
            **{name: data[name] for name in wanted},
            by=user,
            now=self.now,
        )

    def get_success_url(self):
        return reverse("intake:hours")

    def get_context_data(self, **kwargs):
        offered = agenda.hours_offered(self.request.user, self.now)
        return super().get_context_data(
            offered=offered, may_publish=bool(self.request.user.organisations_as("operator")), **kwargs
        )


class OfHours(OperatorRequired):
    """A page about hours that are offered, by their key."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        rows = Availability.objects.visible_to(request.user).select_related("operator", "organisation")
        self.availability = get_object_or_404(rows, pk=kwargs["pk"])


class HoursDetail(OfHours, ActingForm):
    """Hours as they are, days with hours of their own, and one such day more."""

    template_name = "intake/hours_detail.html"
    form_class = DayForm
    done = _("Noted. Who has booked on this day already keeps their appointment.")
    beside = {"day": "day", "hours": "closes_at"}

    def act(self, data):
        actions.change_day(availability=self.availability, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        row = self.availability
        return super().get_context_data(
            row=row,
            words=repeats.in_words(row.rule),
            exceptions=row.exceptions.filter(day__gte=timezone.localdate(self.now)),
            booked=agenda.booked_in(row, self.now),
            may_change=row.ended_at is None and can_change_hours(self.request.user, row),
            **kwargs,
        )


class HoursEnd(OfHours, View):
    """Offer these hours no longer."""

    http_method_names = ["post"]

    def post(self, request, pk):
        check_can_change_hours(request.user, self.availability)
        if attempt(
            request,
            lambda: actions.end_availability(availability=self.availability, by=request.user, now=self.now),
        ):
            messages.success(request, _("Nobody can book these hours any more. What is booked already stays."))
        return HttpResponseRedirect(reverse("intake:hours"))
