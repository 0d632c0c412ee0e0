"""Safety: the checklist before the start, accidents, a word that something is wrong, visits."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import RolesRequired, SignedInRequired, note_opening
from foundation.files.serving import response
from foundation.privacy.enums import AccessReason
from internships import actions
from internships.enums import EvidenceKind
from internships.forms import life as forms
from internships.models import Accident, Concern, OperatingUnit, SafetyEvidence, Visit
from internships.permissions import (
    can_answer_concern,
    can_raise_concern,
    can_see_board,
    can_work_on,
    check_can_raise_concern,
    check_can_report_accident,
)
from internships.showing.life import NEEDED
from internships.views.life import LifeForm, OfInternship
from internships.views.roles import PARTNER
from migwork.acting import ActingForm
from migwork.attempts import attempt


class Evidence(LifeForm):
    """Training or fitness: that it is there."""

    done = _("Noted.")

    def setup(self, request, *args, **kwargs):
        if kwargs["kind"] not in (EvidenceKind.SAFETY_TRAINING, EvidenceKind.FITNESS):
            raise Http404
        self.kind = EvidenceKind(kwargs["kind"])
        super().setup(request, *args, **kwargs)
        self.there = self.internship.evidence.filter(kind=self.kind).first()

    def get_form_class(self):
        return forms.FitnessForm if self.kind == EvidenceKind.FITNESS else forms.EvidenceForm

    @property
    def title(self):
        return self.kind.label

    @property
    def lead(self):
        return NEEDED[self.kind]()

    def get_initial(self):
        return _as_typed(self.there)

    def act(self, data):
        actions.record_evidence(internship=self.internship, kind=self.kind, **data, **self.whom)


def _as_typed(evidence) -> dict:
    return {name: getattr(evidence, name) for name in ("on", "reference", "until")} if evidence else {}


class UnitAssessment(RolesRequired, ActingForm):
    """The risk assessment of a workplace. `?tirocinio=` names the internship that it is entered for."""

    roles = PARTNER
    template_name = "internships/unit_assessment.html"
    form_class = forms.EvidenceForm
    done = _("Noted. It holds for all who work there.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.unit = get_object_or_404(OperatingUnit.objects.select_related("host"), pk=kwargs["pk"])
        self.there = self.unit.evidence.select_related("file").first()

    def get_initial(self):
        return _as_typed(self.there)

    def act(self, data):
        actions.record_assessment(unit=self.unit, **data, by=self.request.user, now=timezone.now())

    def get_success_url(self):
        try:
            return reverse("internships:internship-detail", args=[UUID(self.request.GET.get("tirocinio", ""))])
        except ValueError:
            return reverse("internships:host-detail", args=[self.unit.host_id])

    def get_context_data(self, **kwargs):
        return super().get_context_data(unit=self.unit, there=self.there, up=self.get_success_url(), **kwargs)


class EvidenceFile(SignedInRequired, View):
    """The paper as it came: to the promoter's staff; of a workplace to the staff of all partners."""

    def get(self, request, pk):
        row = get_object_or_404(
            SafetyEvidence.objects.select_related("file", "internship__participation__person"), pk=pk
        )
        if row.file is None or not self.may_read(request.user, row):
            raise Http404
        if row.internship:
            note_opening(request, row.internship.participation.person, why=AccessReason.INTERNSHIP)
        return response(row.file)

    @staticmethod
    def may_read(user, row) -> bool:
        if row.internship:
            return can_work_on(user, row.internship)
        return can_see_board(user)


class AccidentReport(LifeForm):
    """By the intern or by the promoter's staff."""

    check = staticmethod(check_can_report_accident)
    template_name = "internships/accident_report.html"
    form_class = forms.AccidentForm
    title = _("Report an accident")
    button = _("Report the accident")
    done = _("Reported. The promoter has been written to.")

    def get_initial(self):
        here = timezone.localtime(self.now)
        return {"on": here.date(), "at": here.replace(second=0, microsecond=0).time()}

    def act(self, data):
        actions.report_accident(
            internship=self.internship,
            happened_at=timezone.make_aware(datetime.combine(data["on"], data["at"])),
            what=data["what"],
            certificate_on=data["certificate_on"],
            **self.whom,
        )


class OfPart(OfInternship):
    """A page about a row that hangs on an internship."""

    model = None

    def key(self, request, pk):
        self.row = get_object_or_404(self.model, pk=pk)
        return self.row.internship_id

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.row.internship = self.internship


class AccidentDetail(OfPart, LifeForm):
    """What happened, until when the insurer must know, and the medical certificate."""

    model = Accident
    template_name = "internships/accident_detail.html"
    form_class = forms.CertificateForm
    title = _("Accident")
    done = _("Noted. The day for the report has been counted anew.")

    def get(self, request, *args, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"certificate_on": self.row.certificate_on}

    def get_context_data(self, **kwargs):
        return super().get_context_data(accident=self.row, todo=self.row.todos.first(), **kwargs)

    def act(self, data):
        actions.note_certificate(accident=self.row, **data, **self.whom)


class ConcernRaise(LifeForm):
    """By the intern."""

    check = staticmethod(check_can_raise_concern)
    template_name = "internships/concern_raise.html"
    form_class = forms.ConcernForm
    title = _("Something is wrong")
    button = _("Send it")
    done = _("We have got it. Somebody calls you.")

    def act(self, data):
        actions.raise_concern(internship=self.internship, **data, **self.whom)


def _check_reads_concern(user, internship):
    if not (can_raise_concern(user, internship) or can_answer_concern(user, internship)):
        raise PermissionDenied


class ConcernDetail(OfPart, LifeForm):
    """What the intern wrote. Who is close to them answers; they read what was done."""

    model = Concern
    check = staticmethod(_check_reads_concern)
    template_name = "internships/concern_detail.html"
    form_class = forms.ConcernAnswerForm
    title = _("Something is wrong")
    button = _("Close it")
    done = _("Closed. The intern reads what was done.")

    def get(self, request, *args, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        may_answer = can_answer_concern(self.request.user, self.internship)
        may_answer = may_answer and self.row.closed_at is None
        return super().get_context_data(concern=self.row, may_answer=may_answer, **kwargs)

    def act(self, data):
        actions.close_concern(concern=self.row, **data, **self.whom)


class VisitPlan(LifeForm):
    form_class = forms.VisitForm
    title = _("Plan a visit")
    lead = _("You see it among the visits, and write there how it goes.")
    done = _("Planned.")

    def act(self, data):
        actions.plan_visit(internship=self.internship, **data, **self.whom)


class VisitDetail(OfPart, LifeForm):
    """Write down how it goes, or take the visit off."""

    model = Visit
    template_name = "internships/visit_detail.html"
    form_class = forms.VisitHeldForm
    title = _("Visit to the workplace")
    done = _("Written down.")

    def get_initial(self):
        return {"held_on": self.row.held_on or min(self.row.planned_on, timezone.localdate()), "found": self.row.found}

    def get_context_data(self, **kwargs):
        return super().get_context_data(visit=self.row, **kwargs)

    def act(self, data):
        actions.record_visit(visit=self.row, **data, **self.whom)


class VisitDrop(OfPart, View):
    model = Visit

    def post(self, request, **kwargs):
        attempt(
            request,
            lambda: actions.drop_visit(visit=self.row, by=request.user, now=self.now),
            _("Taken off."),
        )
        return redirect(self.get_success_url())
