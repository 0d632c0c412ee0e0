"""Talks in other languages: for which a mediator is missing, and who was found."""

from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from intake import actions
from intake.forms import MediatorForm
from intake.models import Appointment
from intake.queries import agenda
from intake.views.base import OperatorRequired, addresses
from migwork.acting import ActingForm


class MediationList(OperatorRequired, TemplateView):
    """The talks to come in another language, those without a mediator first."""

    template_name = "intake/mediation_list.html"

    def get_context_data(self, **kwargs):
        rows = agenda.talks_in_other_languages(self.request.user, timezone.now())
        file_of = addresses("person-file")
        for row in rows:
            row.file_url = file_of(row.participation_id)
        return super().get_context_data(
            missing=[row for row in rows if row.mediation.state == "needed"],
            seen_to=[row for row in rows if row.mediation.state != "needed"],
            **kwargs,
        )


class MediationArrange(OperatorRequired, ActingForm):
    """Who translates at this talk."""

    template_name = "intake/mediation_arrange.html"
    form_class = MediatorForm
    success_url = reverse_lazy("intake:mediation-list")
    done = _("Noted: we have told the young person.")
    beside = {"mediator": "mediator"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Appointment.objects.visible_to(request.user).filter(mediation__isnull=False)
        self.appointment = get_object_or_404(
            rows.select_related("participation__person", "operator", "mediation__language"), pk=kwargs["pk"]
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(appointment=self.appointment, **kwargs)

    def act(self, data):
        actions.arrange_mediator(appointment=self.appointment, **data, by=self.request.user, now=timezone.now())
