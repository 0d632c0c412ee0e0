"""Changing an internship, and doing what is due by a day."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import SignedInRequired, note_opening
from foundation.files.serving import response
from foundation.privacy.enums import AccessReason
from internships import actions, queries
from internships.enums import AmendmentKind, TodoKind
from internships.forms import life as forms
from internships.forms.reasons import reasons_in
from internships.judgement import Judgement
from internships.models import DatedTodo
from internships.permissions import check_can_work_on
from internships.queries.timetable import plan_of
from internships.todos import AT_THE_END
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

    template_name = "internships/change_form.html"
    kind = action = ""
    done = _("Changed. Who has to know is told.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "internship": self.internship}

    def act(self, data):
        overrides = reasons_in(self.request.POST)
        getattr(actions, self.action)(internship=self.internship, overrides=overrides, **data, **self.whom)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(may_override=True, change=self.kind, **kwargs)
        form = context["form"]
        # Not before something is typed: until then nothing would change.
        return {**context, "judgement": judgement_of(self.internship, self.kind, form) if form.is_bound else None}


def judgement_of(internship, kind, form) -> Judgement:
    """What the rules say of a change, as far as it is typed. `internship` is changed in memory."""
    form.is_valid()  # once: what the action refused stays
    found = queries.findings_of_change(internship, kind, form.cleaned_data)
    return Judgement(found, reasons_in(form.data))


class ChangeCheck(OfInternship, View):
    """The findings for a change as far as it is typed: the part of its page that changes. Saves nothing."""

    http_method_names = ["post"]

    def post(self, request, change, **kwargs):
        form_class = FORMS.get(change)
        if form_class is None:
            raise Http404
        form = form_class(request.POST, internship=self.internship)
        context = {"may_override": True, "judgement": judgement_of(self.internship, change, form)}
        return render(request, "internships/_findings.html", context)


class Extend(Amend):
    form_class = forms.ExtensionForm
    kind = AmendmentKind.EXTENSION
    action = "extend"
    title = _("Extend the internship")
    lead = _("The notice of the new last day and the insurance up to it come onto the list of what is due.")


class Suspend(Amend):
    form_class = forms.SuspensionForm
    kind = AmendmentKind.SUSPENSION
    action = "suspend"
    title = _("Suspend the internship")
    lead = _("Suspended days are no part of the duration: the last day moves by as many.")


class Return(Amend):
    form_class = forms.ReturnForm
    kind = AmendmentKind.RETURN
    action = "resume"
    title = _("Day of return")
    lead = _("Earlier or later than planned: the last day moves with it.")


class ChangeHours(Amend):
    form_class = forms.HoursForm
    kind = AmendmentKind.HOURS
    action = "change_hours"
    title = _("Other hours a week")
    template_name = "internships/hours_change.html"

    def get_form_kwargs(self):
        today = timezone.localdate(self.now)
        return {**super().get_form_kwargs(), "slots": plan_of(self.internship).version_on(today)}

    def form_valid(self, form):
        self.said = form.said()
        return super().form_valid(form)

    def act(self, data):
        super().act(self.said)


class ChangeHostTutor(Amend):
    form_class = forms.HostTutorForm
    kind = AmendmentKind.HOST_TUTOR
    action = "change_host_tutor"
    title = _("Another tutor at the host")

    def get_context_data(self, **kwargs):
        add = reverse("internships:tutor-create", args=[self.internship.unit.host_id])
        return super().get_context_data(add=add, add_label=_("Enter another tutor"), **kwargs)


class ChangePromoterTutor(Amend):
    form_class = forms.PromoterTutorForm
    kind = AmendmentKind.PROMOTER_TUTOR
    action = "change_promoter_tutor"
    title = _("Another tutor of ours")


class ChangeSite(Amend):
    form_class = forms.SiteForm
    kind = AmendmentKind.SITE
    action = "change_site"
    title = _("Another workplace")
    lead = _("Its risk assessment must be there before: it stands on the page of the host.")

    def get_context_data(self, **kwargs):
        add = reverse("internships:unit-create", args=[self.internship.unit.host_id])
        return super().get_context_data(add=add, add_label=_("Enter another workplace"), **kwargs)


FORMS = {
    view.kind: view.form_class
    for view in (Extend, Suspend, Return, ChangeHours, ChangeHostTutor, ChangePromoterTutor, ChangeSite)
}


class EarlyEnd(LifeForm):
    """The end before the last day."""

    form_class = forms.EarlyEndForm
    title = _("End early")
    lead = _("The intern, the tutor at the host and your own are told. The notice of the end comes onto the list.")
    button = _("End the internship")
    done = _("It has ended. Who has to know is told.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "internship": self.internship}

    def get_initial(self):
        return {"ended_on": min(timezone.localdate(self.now), self.internship.ends_on), "ground": ""}

    def act(self, data):
        actions.end_early(internship=self.internship, **data, **self.whom)


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

    def get(self, request, *args, **kwargs):
        if self.todo.kind in AT_THE_END:
            return redirect(f"internships:{self.todo.kind}", self.internship.pk)
        return super().get(request, *args, **kwargs)

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
