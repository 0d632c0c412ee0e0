"""Where somebody goes, that they have left, and what they brought back."""

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from intake import queries as intake
from intake.permissions import check_can_write_skills, is_own
from pathways import actions
from pathways.forms import stays as forms
from pathways.models import Stay
from pathways.paths import STAY_FIELDS
from pathways.permissions import check
from pathways.views.paths import OfPath, PathForm


class StayPlan(PathForm):
    """Programme, host, days, insurance."""

    form_class = forms.StayForm
    title = _("Where and when")
    lead = _("What the programme asks for comes onto the list by itself.")
    done = _("Written down. Look at the list.")

    def get_initial(self):
        stay = Stay.objects.filter(path=self.path).first()
        return {name: getattr(stay, name) for name in STAY_FIELDS} if stay else {}

    def act(self, data):
        actions.plan_stay(path=self.path, **data, by=self.request.user, now=self.now)


class StayLearnt(PathForm):
    """The young person says what they learnt."""

    form_class = forms.LearntForm
    title = _("What I learnt")
    lead = _("Write as it comes. With your operator you turn it into skills for your CV.")
    done = _("Saved. Well done: that is a lot.")

    @staticmethod
    def check(user, path):
        check(is_own(user, path.participation))

    def get_initial(self):
        stay = Stay.objects.filter(path=self.path).first()
        if stay is None:
            raise Http404
        return {"words": stay.learnt}

    def act(self, data):
        actions.say_what_was_learnt(path=self.path, **data, by=self.request.user, now=self.now)


class OfLearning(OfPath):
    """Skills are written by operators, with the person beside them."""

    @staticmethod
    def check(user, path):
        check_can_write_skills(user, path.participation.person)


class LearntSkills(OfLearning, TemplateView):
    """Their own words on top, and a search in the list of skills."""

    template_name = "pathways/path_learnt.html"

    def get_context_data(self, **kwargs):
        wanted = self.request.GET.get("q", "").strip()
        stay = Stay.objects.filter(path=self.path).first()
        if stay is None:
            raise Http404
        found = intake.search_skills(wanted, get_language()) if wanted else []
        has = set(self.path.learnt_skills.values_list("skill", flat=True))
        return super().get_context_data(q=wanted, found=found, has=has, stay=stay, **kwargs)


class LearntSkillNote(OfLearning, PathForm):
    """How well, and where it showed."""

    form_class = forms.LearntSkillForm
    done = _("Noted among their skills.")
    button = _("Put it among the skills")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.skill = intake.skill_named(kwargs["skill"], get_language())
        if self.skill is None:
            raise Http404

    @property
    def title(self):
        return self.skill.label

    def get_initial(self):
        stay = Stay.objects.filter(path=self.path).first()
        return {"evidence": f"{stay.host}, {stay.place}"[:200]} if stay else {}

    def act(self, data):
        actions.turn_into_skill(path=self.path, skill=self.skill, **data, by=self.request.user, now=self.now)
