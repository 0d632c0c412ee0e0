"""The skills of somebody at the desk: found in the list by a word, noted with a level and where they showed."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.access import note_opening
from intake import actions, queries
from intake.forms import SkillForm
from intake.permissions import check_can_write_skills
from intake.views.base import OfPerson, reason_to_open
from migwork.acting import ActingForm
from migwork.attempts import attempt


class OfSkills(OfPerson):
    """A page about somebody's skills."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = self.participation.person
        check_can_write_skills(request.user, self.person)

    def get(self, request, *args, **kwargs):
        note_opening(request, self.person, why=reason_to_open(request.user, self.participation))
        return super().get(request, *args, **kwargs)

    def get_success_url(self):
        return reverse("intake:skills", args=[self.participation.pk])


class Skills(OfSkills, TemplateView):
    """What they can do, and a search for more. HTMX asks for what was found alone."""

    def get_template_names(self):
        htmx = self.request.htmx and not self.request.htmx.history_restore_request
        return ["intake/_skills_found.html" if htmx else "intake/skills.html"]

    def get_context_data(self, **kwargs):
        wanted = self.request.GET.get("q", "").strip()
        found = queries.search_skills(wanted, get_language()) if wanted else []
        rows = queries.skills_of(self.person, get_language())
        has = {row.skill_id for row in rows}
        return super().get_context_data(q=wanted, found=found, rows=rows, has=has, **kwargs)


class SkillNote(OfSkills, ActingForm):
    """How well, and where it showed: of a skill that was just found, or to change what was noted."""

    template_name = "intake/skill_note.html"
    form_class = SkillForm
    done = _("Noted. It stands in the CV too.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.skill = queries.skill_named(kwargs["skill"], get_language())
        if self.skill is None:
            raise Http404
        self.row = self.person.skills.filter(skill=self.skill).first()

    def get_initial(self):
        return {"level": self.row.level, "evidence": self.row.evidence} if self.row else {}

    def act(self, data):
        actions.note_skill(person=self.person, skill=self.skill, **data, by=self.request.user, now=self.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(skill=self.skill, row=self.row, skills_url=self.get_success_url(), **kwargs)


class SkillRemove(OfSkills, View):
    """Take a skill out again."""

    http_method_names = ["post"]

    def post(self, request, pk, skill):
        row = get_object_or_404(self.person.skills.select_related("person"), skill=skill)
        attempt(request, lambda: actions.remove_skill(row=row, by=request.user, now=self.now), _("Taken off the list."))
        return HttpResponseRedirect(self.get_success_url())
