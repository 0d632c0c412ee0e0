"""Interviews: section by section, saved as one types; then read, closed, added to."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.access import note_opening
from foundation.questionnaires import queries as questionnaires
from foundation.questionnaires.actions import Conflict
from foundation.questionnaires.forms import section_form
from intake import actions, queries
from intake.forms import AdditionForm
from intake.permissions import check_can_read_talks
from intake.views.base import OfPerson, OperatorRequired, about_person, file_url, reason_to_open
from migwork.attempts import attempt


class InterviewStart(OfPerson, View):
    """Open an interview, or go on with the open one."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        check_can_read_talks(request.user)
        interview = queries.open_interview(self.participation)
        if interview is None and not attempt(
            request,
            lambda: actions.start_interview(participation=self.participation, by=request.user, now=self.now),
        ):
            return HttpResponseRedirect(file_url(self.participation, "colloqui"))
        interview = queries.open_interview(self.participation)
        first = queries.first_open_section(interview)
        return HttpResponseRedirect(reverse("intake:interview-section", args=[interview.pk, first]))


class OfInterview(OperatorRequired):
    """A page about one interview; talks are read by operators only, not by administrators."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.interview = queries.interview_for(request.user, kwargs["pk"])
        if self.interview is None:
            raise Http404
        check_can_read_talks(request.user)

    def context(self, **more):
        """What every page of an interview shows: whose it is, the sections and their state."""
        return {
            **about_person(self.interview.participation),
            "interview": self.interview,
            "sections": questionnaires.states(self.interview.sheet, get_language()),
            "saved_at": self.interview.sheet.saved_at,
            **more,
        }


class InterviewDetail(OfInterview, TemplateView):
    """All answers to read; an open interview is closed from here."""

    template_name = "intake/interview_detail.html"

    def get(self, request, *args, **kwargs):
        participation = self.interview.participation
        note_opening(request, participation.person, why=reason_to_open(request.user, participation))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **self.context(
                sections=questionnaires.sections(self.interview.sheet, get_language()),
                special_rules=queries.special_rules_for(self.interview.participation.person),
                missing=questionnaires.unfinished(self.interview.sheet, get_language()),
                summary=queries.summary_of(self.interview) if self.interview.completed_at else None,
                addenda=queries.addenda_of(self.interview),
                addition=kwargs.pop("addition", None) or AdditionForm(),
                derived=queries.derived_from(self.interview, on=timezone.localdate(self.now)),
            ),
            **kwargs,
        )


class InterviewSection(OfInterview, View):
    """One section: typed, saved as one types, saved again with the button."""

    @classmethod
    def as_view(cls, **initkwargs):
        view = super().as_view(**initkwargs)

        @wraps(view)
        def keeping_the_page(request, *args, **kwargs):
            if request.htmx and not request.user.is_authenticated:
                # To go to the sign-in page now would throw away what is on the screen.
                return render(request, "intake/_interview_signed_out.html", {"back": request.path})
            return view(request, *args, **kwargs)

        return keeping_the_page

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        try:
            self.form_class = section_form(self.interview.sheet.questionnaire, kwargs["section"], get_language())
        except KeyError:
            raise Http404 from None

    def get(self, request, pk, section):
        if self.interview.completed_at:
            return HttpResponseRedirect(reverse("intake:interview-detail", args=[pk]))
        if self.interview.by_id != request.user.pk:
            # Whoever writes it goes from section to section; a colleague reads.
            participation = self.interview.participation
            note_opening(request, participation.person, why=reason_to_open(request.user, participation))
        known = queries.known_of(self.interview.participation.person)
        return self.page(self.form_class.of(self.interview.sheet, section, known=known))

    def post(self, request, pk, section):
        if "viewed" in request.POST:
            return self.viewed()
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.answer(form, trouble="invalid")
        try:
            version = actions.save_interview_section(
                interview=self.interview,
                section=section,
                answers=form.answers,
                version=form.cleaned_data["version"],
                by=request.user,
                now=self.now,
            )
        except Conflict as conflict:
            return self.answer(form, trouble="conflict", conflict=conflict)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.answer(form, trouble="refused")
        if request.htmx:
            return self.saved(version)
        return HttpResponseRedirect(self.following())

    def answer(self, form, trouble, conflict=None):
        """The page again with what was typed; to a save while typing only the word why not."""
        if self.request.htmx:
            return render(self.request, "intake/_interview_saved.html", {"trouble": trouble, "form": form})
        stored = []
        if conflict:
            # What is stored now stands beside what was typed; saving again is a choice then.
            form.data = form.data.copy()
            form.data["version"] = conflict.stored_version
            stored = queries.shown_answers(self.interview.sheet, self.kwargs["section"], conflict.stored_answers)
        return self.page(form, conflict=conflict, stored=stored)

    def saved(self, version):
        """The answer to a save while typing. X-Saved tells the browser that it need not keep the words any longer."""
        context = {
            "saved_at": self.interview.sheet.saved_at,
            "trouble": "",
            "version": version,
            "section": self.section(),
            "derived": self.derived(),
        }
        answer = render(self.request, "intake/_interview_saved.html", context)
        answer["X-Saved"] = "yes"
        return answer

    def viewed(self):
        """The page has been open for a moment: that is told here, for opening it writes nothing."""
        if self.interview.completed_at is None:
            actions.view_interview_section(
                interview=self.interview, section=self.kwargs["section"], by=self.request.user, now=self.now
            )
        return render(self.request, "intake/_interview_viewed.html", {"section": self.section()})

    def derived(self):
        return queries.derived_from(self.interview, on=timezone.localdate(self.now), section=self.kwargs["section"])

    def page(self, form, **more):
        return render(
            self.request,
            "intake/interview_section.html",
            self.context(
                form=form,
                section=self.section(),
                derived=self.derived(),
                derived_after=queries.derived_after(form.fields),
                trouble="",
                **{"conflict": None, "stored": [], **more},
            ),
        )

    def section(self):
        return next(
            row
            for row in questionnaires.states(self.interview.sheet, get_language())
            if row["key"] == self.kwargs["section"]
        )

    def following(self):
        """The section after this one; after the last, the whole to read and close."""
        keys = [row["key"] for row in self.interview.sheet.questionnaire.definition["sections"]]
        here = keys.index(self.kwargs["section"])
        if "stay" in self.request.POST:
            return self.request.path
        if here + 1 == len(keys):
            return reverse("intake:interview-detail", args=[self.interview.pk])
        return reverse("intake:interview-section", args=[self.interview.pk, keys[here + 1]])


class InterviewComplete(OfInterview, View):
    """Close the interview: from then on it is only read."""

    http_method_names = ["post"]

    def post(self, request, pk):
        done = attempt(
            request,
            lambda: actions.complete_interview(interview=self.interview, by=request.user, now=self.now),
            _("Interview closed. Now the plan?"),
        )
        if done:
            return HttpResponseRedirect(file_url(self.interview.participation))
        return HttpResponseRedirect(reverse("intake:interview-detail", args=[pk]))


class InterviewAdd(OfInterview, View):
    """Add to a closed interview; a refused addition comes back with what was typed."""

    http_method_names = ["post"]

    def post(self, request, pk):
        form = AdditionForm(request.POST)
        if form.is_valid():
            try:
                actions.add_to_interview(interview=self.interview, **form.cleaned_data, by=request.user, now=self.now)
            except ValidationError as refusal:
                form.add_error("text", refusal)
        if form.errors:
            page = InterviewDetail()
            page.setup(request, pk=pk)
            return page.render_to_response(page.get_context_data(addition=form))
        messages.success(request, _("Added."))
        return HttpResponseRedirect(reverse("intake:interview-detail", args=[pk]) + "#aggiunte")
