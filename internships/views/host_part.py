"""The host's page of a training project: no account, a link that the promoter can replace."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from internships import actions, queries
from internships.enums import InternshipState, ProjectState
from internships.forms.papers import HostPartForm, NoteForm
from internships.kinds import way_of
from internships.links import HOST_PART
from internships.views.projects import mended
from migwork.by_link import ByLink

FIELDS = ("activities", "timetable", "safety", "allowance", "meals", "signer")


class HostPart(ByLink, View):
    """Tasks, days, safety, allowance, who signs: saved for later, or handed on; or what should change first."""

    limited_as = "host_part"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        key = HOST_PART.key(kwargs["token"])
        self.project = queries.whole_projects().filter(host_key=key).first() if key else None
        if self.project is None:
            raise Http404
        self.signers = queries.signers_of(self.project.internship.unit.host).order_by("name", "pk")

    def limit_key(self):
        return str(self.project.pk)

    def dispatch(self, request, *args, **kwargs):
        internship = self.project.internship
        if internship.participation.person.limited_at is None and internship.state != InternshipState.CANCELLED:
            return super().dispatch(request, *args, **kwargs)
        answer = render(request, "internships/host_revoked.html", status=410)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def get(self, request, token):
        return self.page(self.form())

    def form(self, data=None, *, is_done=True):
        initial = {name: getattr(self.project, name) for name in FIELDS}
        initial["meals"] = initial["meals"] or "none"
        if initial["signer"] is None:
            initial["signer"] = self.signers.first()
        without = way_of(self.project.internship).without
        return HostPartForm(data, initial=initial, signers=self.signers, is_done=is_done, without=without)

    def post(self, request, token):
        if "change" in request.POST:
            return self.ask_for_change(NoteForm(request.POST))
        is_done = "done" in request.POST
        form = self.form(request.POST, is_done=is_done)
        if form.is_valid():
            try:
                actions.write_host(project=self.project, **form.part(), is_done=is_done, now=timezone.now())
            except ValidationError as error:
                mended(self.project, error, form)
            else:
                return redirect(f"{request.path}?salvato=1")
        return self.page(form)

    def ask_for_change(self, note):
        if note.is_valid():
            try:
                actions.ask_for_change_by_link(project=self.project, **note.cleaned_data, now=timezone.now())
            except ValidationError as error:
                note.add_error(None, error)
            else:
                return redirect(self.request.path)
        return self.page(self.form(), note=note)

    def page(self, form, note=None):
        internship = self.project.internship
        context = {
            "project": self.project,
            "internship": internship,
            "called": internship.participation.person.short_name,
            "host": internship.unit.host,
            "form": form,
            "note": note or NoteForm(),
            "asks": note is not None,
            "saved": self.request.GET.get("salvato") == "1",
            "open": self.project.state == ProjectState.HOST,
        }
        return render(self.request, "internships/host_part.html", context)
