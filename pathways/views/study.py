"""Schools and courses that are thought of, and the one that is chosen."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from migwork.attempts import attempt
from pathways import actions
from pathways.forms.study import OptionForm
from pathways.models import StudyOption
from pathways.views.paths import OfPath, PathForm


class OptionAdd(PathForm):
    """Write one down."""

    form_class = OptionForm
    title = _("A school to think of")
    done = _("Written down.")

    def act(self, data):
        actions.add_option(path=self.path, **data, by=self.request.user, now=self.now)


class OfOption(OfPath):
    """One of the schools."""

    def key(self, pk):
        self.option = get_object_or_404(StudyOption.objects.select_related("path"), pk=pk)
        return self.option.path_id


class OptionEdit(OfOption, PathForm):
    """Mend what was written."""

    form_class = OptionForm
    done = _("Saved.")

    @property
    def title(self):
        return self.option.school

    def get_initial(self):
        return {name: getattr(self.option, name) for name in ("route", "school", "course", "enrol_by", "thoughts")}

    def act(self, data):
        actions.change_option(option=self.option, **data, by=self.request.user, now=self.now)


class OptionChoose(OfOption, View):
    """This one."""

    def post(self, request, *args, **kwargs):
        attempt(
            request,
            lambda: actions.choose_option(option=self.option, by=request.user, now=self.now),
            _("Chosen. What it asks for is on the list."),
        )
        return redirect(self.get_success_url())


class OptionDrop(OfOption, View):
    """Not thought of any more."""

    def post(self, request, *args, **kwargs):
        attempt(
            request,
            lambda: actions.drop_option(option=self.option, by=request.user, now=self.now),
            _("The course is taken out."),
        )
        return redirect(self.get_success_url())
