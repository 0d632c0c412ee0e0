"""The summary of an interview: the operator hands it over, the young person takes it along."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import SignedInRequired, note_opening
from foundation.documents.pdf import Unavailable
from foundation.questionnaires.queries import shareable
from intake import actions, queries
from intake.forms import SummaryForm
from intake.models import Interview, InterviewSummary
from intake.permissions import can_read_talks
from intake.views.base import reason_to_open
from intake.views.interviews import OfInterview
from migwork.acting import ActingForm


class SummaryCreate(OfInterview, ActingForm):
    """All that may go into it, to read together first."""

    template_name = "intake/interview_summary.html"
    form_class = SummaryForm
    done = _("Handed over: it stands below their plan, and they get a message.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.shown = shareable(self.interview.sheet, get_language())

    def get(self, request, *args, **kwargs):
        participation = self.interview.participation
        note_opening(request, participation.person, why=reason_to_open(request.user, participation))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "choices": [(row["key"], row["title"]) for row in self.shown]}

    def act(self, data):
        actions.hand_over_summary(
            interview=self.interview, sections=data["sections"], by=self.request.user, now=self.now
        )

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Unavailable as reason:
            messages.error(self.request, str(reason))
            return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self):
        return reverse("intake:interview-detail", args=[self.interview.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **self.context(shown=self.shown, summary=queries.summary_of(self.interview)), **kwargs
        )


class SummaryPaper(SignedInRequired, View):
    """The PDF: for the young person themselves, and for the case team."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = InterviewSummary.objects.select_related("document", "interview__participation__person")
        self.summary = get_object_or_404(rows.exclude(document__file=""), interview=kwargs["pk"])
        mine = self.summary.interview.participation.person.user_id == request.user.pk
        theirs = Interview.objects.visible_to(request.user).filter(pk=kwargs["pk"])
        if not mine and not (can_read_talks(request.user) and theirs.exists()):
            raise Http404

    def get(self, request, pk):
        participation = self.summary.interview.participation
        note_opening(request, participation.person, why=reason_to_open(request.user, participation))
        answer = FileResponse(
            self.summary.document.file.open("rb"),
            as_attachment=True,
            filename=str(_("summary")) + ".pdf",
            content_type="application/pdf",
        )
        answer["Cache-Control"] = "private, no-store"
        return answer
