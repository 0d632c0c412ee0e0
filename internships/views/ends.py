"""The end: attestation, dossier, what became of the intern, and the pages that open by a link."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from accounts.access import SignedInRequired, note_opening
from foundation.documents import pdf
from foundation.documents.serving import handed_out
from foundation.privacy.enums import AccessReason
from internships import actions, rules
from internships.forms import ends as forms
from internships.models import EndPaper
from internships.permissions import can_see
from internships.queries import ends as queries
from internships.queries.places import what_counts
from internships.views.life import LifeForm, OfInternship
from migwork.acting import ActingForm
from migwork.attempts import attempt
from migwork.by_link import ByLink


class Outcome(LifeForm):
    """What became of the intern."""

    template_name = "internships/outcome.html"
    form_class = forms.OutcomeForm
    title = gettext_lazy("What became of it")
    lead = gettext_lazy("Six months on the intern is asked once more, by a link.")
    done = gettext_lazy("Noted.")

    def get_initial(self):
        outcome = getattr(self.internship, "outcome", None)
        names = ("kind", "hired_on", "contract_months", "part_time_share")
        return {name: getattr(outcome, name) for name in names} if outcome else {}

    def get_context_data(self, **kwargs):
        counts = what_counts(rules.values(timezone.localdate(self.now)))
        return super().get_context_data(counts=counts, **kwargs)

    def act(self, data):
        actions.record_outcome(internship=self.internship, **data, **self.whom)


class Later(LifeForm):
    """What the promoter has heard six months on."""

    template_name = "internships/later_note.html"
    form_class = forms.LaterNoteForm
    title = gettext_lazy("Six months later")
    lead = gettext_lazy("For who did not answer by the link: what you heard when you called.")
    done = gettext_lazy("Noted.")

    def get_initial(self):
        later = getattr(self.internship, "later", None)
        return {"kind": later.kind} if later else {}

    def get_context_data(self, **kwargs):
        since = actions.later_from(self.internship)
        return super().get_context_data(since=since, early=timezone.localdate(self.now) < since, **kwargs)

    def act(self, data):
        actions.note_later(internship=self.internship, **data, **self.whom)


class Attestation(LifeForm):
    """The competences that the paper names."""

    form_class = forms.AttestationForm
    title = gettext_lazy("Final attestation")
    lead = gettext_lazy("It says dates, hours and competences, and is made once: the intern is told.")
    button = gettext_lazy("Make the attestation")
    done = gettext_lazy("The attestation is ready. The intern has been told.")

    def get_initial(self):
        return {"competences": "\n".join(queries.competences_of(self.internship))}

    def act(self, data):
        try:
            actions.issue_attestation(internship=self.internship, **data, **self.whom)
        except pdf.Unavailable as error:
            raise ValidationError(str(error)) from error


class AttestationWithdraw(LifeForm):
    """Something in it was wrong: it holds no more."""

    form_class = forms.WithdrawForm
    title = gettext_lazy("Withdraw the attestation?")
    lead = gettext_lazy("It holds no more, and who checks it reads that. The intern is told; then you make another.")
    button = gettext_lazy("Withdraw it")
    done = gettext_lazy("Withdrawn. The intern has been told.")

    def act(self, data):
        actions.withdraw_attestation(internship=self.internship, **data, **self.whom)


class Dossier(OfInternship, View):
    """All that shows what was learnt, as one PDF."""

    def post(self, request, **kwargs):
        def make():
            try:
                actions.make_dossier(internship=self.internship, by=request.user, now=self.now)
            except pdf.Unavailable as error:
                raise ValidationError(str(error)) from error

        attempt(request, make, _("The dossier is ready. The intern has been told."))
        return redirect(self.get_success_url())


class Paper(SignedInRequired, View):
    """Attestation or dossier: to the intern, the promoter's staff and operators."""

    def get(self, request, pk):
        rows = EndPaper.objects.select_related("document", "internship__participation__person")
        paper = get_object_or_404(rows, pk=pk)
        if not can_see(request.user, paper.internship):
            raise Http404
        note_opening(request, paper.internship.participation.person, why=AccessReason.INTERNSHIP)
        return handed_out(request, paper.document)


class PaperByLink(ByLink, TemplateView):
    """The copy of whoever represents a minor: a page first, the paper by its button."""

    limited_as = "internship_link"
    template_name = "internships/paper_by_link.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.paper = queries.paper_of_link(kwargs["token"])
        if self.paper is None:
            raise Http404

    def limit_key(self):
        return str(self.paper.pk)

    def post(self, request, *args, **kwargs):
        return handed_out(request, self.paper.document)

    def get_context_data(self, **kwargs):
        return super().get_context_data(paper=self.paper, **kwargs)


class LaterByLink(ByLink, ActingForm):
    """Six months on: one question. Opening it changes nothing, and nothing here says whose it is."""

    limited_as = "internship_link"
    form_class = forms.LaterForm
    template_name = "internships/later.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.later = queries.later_of_link(kwargs["token"])
        if self.later is None:
            raise Http404

    def limit_key(self):
        return str(self.later.pk)

    def act(self, data):
        actions.answer_later(later=self.later, **data, now=timezone.now())

    def get_success_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        closed = actions.is_past(self.later, timezone.now())
        return super().get_context_data(later=self.later, closed=closed, **kwargs)
