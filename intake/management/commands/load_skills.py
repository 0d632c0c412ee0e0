from django.core.management.base import BaseCommand

from intake.actions import load_skills
from intake.enums import SkillSource
from intake.models import Skill
from intake.skill_lists import own_list


class Command(BaseCommand):
    help = "Load the portal's own short list of skills, unless ESCO was imported. Twice is the same as once."

    def handle(self, **options):
        if Skill.objects.filter(source=SkillSource.ESCO).exists():
            return
        own = own_list()
        for language, entries in own["entries"].items():
            load_skills(entries=entries, language=language, source=SkillSource.OWN, version=own["version"])
