"""The training project in its turns, for who has an account: the promoter's staff and the young person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.files import serving
from internships import actions, queries
from internships.forms.papers import (
    MyPartForm,
    NoteForm,
    OutsideForm,
    PromoterPartForm,
    PromoterSignerForm,
    TheirPartForm,
)
from internships.kinds import way_of
from internships.models import TrainingProject
from internships.permissions import check_can_work_on
from internships.showing.papers import for_promoter
from internships.views.internships import InternshipPage
from migwork.attempts import attempt


def mended(project, error: ValidationError, form) -> None:
    """The refusal of an action onto a form; what concerns no field of it goes on top."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


class ProjectPage(InternshipPage):
    """A page of the promoter's staff about the training project."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)
        self.project = queries.project_of(self.internship)

    def show(self, template, **context):
        internship = self.internship
        common = {
            "internship": internship,
            "person": internship.participation.person,
            "host": internship.unit.host,
            "project": self.project,
        }
        return render(self.request, f"internships/{template}.html", {**common, **context})

    def back(self):
        return redirect("internships:internship-detail", self.internship.pk)


class ProjectWrite(ProjectPage):
    """The promoter's part, and what the others wrote; saved, or saved and handed on."""

    def get(self, request, **kwargs):
        return self.form_page(self.part_form(initial=self.written()))

    def part_form(self, data=None, **kwargs):
        return PromoterPartForm(data, without=way_of(self.internship).without, **kwargs)

    def written(self):
        """What stands there, or the insurance that the promoter named last."""
        if self.project:
            return {name: getattr(self.project, name) for name in PromoterPartForm.base_fields}
        last = TrainingProject.objects.filter(internship__promoter=self.internship.promoter_id)
        last = last.order_by("-created_at").values("insurance_accident", "insurance_liability").first()
        return last or {}

    def post(self, request, **kwargs):
        form = self.part_form(request.POST)
        if form.is_valid():
            act = {"internship": self.internship, "by": request.user, "now": timezone.now()}
            try:
                actions.write_promoter(**act, **form.cleaned_data)
                if "ask_host" in request.POST:
                    actions.ask_host(**act)
                    messages.success(request, _("Saved. The host’s tutor gets the link to their part."))
                else:
                    messages.success(request, _("Saved."))
                return self.back()
            except ValidationError as error:
                mended(self.project, error, form)
        return self.form_page(form)

    def form_page(self, form):
        return self.show("project_write", form=form, papers=for_promoter(self.internship))


class ProjectStep(ProjectPage):
    """One step: send the host its link again, take the turn back, say that it is ready, call the signatures off."""

    STEPS = {
        "ask_host": actions.ask_host,
        "give_back": actions.give_back,
        "finish": actions.finish,
        "take_back": actions.take_project_back,
    }

    def post(self, request, **kwargs):
        step = self.STEPS.get(request.POST.get("verb", ""))
        if step is None:
            raise Http404
        done = _("The host’s tutor gets a new link.") if step is actions.ask_host else _("Done.")
        attempt(request, lambda: step(internship=self.internship, by=request.user, now=timezone.now()), done)
        return self.back()


class ProjectWords(ProjectPage):
    """What the young person says, written beside them."""

    def get(self, request, **kwargs):
        if self.project is None:
            raise Http404
        return self.form_page(TheirPartForm(initial={"wishes": self.project.wishes, "needs": self.project.needs}))

    def post(self, request, **kwargs):
        form = TheirPartForm(request.POST)
        if form.is_valid():
            words = {"wishes": form.cleaned_data["wishes"], "needs": form.cleaned_data["needs"]}
            try:
                actions.write_for_intern(internship=self.internship, **words, by=request.user, now=timezone.now())
            except ValidationError as error:
                mended(self.project, error, form)
            else:
                messages.success(request, _("Saved."))
                return self.back()
        return self.form_page(form)

    def form_page(self, form):
        return self.show("project_words", form=form)


class ProjectSend(ProjectPage):
    """Who signs what and how; one button asks them all."""

    def get(self, request, **kwargs):
        return self.form_page(self.form())

    def form(self, data=None):
        return PromoterSignerForm(data, organisation_id=self.internship.promoter_id, user=self.request.user)

    def post(self, request, **kwargs):
        form = self.form(request.POST)
        if form.is_valid():
            act = {"internship": self.internship, "by": request.user, "now": timezone.now()}
            try:
                actions.send_project(**act, **form.cleaned_data)
            except ValidationError as error:
                mended(self.project, error, form)
            else:
                messages.success(request, _("Asked. Who has an address has the link now."))
                return self.back()
        return self.form_page(form)

    def form_page(self, form):
        internship, today = self.internship, timezone.localdate()
        person = internship.participation.person
        minor = not person.is_of_age_on(today)
        return self.show(
            "project_send",
            form=form,
            agreement=queries.agreement_for(internship),
            needs_agreement=way_of(internship).agreement,
            school=internship.school if way_of(internship).school else "",
            school_tutor=internship.school_tutor,
            school_email=internship.school_email,
            minor=minor,
            representations=queries.representatives_of(person, today),
        )


class ProjectOutside(ProjectPage):
    """It was signed outside of the portal: its scan."""

    def get(self, request, **kwargs):
        return self.show("project_outside", form=OutsideForm(initial={"signed_on": timezone.localdate()}))

    def post(self, request, **kwargs):
        form = OutsideForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            given = {"upload": data["scan"], "signed_on": data["signed_on"]}
            try:
                actions.sign_outside(internship=self.internship, **given, by=request.user, now=timezone.now())
            except ValidationError as error:
                mended(self.project, error, form)
            else:
                messages.success(request, _("Kept. The papers are signed."))
                return self.back()
        return self.show("project_outside", form=form)


class ProjectScan(InternshipPage):
    """The scan of what was signed outside: for all who see the internship."""

    def get(self, request, **kwargs):
        project = queries.project_of(self.internship)
        if project is None or project.scan is None:
            raise Http404
        return serving.response(project.scan)


class MyProject(InternshipPage):
    """The young person's turn: read it all, write one's own words; or say what should change."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.internship.participation.person.user_id != request.user.pk:
            raise PermissionDenied
        self.project = queries.project_of(self.internship)
        if self.project is None:
            raise Http404

    def get(self, request, **kwargs):
        return self.form_page(MyPartForm(initial={"wishes": self.project.wishes, "needs": self.project.needs}))

    def post(self, request, **kwargs):
        asks = "change" in request.POST
        form = (NoteForm if asks else MyPartForm)(request.POST)
        if form.is_valid():
            act = {"internship": self.internship, "by": request.user, "now": timezone.now()}
            try:
                if asks:
                    actions.ask_for_change(**act, **form.cleaned_data)
                else:
                    data = form.cleaned_data
                    actions.write_intern(**act, wishes=data["wishes"], needs=data["needs"])
            except ValidationError as error:
                mended(self.project, error, form)
            else:
                messages.success(request, _("Sent to your tutor.") if asks else _("Well done! Now it can be signed."))
                return redirect("internships:internship-detail", self.internship.pk)
        return self.form_page(MyPartForm() if asks else form, note=form if asks else None)

    def form_page(self, form, note=None):
        context = {
            "internship": self.internship,
            "host": self.internship.unit.host,
            "project": self.project,
            "form": form,
            "note": note or NoteForm(),
            "asks": note is not None,
            "mine": self.project.state == "intern",
        }
        return render(self.request, "internships/my_project.html", context)
