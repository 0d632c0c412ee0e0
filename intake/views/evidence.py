"""Files beside a step of the plan: the young person's page and the operator's are the same."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import SignedInRequired, note_opening
from foundation.files.serving import response
from intake import actions
from intake.forms import EvidenceForm
from intake.models import StepEvidence
from intake.permissions import check_can_add_evidence, check_can_remove_evidence
from intake.views.base import WHOSE_STEP, OfStep, file_url, reason_to_open
from migwork.acting import ActingForm
from migwork.attempts import attempt


class BesideStep(SignedInRequired):
    """A page about what lies beside a step: the young person's own, or an operator's."""

    def check(self, user, step):
        self.now = timezone.now()
        self.participation = step.goal.plan.participation
        self.mine = self.participation.person.user_id == user.pk
        check_can_add_evidence(user, self.participation)

    def note_opening(self, request):
        note_opening(request, self.participation.person, why=reason_to_open(request.user, self.participation))

    def page_url(self):
        return reverse("intake:step-evidence", args=[self.step.pk])


class StepFiles(BesideStep, OfStep, ActingForm):
    """The files beside a step, and a form for one more."""

    template_name = "intake/step_files.html"
    form_class = EvidenceForm
    done = _("The file is there.")

    def get(self, request, *args, **kwargs):
        self.note_opening(request)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        files = self.step.evidence.filter(file__isnull=False).select_related("file", "added_by")
        back = reverse("intake:my-plan") if self.mine else file_url(self.participation, "piano")
        person = self.participation.person
        return super().get_context_data(
            step=self.step, files=files, mine=self.mine, person=person, plan_url=back, **kwargs
        )

    def act(self, data):
        actions.add_evidence(action=self.step, upload=data["file"], by=self.request.user, now=self.now)

    def get_success_url(self):
        return self.page_url()


class OfEvidence(BesideStep, View):
    """One file beside a step."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = StepEvidence.objects.visible_to(request.user).select_related(
            "file", *(f"action__{name}" for name in WHOSE_STEP)
        )
        self.evidence = get_object_or_404(rows, pk=kwargs["pk"])
        self.step = self.evidence.action
        self.check(request.user, self.step)


class EvidenceFile(OfEvidence):
    """The file itself, to be saved."""

    http_method_names = ["get", "head"]

    def get(self, request, pk):
        if self.evidence.file is None:
            raise Http404
        self.note_opening(request)
        return response(self.evidence.file)


class EvidenceRemove(OfEvidence):
    """Take a file away again."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_remove_evidence(request.user, self.evidence)

    def post(self, request, pk):
        attempt(
            request,
            lambda: actions.remove_evidence(evidence=self.evidence, by=request.user, now=self.now),
            _("Taken away."),
        )
        return HttpResponseRedirect(self.page_url())
