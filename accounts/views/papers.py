"""Identity papers and residence permits: one's own, and at the desk those of the person before one."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts import actions
from accounts.access import YoungPersonRequired
from accounts.actions.papers import TOLD
from accounts.forms.papers import PaperForm
from accounts.models import YoungPerson
from accounts.views.representatives import Acting, NotedOpening, OperatorPage
from migwork.attempts import attempt


class Mine(YoungPersonRequired):
    """My own papers."""

    own, page, edit = True, "accounts:my-papers", "accounts:my-paper-edit"

    def whose(self, request, kwargs):
        return request.user.person

    def get_success_url(self):
        return reverse(self.page)


class AtTheDesk(OperatorPage):
    """Somebody's papers, before an operator."""

    own, page, edit = False, "accounts:papers", "accounts:paper-edit"

    def whose(self, request, kwargs):
        return get_object_or_404(YoungPerson, pk=kwargs["pk"])

    def get_success_url(self):
        return reverse(self.page, args=[self.person.pk])


class Papers(Acting):
    """The papers that are there, and a form for one more."""

    template_name = "accounts/papers.html"
    form_class = PaperForm
    paper = None

    def load(self, request, **kwargs):
        self.person = self.whose(request, kwargs)
        self.done = _("Saved.")
        if "paper" in kwargs:
            self.paper = get_object_or_404(self.person.papers.live(), pk=kwargs["paper"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "own": self.own}

    def get_initial(self):
        """What stands there; of a paper that is over only what the new one has too."""
        if not self.paper:
            return {}
        names = ("kind", "country") if self.paper.is_over else TOLD
        return {name: getattr(self.paper, name) for name in names}

    def get_context_data(self, **kwargs):
        here = {"person": self.person, "own": self.own, "up": self.get_success_url()}
        if not self.paper:
            here["papers"] = self.person.papers.live().select_related("checked_by")
        return super().get_context_data(paper=self.paper, **here, **kwargs)

    def act(self, data):
        by, now = self.request.user, self.now
        actions.save_paper(person=self.person, **data, instead_of=self.paper, by=by, now=now)


class PaperStep(View):
    """A button beside one of the papers."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = self.whose(request, kwargs)
        self.paper = get_object_or_404(self.person.papers.live(), pk=kwargs["paper"])

    def post(self, request, *args, **kwargs):
        attempt(request, lambda: self.act(paper=self.paper, by=request.user, now=timezone.now()), self.done())
        return redirect(self.get_success_url())


class Remove(PaperStep):
    act = staticmethod(actions.remove_paper)

    def done(self):
        return _("Taken out: its number is gone.")


class MyPapers(Mine, Papers):
    """What shows who I am."""


class MyPaperEdit(Mine, Papers):
    """Change what is written of one of mine, or put the new one in its place."""

    template_name = "accounts/paper_edit.html"


class MyPaperRemove(Mine, Remove):
    """Take one of mine out."""


class PapersOf(AtTheDesk, NotedOpening, Papers):
    """What shows who this person is."""


class PaperEdit(AtTheDesk, NotedOpening, Papers):
    """Change what is written of a paper, or put the new one in its place."""

    template_name = "accounts/paper_edit.html"


class PaperRemove(AtTheDesk, Remove):
    """Take one out that was written down by mistake."""


class PaperCheck(AtTheDesk, PaperStep):
    """The operator has the paper before them."""

    act = staticmethod(actions.check_paper)

    def done(self):
        return _("Noted: you have looked at it.")
