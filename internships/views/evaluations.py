"""What intern and host say at the end, a part a page: by a link, and the intern also signed in."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import SignedInRequired, note_opening
from foundation.privacy.enums import AccessReason
from foundation.questionnaires.actions import Conflict
from foundation.questionnaires.forms import section_form
from foundation.questionnaires.queries import states
from internships import actions
from internships.enums import EvaluationSide
from internships.models import Evaluation
from internships.permissions import can_answer_concern, can_work_on, check_can_say_days
from internships.queries import ends as queries
from internships.views.life import OfInternship
from migwork.attempts import attempt
from migwork.by_link import ByLink


class EvaluationPage(View):
    """One part at a time, kept as one types. The last page sends it all.

    `shows`: whether whoever opens it reads what stands there from before. A host sees its own words until they are
    sent; the intern's only the intern, signed in: a link may fall into other hands.
    """

    by = None
    shows = True

    def load(self):
        """From `self.evaluation`: its parts, and the one that this page is about (none: the page that sends it)."""
        self.parts = states(self.evaluation.sheet, get_language())
        wanted = self.request.POST.get("parte") or self.request.GET.get("parte")
        answered = self.evaluation.sheet.answers
        first_open = next((part for part in self.parts if not answered.get(part["key"])), None)
        self.is_empty = wanted == "fine" and not any(answered.values())
        if wanted == "fine" and not self.is_empty:
            first_open = None
        self.part = next((part for part in self.parts if part["key"] == wanted), first_open)
        if self.part:
            form_class = section_form(self.evaluation.sheet.questionnaire, self.part["key"], get_language())
            self.form_class = form_class

    def get(self, request, *args, **kwargs):
        self.load()
        return self.page(self.begun() if self.part else None)

    def begun(self):
        if self.shows:
            return self.form_class.of(self.evaluation.sheet, self.part["key"])
        return self.form_class(initial={"version": self.part["version"]})

    def post(self, request, *args, **kwargs):
        self.now = timezone.now()
        self.load()
        if "finish" in request.POST:
            return self.finish()
        form = self.part and self.form_class(request.POST)
        if form is None or not form.is_valid():
            return self.page(form)
        try:
            version = self.keep(form)
        except Conflict as conflict:
            return self.stale(form, conflict)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.page(form)
        return self.kept(version) if request.htmx else HttpResponseRedirect(self.following())

    def keep(self, form):
        return actions.answer_evaluation(
            evaluation=self.evaluation,
            section=self.part["key"],
            answers=form.answers,
            version=form.cleaned_data["version"] or 0,
            adds="adds" in self.request.POST,
            now=self.now,
        )

    def kept(self, version):
        """The answer to a save while one types: the hour, and the version that the next one begins from."""
        context = {"saved_at": self.now, "version": version, "trouble": ""}
        return render(self.request, "internships/_evaluation_saved.html", context)

    def stale(self, form, conflict):
        """Another window saved meanwhile: what was typed here stays in the form, to be sent again or not."""
        if self.request.htmx:
            return render(self.request, "internships/_evaluation_saved.html", {"trouble": "conflict"})
        form.data = form.data.copy()
        form.data["version"] = conflict.stored_version
        stored = queries.said_in(self.evaluation, self.part["key"], conflict.stored_answers) if self.shows else []
        return self.page(form, conflict=True, stored=stored)

    def finish(self):
        finish = actions.finish_evaluation
        attempt(self.request, lambda: finish(evaluation=self.evaluation, by=self.by, now=self.now))
        return HttpResponseRedirect(self.request.path)

    def following(self):
        """The part after this one; after the last, the page that sends it all."""
        keys = [part["key"] for part in self.parts]
        after = keys[keys.index(self.part["key"]) + 1 :]
        return f"{self.request.path}?parte={after[0] if after else 'fine'}"

    def page(self, form, conflict=False, stored=()):
        return render(
            self.request,
            "internships/evaluation.html",
            {
                "evaluation": self.evaluation,
                "internship": self.evaluation.internship,
                "host": self.evaluation.internship.unit.host,
                "called": self.evaluation.internship.participation.person.short_name,
                "form": form,
                "part": self.part if form else None,
                "adds": bool(form and not self.shows and self.part["version"]),
                "is_empty": self.is_empty,
                "conflict": conflict,
                "stored": stored,
                "is_last": self.part is self.parts[-1],
                "by_link": self.by is None,
                "up": reverse("internships:internship-detail", args=[self.evaluation.internship_id]),
                "steps": [self.step(part, form) for part in self.parts],
                "saved_at": self.evaluation.sheet.saved_at if self.evaluation.sheet.answers else None,
            },
        )

    def step(self, part, form):
        here = form is not None and part is self.part
        answered = bool(self.evaluation.sheet.answers.get(part["key"]))
        return {
            "label": part["title"],
            "state": "going" if here else "done" if answered else "todo",
            "url": "" if here else f"?parte={part['key']}",
        }


class EvaluationByLink(ByLink, EvaluationPage):
    """By the link of the message."""

    limited_as = "evaluation_link"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.evaluation = queries.evaluation_of_link(kwargs["token"])
        if self.evaluation is None:
            raise Http404
        self.shows = self.evaluation.side == EvaluationSide.HOST

    def limit_key(self):
        return str(self.evaluation.pk)


class MyEvaluation(OfInternship, EvaluationPage):
    """Of the intern, signed in."""

    check = staticmethod(check_can_say_days)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.by = request.user
        found = Evaluation.objects.filter(internship=self.internship, side=EvaluationSide.INTERN)
        self.evaluation = get_object_or_404(queries.whole_evaluations(found))


class EvaluationAgain(OfInternship, View):
    """The link once more, to who says that it never came."""

    http_method_names = ["post"]

    def key(self, request, pk):
        self.evaluation = get_object_or_404(Evaluation, pk=pk)
        return self.evaluation.internship_id

    def post(self, request, **kwargs):
        def send():
            if not actions.send_evaluation_again(evaluation=self.evaluation, by=request.user, now=self.now):
                raise ValidationError(_("Nothing was sent: there is no address, or it left today already."))

        attempt(request, send, _("The link has been sent again."))
        return redirect(self.get_success_url())


class EvaluationDetail(SignedInRequired, View):
    """What one side said, finished: to the promoter's staff and operators; the host's words also to the intern."""

    def get(self, request, pk):
        found = Evaluation.objects.filter(pk=pk, done_at__isnull=False)
        evaluation = get_object_or_404(queries.whole_evaluations(found))
        internship = evaluation.internship
        mine = internship.participation.person.user_id == request.user.pk
        if not (mine or can_work_on(request.user, internship) or can_answer_concern(request.user, internship)):
            raise Http404
        note_opening(request, internship.participation.person, why=AccessReason.INTERNSHIP)
        context = {
            "evaluation": evaluation,
            "parts": queries.said(evaluation),
            "person": internship.participation.person,
            "is_mine": mine,
            "up": reverse("internships:internship-detail", args=[internship.pk]),
        }
        return render(request, "internships/evaluation_detail.html", context)
