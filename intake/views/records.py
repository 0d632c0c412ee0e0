"""The records themselves: two of one person made one, and a code on paper with which somebody takes over theirs."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.access import note_opening
from accounts.actions import make_claim_code, merge, undo_merge
from accounts.models import PersonMerge, YoungPerson
from accounts.queries import merge_preview, obstacles
from foundation.privacy.enums import AccessReason
from intake import queries
from intake.forms import MergeForm, UndoMergeForm
from intake.views.base import OfPerson, OperatorRequired, file_url
from migwork.acting import ActingForm
from migwork.errors import NotNow
from migwork.links import absolute_url


class ClaimLetter(OfPerson, TemplateView):
    """A letter with the code with which somebody takes over their record: made by the button, shown this once."""

    template_name = "intake/claim_letter.html"

    def post(self, request, *args, **kwargs):
        person = self.participation.person
        try:
            code = make_claim_code(person=person, by=request.user, now=self.now)
        except NotNow as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(file_url(self.participation))
        return self.render_to_response(self.get_context_data(code=code))

    def get_context_data(self, code="", **kwargs):
        ends = timezone.localdate(self.now) + timedelta(days=settings.CLAIM_DAYS)
        page = absolute_url("account_claim")
        return super().get_context_data(code=code, ends=ends, claim_page=page, **kwargs)


class SameAs(OfPerson, TemplateView):
    """Who may be the same person as this one. A name is searched by POST: names do not belong into addresses."""

    template_name = "intake/same_as.html"

    def get_context_data(self, text="", **kwargs):
        person = self.participation.person
        if text:
            likely = queries.others_called(text, self.request.user, but=person)
        else:
            likely = queries.likely_the_same_as(person)
        return super().get_context_data(q=text, likely=likely, **kwargs)

    def post(self, request, *args, **kwargs):
        text = request.POST.get("q", "").strip()[:100]
        return self.render_to_response(self.get_context_data(text=text, **kwargs))


class MergePreview(OfPerson, ActingForm):
    """What goes where, as a table, before two records are made one."""

    template_name = "intake/merge_preview.html"
    form_class = MergeForm
    done = _("They are one person now. You can undo it from the file.")
    beside = {"reason": "reason"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        people = YoungPerson.objects.select_related("user").in_bulk([self.participation.person_id, kwargs["other"]])
        self.kept = people[self.participation.person_id]
        self.other = people.get(kwargs["other"])
        if self.other is None:
            raise Http404

    def get(self, request, *args, **kwargs):
        note_opening(request, self.kept, self.other, why=AccessReason.DESK)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        reasons = obstacles(self.kept, self.other)
        return super().get_context_data(
            kept=self.kept,
            other=self.other,
            obstacles=reasons,
            rows=[] if reasons else merge_preview(self.kept, self.other),
            other_way=queries.latest_way(self.other),
            **kwargs,
        )

    def act(self, data):
        merge(kept=self.kept, merged=self.other, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return file_url(queries.latest_way(self.kept))


class MergeUndo(OperatorRequired, ActingForm):
    """Take two records apart again."""

    template_name = "intake/merge_undo.html"
    form_class = UndoMergeForm
    done = _("They are two people again.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = PersonMerge.objects.select_related("kept", "merged", "by").defer("moves", "values")
        self.merge = get_object_or_404(rows, pk=kwargs["pk"])
        self.way = queries.latest_way(self.merge.kept)

    def get(self, request, *args, **kwargs):
        if self.merge.undone_at:
            messages.info(request, _("These two were taken apart already."))
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(merge=self.merge, file_url=file_url(self.way), **kwargs)

    def act(self, data):
        undo_merge(merge=self.merge, by=self.request.user, now=timezone.now())

    def get_success_url(self):
        return file_url(queries.latest_way(self.merge.kept) or queries.latest_way(self.merge.merged))
