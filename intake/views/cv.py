"""The CV and all that was achieved: the young person's own pages, and the same at the desk."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.access import YoungPersonRequired, note_opening
from foundation.documents import pdf
from intake import actions, queries
from intake.enums import CvEntryKind
from intake.forms import CvEntryForm, CvWordsForm
from intake.permissions import check_can_write_cv
from intake.views.base import OfPerson, reason_to_open
from migwork.acting import ActingForm
from migwork.attempts import attempt


class Mine(YoungPersonRequired):
    """One's own pages."""

    mine = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now, self.person = timezone.now(), request.user.person

    def get_context_data(self, **kwargs):
        return super().get_context_data(mine=True, person=self.person, **self.addresses(), **kwargs)

    def address(self, page, *args):
        return reverse(f"intake:my-{page}", args=args)

    def note_opening(self):
        """Nobody's own page is an opening."""


class AtDesk(OfPerson):
    """The same pages for the operator who writes with them."""

    mine = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = self.participation.person
        check_can_write_cv(request.user, self.person)

    def get_context_data(self, **kwargs):
        return super().get_context_data(mine=False, **self.addresses(), **kwargs)

    def address(self, page, *args):
        return reverse(f"intake:{page}", args=[self.participation.pk, *args])

    def note_opening(self):
        note_opening(self.request, self.person, why=reason_to_open(self.request.user, self.participation))


class Pages:
    """Where the pages of one CV lead to each other."""

    def addresses(self):
        names = {"cv_url": "cv", "words_url": "cv-words", "pdf_url": "cv-pdf", "achievements_url": "achievements"}
        found = {name: self.address(page) for name, page in names.items()}
        if not self.mine:
            found["skills_url"] = self.address("skills")
        return found

    def get(self, request, *args, **kwargs):
        self.note_opening()
        return super().get(request, *args, **kwargs)

    def get_success_url(self):
        return self.address("cv")


class CvPage(Pages, TemplateView):
    """The CV as it reads, each part with the way to change it."""

    template_name = "intake/cv.html"

    def get_context_data(self, **kwargs):
        view = queries.cv_view(self.person)
        for entry in (*view.education, *view.experience, *view.languages):
            entry.url = self.address("cv-entry", entry.pk)
        add = {f"add_{kind}": self.address("cv-entry-add", kind.value) for kind in CvEntryKind}
        return super().get_context_data(view=view, **add, **kwargs)


class CvWords(Pages, ActingForm):
    """A few words about oneself, and which data are shown."""

    template_name = "intake/cv_form.html"
    form_class = CvWordsForm
    done = gettext_lazy("Saved.")
    extra_context = {"title": gettext_lazy("About me and how to reach me")}

    def get_initial(self):
        cv = queries.cv_of(self.person)
        return {name: getattr(cv, name) for name in CvWordsForm.base_fields}

    def act(self, data):
        actions.write_cv(person=self.person, values=data, by=self.request.user, now=self.now)


class CvEntryPage(Pages, ActingForm):
    """A school, a work or a language."""

    template_name = "intake/cv_form.html"
    form_class = CvEntryForm
    done = gettext_lazy("It stands in the CV.")
    beside = {"began": "began", "ended": "ended"}
    entry = None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_context_data(self, **kwargs):
        remove = self.address("cv-entry-remove", self.entry.pk) if self.entry else ""
        return super().get_context_data(title=self.kind.label, remove_url=remove, **kwargs)


class CvEntryAdd(CvEntryPage):
    """One more."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in CvEntryKind.values:
            raise Http404
        self.kind = CvEntryKind(kwargs["kind"])

    def act(self, data):
        actions.add_cv_entry(person=self.person, kind=self.kind, values=data, by=self.request.user, now=self.now)


class OfEntry:
    """About one entry of this person's CV; stands before what knows whose CV it is."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(self.person.cv_entries.select_related("person"), pk=kwargs["entry"])
        self.kind = CvEntryKind(self.entry.kind)


class EditEntry(OfEntry):
    """What an entry says, to be changed."""

    def get_initial(self):
        return {name: getattr(self.entry, name) for name in CvEntryForm.base_fields}

    def act(self, data):
        actions.change_cv_entry(entry=self.entry, values=data, by=self.request.user, now=self.now)


class RemoveEntry(OfEntry):
    """Take an entry out again."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        remove = lambda: actions.remove_cv_entry(entry=self.entry, by=request.user, now=self.now)  # noqa: E731
        attempt(request, remove, _("Taken out of the CV."))
        return HttpResponseRedirect(self.address("cv"))


class CvPaper(View):
    """The CV as PDF. It is the young person's own paper: it has no number, and no copy is kept."""

    http_method_names = ["get", "head"]

    def get(self, request, **kwargs):
        self.note_opening()
        try:
            made = queries.cv_pdf(self.person, get_language())
        except pdf.Unavailable as reason:
            messages.error(request, str(reason))
            return HttpResponseRedirect(self.address("cv"))
        answer = HttpResponse(made, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="cv.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class AchievementsPage(Pages, TemplateView):
    """All that was achieved; posted, as a numbered PDF."""

    template_name = "intake/achievements.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(achieved=queries.achievements_of(self.person), **kwargs)

    def post(self, request, **kwargs):
        made = []

        def make():
            made.append(actions.print_achievements(person=self.person, by=request.user, now=self.now))

        try:
            if not attempt(request, make):
                return HttpResponseRedirect(request.path)
        except pdf.Unavailable as reason:
            messages.error(request, str(reason))
            return HttpResponseRedirect(request.path)
        name = _("what-i-have-achieved") + ".pdf"
        answer = FileResponse(
            made[0].file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf"
        )
        answer["Cache-Control"] = "private, no-store"
        return answer


# Each page twice: one's own, and the same at the desk.


class MyCv(Mine, CvPage):
    pass


class CvAtDesk(AtDesk, CvPage):
    pass


class MyCvWords(Mine, CvWords):
    pass


class CvWordsAtDesk(AtDesk, CvWords):
    pass


class MyCvEntryAdd(Mine, CvEntryAdd):
    pass


class CvEntryAddAtDesk(AtDesk, CvEntryAdd):
    pass


class MyCvEntryEdit(EditEntry, Mine, CvEntryPage):
    pass


class CvEntryEditAtDesk(EditEntry, AtDesk, CvEntryPage):
    pass


class MyCvEntryRemove(RemoveEntry, Mine, View):
    pass


class CvEntryRemoveAtDesk(RemoveEntry, AtDesk, View):
    pass


class MyCvPaper(Mine, CvPaper):
    pass


class CvPaperAtDesk(AtDesk, CvPaper):
    pass


class MyAchievements(Mine, AchievementsPage):
    pass


class AchievementsAtDesk(AtDesk, AchievementsPage):
    pass
