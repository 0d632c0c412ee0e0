"""Appointments: booked by the desk, and what became of them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from intake import actions, queries
from intake.enums import AppointmentKind, AppointmentState
from intake.forms import AppointmentForm
from intake.models import Appointment
from intake.queries import people
from intake.views.base import OfPerson, OperatorRequired, file_url
from intake.workflow import APPOINTMENT
from migwork.acting import ActingForm
from migwork.attempts import attempt

KIND_BY_STATE = {"registered": AppointmentKind.RECEPTION, "received": AppointmentKind.INTERVIEW}


class AppointmentCreate(OfPerson, ActingForm):
    """Book a talk, with oneself or a colleague."""

    template_name = "intake/appointment_create.html"
    form_class = AppointmentForm
    done = _("Booked.")
    beside = {"hours": "time", "past": "time", "taken": "time"}

    def get_form_kwargs(self):
        office = queries.organisation_of_operator(self.request.user, self.participation.edition)
        return {
            **super().get_form_kwargs(),
            "operators": queries.operators_of(office),
            "languages": people.languages_of_talks(),
        }

    def get_initial(self):
        return {
            "date": timezone.localdate(self.now),
            "kind": KIND_BY_STATE.get(self.participation.state, AppointmentKind.PLAN_REVIEW),
            "operator": self.request.user.pk,
            "place": queries.last_place(self.request.user),
        }

    def act(self, data):
        wanted = ("operator", "kind", "mode", "place", "starts_at", "ends_at", "language", "mediator")
        actions.book_appointment(
            participation=self.participation,
            **{name: data[name] for name in wanted},
            by=self.request.user,
            now=self.now,
        )

    def get_success_url(self):
        return file_url(self.participation)


class AppointmentOutcome(OperatorRequired, View):
    """Say what became of an appointment, and go back to where one was."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.appointment = get_object_or_404(
            Appointment.objects.visible_to(request.user).select_related("participation"), pk=kwargs["pk"]
        )

    def post(self, request, **kwargs):
        verb = request.POST.get("verb", "")
        if verb in APPOINTMENT.verbs(AppointmentState.BOOKED):
            self.record(verb)
        else:
            messages.error(request, _("Choose what became of the appointment."))
        return HttpResponseRedirect(back_to(request) or file_url(self.appointment.participation, "colloqui"))

    def record(self, verb):
        """Note it, and say what the desk has to do next."""
        now, noted = timezone.now(), []

        def act():
            noted.append(actions.record_outcome(appointment=self.appointment, verb=verb, by=self.request.user, now=now))

        if not attempt(self.request, act):
            return
        if noted[0].state != AppointmentState.NO_SHOW:
            messages.success(self.request, _("Noted."))
        elif noted[0].invited_again:
            messages.success(self.request, _("Noted. We wrote to them kindly, to choose another day."))
        else:
            messages.success(self.request, _("Noted. We did not write to them: better give them a call."))


def back_to(request) -> str:
    """The page of this portal that `next` names, or nothing."""
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
