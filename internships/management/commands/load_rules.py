from django.core.management.base import BaseCommand
from django.utils import timezone

from internships.actions import load_rule_sets
from internships.rules.stored import file_content


class Command(BaseCommand):
    help = "Add the rule sets of internships and the rules of theirs that are missing; changed ones stay."

    def handle(self, **options):
        new = load_rule_sets(rule_sets=file_content(), now=timezone.now())
        self.stdout.write(f"{new} added")
