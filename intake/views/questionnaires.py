"""The forms themselves, written by coordinators: a draft, part by part, then published as the next version."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.access import RolesRequired
from accounts.enums import Role
from foundation.questionnaires import actions
from foundation.questionnaires.actions import ChangedMeanwhile
from foundation.questionnaires.definitions import differences, fingerprint, part_of, problems
from foundation.questionnaires.models import Questionnaire, QuestionnaireDraft
from foundation.questionnaires.queries import forms_in_use, outline, rules_on, words
from intake.forms.questionnaires import FIRST, QuestionForm, SectionWordsForm, TitleForm
from migwork.attempts import attempt


def read(text) -> str:
    """`text` in the reader's language."""
    return words(text, get_language() or FIRST)


class EditorRequired(RolesRequired):
    """Coordinators write the forms; administrators stand in."""

    roles = frozenset({Role.COORDINATOR})


class QuestionnaireList(EditorRequired, TemplateView):
    """All forms, with the version in use and the draft of the next."""

    template_name = "intake/questionnaire_list.html"

    def get_context_data(self, **kwargs):
        forms = [(row, read(row.title)) for row in forms_in_use()]
        return super().get_context_data(forms=forms, **kwargs)


class OfForm(EditorRequired):
    """A page about one form, by its key; its draft, if there is one."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        versions = Questionnaire.objects.filter(key=kwargs["key"]).order_by("-version")
        self.current = versions.first()
        if self.current is None:
            raise Http404
        self.draft = QuestionnaireDraft.objects.filter(key=kwargs["key"]).select_related("changed_by").first()

    def home(self):
        return reverse("intake:questionnaire", args=[self.kwargs["key"]])

    def get_context_data(self, **kwargs):
        form_title = read((self.draft or self.current).title)
        return super().get_context_data(current=self.current, draft=self.draft, form_title=form_title, **kwargs)


class QuestionnaireDetail(OfForm, TemplateView):
    """The draft with all that can be done to it; without one, the version in use."""

    template_name = "intake/questionnaire_detail.html"

    def get_context_data(self, **kwargs):
        shown = self.draft or self.current
        changes = []
        if self.draft:
            changes = differences(self.current.definition, self.draft.definition, read)
            if self.draft.title != self.current.title:
                changes.insert(0, _("The name changed"))
        return super().get_context_data(
            sections=outline(shown, get_language()),
            changes=changes,
            problems=problems(shown.definition, read) if self.draft else [],
            **kwargs,
        )


class QuestionnaireVersion(OfForm, TemplateView):
    """An older version, to read."""

    template_name = "intake/questionnaire_version.html"

    def get_context_data(self, **kwargs):
        shown = get_object_or_404(Questionnaire, key=self.kwargs["key"], version=self.kwargs["version"])
        return super().get_context_data(shown=shown, sections=outline(shown, get_language()), **kwargs)


class DraftStart(OfForm, View):
    """Begin the next version."""

    http_method_names = ["post"]

    def post(self, request, key):
        attempt(request, lambda: actions.start_draft(key=key, by=request.user, now=self.now))
        return HttpResponseRedirect(self.home())


class OfDraft(OfForm):
    """A page that changes the draft; where there is none any more, back to the form."""

    def dispatch(self, request, *args, **kwargs):
        if self.draft is None:
            messages.error(request, _("There is no draft: begin a new version first."))
            return HttpResponseRedirect(self.home())
        return super().dispatch(request, *args, **kwargs)


class DraftStep(OfDraft, View):
    """A button: up, down, out, publish, throw away."""

    http_method_names = ["post"]

    def post(self, request, key):
        step = getattr(self, f"do_{request.POST.get('step', '')}", None)
        if step is None:
            raise Http404
        try:
            attempt(request, step)
        except ChangedMeanwhile:
            messages.error(request, _("Somebody else has just changed this: here is how it stands now."))
        anchor = request.POST.get("section", "")
        return HttpResponseRedirect(f"{self.home()}#{anchor}" if anchor.isidentifier() else self.home())

    @property
    def part(self) -> dict:
        return {name: self.request.POST.get(name, "") for name in ("section", "question")}

    @property
    def common(self) -> dict:
        return {"draft": self.draft, "by": self.request.user, "now": self.now}

    def revision(self) -> int:
        number = self.request.POST.get("revision", "")
        return int(number) if number.isdecimal() and len(number) < 10 else -1

    def do_up(self):
        actions.move_part(**self.part, steps=-1, **self.common)

    def do_down(self):
        actions.move_part(**self.part, steps=1, **self.common)

    def do_out(self):
        actions.take_out(**self.part, seen=self.request.POST.get("seen", ""), **self.common)
        messages.success(self.request, _("Taken out of the next version."))

    def do_publish(self):
        published = actions.publish_draft(revision=self.revision(), **self.common)
        messages.success(self.request, _("Version %(number)s is in use from now on.") % {"number": published.version})

    def do_drop(self):
        actions.drop_draft(revision=self.revision(), **self.common)
        messages.success(self.request, _("The draft is thrown away. The version in use stays as it is."))


class PartEdit(OfDraft, FormView):
    """A part of the draft in a form. Whoever comes second sees both wordings and decides."""

    # How it stands now, when somebody else has changed it since this page was opened.
    stored = None

    def get_initial(self):
        return {**self.initial_of(self.found()), "seen": fingerprint(self.found())}

    def form_valid(self, form):
        try:
            self.save(form)
        except ChangedMeanwhile as conflict:
            return self.both(form, conflict.stored)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved in the draft."))
        return HttpResponseRedirect(f"{self.home()}#{self.kwargs.get('section', '')}")

    def both(self, form, stored):
        """Nothing is overwritten: what was typed stays in the form, what is stored stands above it."""
        if stored is None:
            messages.error(self.request, _("Somebody else has just taken this out of the draft."))
            return HttpResponseRedirect(self.home())
        form.data = form.data.copy()
        form.data["seen"] = fingerprint(stored)
        self.stored = self.told(stored)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        return super().get_context_data(stored=self.stored, **kwargs)

    def part_or_404(self, *keys):
        try:
            return part_of(self.draft.definition, *keys)
        except KeyError:
            raise Http404 from None

    @property
    def common(self) -> dict:
        return {"draft": self.draft, "by": self.request.user, "now": self.now}


class TitleEdit(PartEdit):
    template_name = "intake/questionnaire_part.html"
    form_class = TitleForm
    extra_context = {"heading": "title"}

    def found(self):
        return {"title": self.draft.title}

    def initial_of(self, part):
        return TitleForm.spread("title", part["title"])

    def told(self, part):
        return [(_("Name of the form"), part["title"])]

    def save(self, form):
        actions.write_title(title=form.value, seen=form.cleaned_data["seen"], **self.common)


class SectionEdit(PartEdit):
    """A section of the draft, or a new one."""

    template_name = "intake/questionnaire_part.html"
    form_class = SectionWordsForm
    extra_context = {"heading": "section"}

    def found(self):
        return self.part_or_404(self.kwargs["section"]) if "section" in self.kwargs else None

    def initial_of(self, part):
        return SectionWordsForm.initial_of(part or {})

    def told(self, part):
        return [(_("Title of the section"), part["title"]), (_("A sentence below the title"), part.get("intro"))]

    def save(self, form):
        section = self.kwargs.get("section", "")
        actions.write_section(section=section, values=form.value, seen=form.cleaned_data["seen"], **self.common)


class QuestionEdit(PartEdit):
    """A question of the draft, or a new one."""

    template_name = "intake/questionnaire_question.html"
    form_class = QuestionForm

    def found(self):
        self.part_or_404(self.kwargs["section"])
        return self.part_or_404(self.kwargs["section"], self.kwargs["question"]) if "question" in self.kwargs else None

    def get_form_kwargs(self):
        sections = [(row["key"], read(row["title"])) for row in self.draft.definition["sections"]]
        options = (self.found() or {}).get("options", [])
        return {**super().get_form_kwargs(), "sections": sections, "options": options}

    def initial_of(self, part):
        return QuestionForm.initial_of(self.kwargs["section"], part or {})

    def told(self, part):
        answers = [(_("Answer"), option["label"]) for option in part.get("options", [])]
        return [(_("Question"), part["label"]), (_("A hint below it"), part.get("hint")), *answers]

    def get_context_data(self, **kwargs):
        rule = rules_on(self.kwargs["key"]).get(self.kwargs.get("question"))
        return super().get_context_data(rule=rule and rule[1], **kwargs)

    def save(self, form):
        actions.write_question(
            section=self.kwargs["section"],
            question=self.kwargs.get("question", ""),
            to=form.cleaned_data["section"],
            values=form.value,
            seen=form.cleaned_data["seen"],
            **self.common,
        )
