"""The reception list, newcomers and walk-ins."""

from datetime import datetime

from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.actions import register_person
from intake import actions, queries
from intake.enums import ContactChannel
from intake.forms import OutcomeForm, ReceptionForm, WalkInForm
from intake.models import Participation
from intake.views.base import ActingForm, OfPerson, OperatorRequired, attempt, file_url


class ReceptionList(OperatorRequired, TemplateView):
    """Who waits, who comes today, whom I follow, and the search for anybody else."""

    template_name = "intake/reception_list.html"

    def get_context_data(self, **kwargs):
        user, now = self.request.user, timezone.now()
        text = self.request.GET.get("q", "").strip()[:100]
        if text:
            return super().get_context_data(q=text, found=queries.search_people(text, user), **kwargs)
        waiting = queries.waiting(_moment(self.request.GET.get("dopo")))
        more = waiting[queries.PAGE - 1].opened_at if len(waiting) > queries.PAGE else None
        today = queries.appointments_of_day(user, now)
        return super().get_context_data(
            q="",
            now=now,
            waiting=waiting[: queries.PAGE],
            more=more.isoformat() if more else "",
            today=today,
            caseload=queries.caseload(user, now),
            **kwargs,
        )


def _moment(text) -> datetime | None:
    """The moment after which the list goes on; None for what is no aware time."""
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


class PersonCreate(OperatorRequired, ActingForm):
    """A walk-in: who they are and the first talk, on one page."""

    template_name = "intake/person_create.html"
    form_class = WalkInForm
    done = _("Received. The file is open.")

    @transaction.atomic
    def act(self, data):
        by, now = self.request.user, timezone.now()
        about = {name: data.pop(name) for name in WalkInForm.PERSON}
        person = register_person(**about, channel=data["channel"], by=by, now=now)
        self.participation = Participation.objects.get(person=person)
        actions.receive(participation=self.participation, **data, by=by, now=now)

    def get_success_url(self):
        return file_url(self.participation)


class ReceptionCreate(OfPerson, ActingForm):
    """The first talk with somebody who signed up online."""

    template_name = "intake/reception_create.html"
    form_class = ReceptionForm
    done = _("Received.")

    def get_initial(self):
        channel = self.participation.channel
        return {} if channel == ContactChannel.WEB else {"channel": channel}

    def act(self, data):
        actions.receive(participation=self.participation, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return file_url(self.participation)


class ParticipationEnd(OfPerson, ActingForm):
    """Close a way with its outcome, or stop it before its end."""

    template_name = "intake/participation_end.html"
    form_class = OutcomeForm
    done = _("Closed. You can open it again from the file.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_close=self.participation.state in ("plan_agreed", "in_progress"), **kwargs)

    def act(self, data):
        end = actions.close_participation if "close" in self.request.POST else actions.drop_participation
        end(participation=self.participation, outcome=data["outcome"], by=self.request.user, now=self.now)

    def get_success_url(self):
        return file_url(self.participation)


class ParticipationReopen(OfPerson, View):
    """Take up a way that had ended."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        attempt(
            request,
            lambda: actions.reopen_participation(participation=self.participation, by=request.user, now=self.now),
            _("Open again."),
        )
        return HttpResponseRedirect(reverse("intake:person-file", args=[self.participation.pk]))
