"""Changing an internship, and doing what is due by a day."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import SignedInRequired, note_opening
from foundation.files.serving import response
from foundation.privacy.enums import AccessReason
from internships import actions, queries
from internships.enums import TodoKind
from internships.forms import life as forms
from internships.models import DatedTodo
from internships.permissions import check_can_work_on
from migwork.acting import ActingForm
from migwork.attempts import attempt


class OfInternship(SignedInRequired):
    """A page about one internship that the user may see. `check` says who may act there."""

    check = staticmethod(check_can_work_on)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.internship = get_object_or_404(queries.whole(self.key(request, **kwargs), request.user))
        self.check(request.user, self.internship)

    def key(self, request, pk, **kwargs):
        return pk

    def get_success_url(self):
        return reverse("internships:internship-detail", args=[self.internship.pk])

    @property
    def is_mine(self) -> bool:
        return self.internship.participation.person.user_id == self.request.user.pk


class LifeForm(OfInternship, ActingForm):
    """A form on a page of its own, headed by `title`."""

    template_name = "internships/life_form.html"
    title = lead = ""
    button = _("Save")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            internship=self.internship,
            person=self.internship.participation.person,
            is_mine=self.is_mine,
            up=self.get_success_url(),
            title=self.title,
            lead=self.lead,
            button=self.button,
            **kwargs,
        )

    @property
    def whom(self) -> dict:
        return {"by": self.request.user, "now": self.now}


class Amend(LifeForm):
    """One kind of change; `action` is the action's name, its form is named in the address table."""

    action = ""
    done = _("Changed. Who has to know is told.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "internship": self.internship}

    def act(self, data):
        getattr(actions, self.action)(internship=self.internship, **data, **self.whom)


class Extend(Amend):
    form_class = forms.ExtensionForm
    action = "extend"
    title = _("Extend the internship")
    lead = _("The notice of the new last day and the insurance up to it come onto the list of what is due.")


class Suspend(Amend):
    form_class = forms.SuspensionForm
    action = "suspend"
    title = _("Suspend the internship")
    lead = _("Suspended days are no part of the duration: the last day moves by as many.")


class Return(Amend):
    form_class = forms.ReturnForm
    action = "resume"
    title = _("Day of return")
    lead = _("Earlier or later than planned: the last day moves with it.")


class ChangeHours(Amend):
    form_class = forms.HoursForm
    action = "change_hours"
    title = _("Other hours a week")


class ChangeHostTutor(Amend):
    form_class = forms.HostTutorForm
    action = "change_host_tutor"
    title = _("Another tutor at the host")

    def get_context_data(self, **kwargs):
        add = reverse("internships:tutor-create", args=[self.internship.unit.host_id])
        return super().get_context_data(add=add, add_label=_("Enter another tutor"), **kwargs)


class ChangePromoterTutor(Amend):
    form_class = forms.PromoterTutorForm
    action = "change_promoter_tutor"
    title = _("Another tutor of ours")


class ChangeSite(Amend):
    form_class = forms.SiteForm
    action = "change_site"
    title = _("Another workplace")
    lead = _("Its risk assessment must be there before: it stands on the page of the host.")

    def get_context_data(self, **kwargs):
        add = reverse("internships:unit-create", args=[self.internship.unit.host_id])
        return super().get_context_data(add=add, add_label=_("Enter another workplace"), **kwargs)


class OfTodo(OfInternship):
    """One line of the list of what is due."""

    def key(self, request, pk):
        self.todo = get_object_or_404(DatedTodo.objects.select_related("evidence"), pk=pk)
        return self.todo.internship_id


class TodoDetail(OfTodo, LifeForm):
    """The receipt: that it was done, when, with which number."""

    template_name = "internships/todo_detail.html"
    form_class = forms.TodoForm
    done = _("Noted. One thing less.")

    @property
    def title(self):
        return self.todo.get_kind_display()

    def get_initial(self):
        return {"done_on": timezone.localdate(self.now)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            todo=self.todo,
            today=timezone.localdate(self.now),
            is_public=self.internship.unit.host.is_public and self.todo.kind in NOTICES,
            **kwargs,
        )

    def act(self, data):
        self.todo.internship = self.internship
        actions.do_todo(todo=self.todo, **data, **self.whom)


NOTICES = (TodoKind.NOTICE_START, TodoKind.NOTICE_EXTENSION, TodoKind.NOTICE_SITE, TodoKind.NOTICE_END)


class TodoUndo(OfTodo, View):
    def post(self, request, **kwargs):
        self.todo.internship = self.internship
        attempt(
            request,
            lambda: actions.undo_todo(todo=self.todo, by=request.user, now=self.now),
            _("It stands on the list again."),
        )
        return redirect("internships:todo-detail", self.todo.pk)


class TodoFile(OfTodo, View):
    """The receipt as it came."""

    def get(self, request, **kwargs):
        if self.todo.evidence is None:
            raise Http404
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return response(self.todo.evidence)
