"""The questions about an activity: signed in, or by the link of the invitation. Opening the page changes nothing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from foundation.questionnaires.actions import Conflict
from foundation.questionnaires.forms import section_form
from foundation.questionnaires.queries import words
from migwork.attempts import attempt
from migwork.by_link import ByLink
from pathways import actions, permissions
from pathways.enums import AskedMoment
from pathways.queries import assessments
from pathways.views.enrolment import EnrolmentPage


class Questions(View):
    """One form at a time: finish, go on another time, or leave it out. Then what comes next, or thanks."""

    by = None

    def load(self):
        self.now = timezone.now()
        self.asked = assessments.asked_about(self.enrolment, timezone.localdate(self.now))
        wanted = self.request.POST.get("moment") or self.request.GET.get("domande")
        open_now = (*self.asked.due, *self.asked.skipped)
        self.moment = AskedMoment(wanted) if wanted in open_now else self.asked.next
        if self.moment:
            row = self.asked.rows.get(self.moment)
            self.sheet = row.sheet if row else None
            self.version = assessments.form_of(self.moment, self.sheet)
            self.section = self.version.definition["sections"][0]
            self.form_class = section_form(self.version, self.section["key"], get_language())

    def get(self, request, *args, **kwargs):
        self.load()
        return self.page(self.begun() if self.moment else None)

    def begun(self):
        return self.form_class.of(self.sheet, self.section["key"]) if self.sheet and self.by else self.form_class()

    def post(self, request, *args, **kwargs):
        self.load()
        if not self.moment or request.POST.get("moment") not in (None, "", self.moment):
            messages.info(request, _("These questions are closed. It does not matter."))
            return HttpResponseRedirect(request.path)
        if "skip" in request.POST:
            attempt(request, self.skip, _("Left out. Nobody will ask you again."))
            return HttpResponseRedirect(request.path)
        form = self.form_class(request.POST)
        return self.answer(form) if form.is_valid() else self.page(form)

    def skip(self):
        actions.skip_assessment(enrolment=self.enrolment, moment=self.moment, by=self.by, now=self.now)

    def answer(self, form):
        finish = "later" not in self.request.POST
        try:
            actions.answer_assessment(
                enrolment=self.enrolment,
                moment=self.moment,
                section=self.section["key"],
                answers=form.answers,
                version=form.cleaned_data["version"] or 0,
                finish=finish,
                by=self.by,
                now=self.now,
            )
        except Conflict:
            messages.warning(
                self.request, _("You have answered in another window meanwhile: here is what stands there.")
            )
            return HttpResponseRedirect(self.request.path)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.page(form)
        return self.answered(finish)

    def answered(self, finish):
        if not finish:
            messages.success(self.request, _("Saved. Go on whenever you like."))
        return HttpResponseRedirect(self.request.path)

    def page(self, form):
        context = {
            "enrolment": self.enrolment,
            "run": self.enrolment.run,
            "form": form,
            "moment": self.moment,
            "intro": words(self.section.get("intro"), get_language()) if self.moment else "",
            "skipped": self.asked.skipped,
            "has_answered": any(row.done_at for row in self.asked.rows.values()),
            "by_link": self.by is None,
        }
        return render(self.request, "pathways/assessment.html", context)


class EnrolmentQuestions(EnrolmentPage, Questions):
    """Of an enrolment of one's own, signed in."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.by = request.user

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            permissions.check_can_assess(request.user, self.enrolment)
        return super().dispatch(request, *args, **kwargs)

    def answered(self, finish):
        if finish:
            return super().answered(finish)
        messages.success(self.request, _("Saved. Go on whenever you like."))
        return redirect("pathways:enrolment-detail", pk=self.enrolment.pk)


class QuestionsByLink(ByLink, Questions):
    """By the link of an invitation: it names the activity, and shows no answers that were given before."""

    limited_as = "assessment_link"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.enrolment = assessments.enrolment_of_assessment(kwargs["token"])
        if self.enrolment is None:
            raise Http404

    def limit_key(self):
        return str(self.enrolment.pk)
