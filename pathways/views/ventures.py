"""The idea sheet: begun by the young person, grown part by part by both."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.queries import my_participation
from pathways import actions, permissions
from pathways.enums import PathKind
from pathways.forms import ventures as forms
from pathways.paths import PARTS_OF_IDEA
from pathways.queries import ventures as queries
from pathways.queries.ventures import mark_of
from pathways.views.paths import MyPath, PathForm


class MyVenture(MyPath):
    """My path; without one the sentence with which it begins."""

    kind = PathKind.VENTURE

    def get_context_data(self, form=None, **kwargs):
        form = form or forms.IdeaForm()
        return {**super().get_context_data(**kwargs), "form": form, "may_begin": my_participation(self.request.user)}

    def post(self, request, *args, **kwargs):
        participation = my_participation(request.user)
        if participation is None:
            raise Http404
        form = forms.IdeaForm(request.POST)
        if form.is_valid():
            try:
                actions.begin_idea(
                    participation=participation, **form.cleaned_data, by=request.user, now=timezone.now()
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return redirect(request.path)
        return self.render_to_response(self.get_context_data(form=form))


class IdeaTitle(PathForm):
    """The idea in one sentence."""

    form_class = forms.IdeaForm
    title = _("The idea in one sentence")
    check = staticmethod(permissions.check_can_walk)

    def get_initial(self):
        idea = queries.idea_of(self.path)
        return {"title": idea.title} if idea else {}

    def act(self, data):
        actions.name_idea(path=self.path, **data, by=self.request.user, now=self.now)


class IdeaPart(PathForm):
    """One part of the sheet."""

    form_class = forms.PartForm
    done = _("Saved. It can grow whenever you like.")
    check = staticmethod(permissions.check_can_walk)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.part = kwargs["part"]
        self.idea = queries.idea_of(self.path)
        if self.part not in PARTS_OF_IDEA or self.idea is None:
            raise Http404

    @property
    def title(self):
        return PARTS_OF_IDEA[self.part].label

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "part": self.part}

    def get_initial(self):
        return {"text": getattr(self.idea, self.part), "seen": mark_of(getattr(self.idea, self.part))}

    def form_invalid(self, form):
        """Refused, because somebody has written since: theirs is shown above one's own, and the next save is meant."""
        self.idea = queries.idea_of(self.path)
        form.data = form.data.copy()
        form.data["seen"] = mark_of(getattr(self.idea, self.part))
        return self.render_to_response(self.get_context_data(form=form, there=getattr(self.idea, self.part)))

    def act(self, data):
        actions.write_part(path=self.path, part=self.part, **data, by=self.request.user, now=self.now)
