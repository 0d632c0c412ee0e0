"""`manage.py prepare`: all that the portal needs before it can receive anybody. Run it at every upgrade."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from migwork.db import analyse


class Command(BaseCommand):
    help = "Migrate the database; load what the portal starts with: service, rules, form. Twice is the same as once."

    def handle(self, **options):
        root = Path(settings.BASE_DIR)
        call_command("migrate", interactive=False, verbosity=1)
        call_command("load_edition", root / "programme" / "editions" / "ordinary.toml", verbosity=0)
        call_command("privacy", "rules", verbosity=0)
        call_command("load_questionnaire", *sorted(root.glob("*/questionnaires/*.toml")), verbosity=0)
        call_command("load_purposes", verbosity=0)
        call_command("load_papers", verbosity=0)
        call_command("load_skills", verbosity=0)
        call_command("load_rules", verbosity=0)
        analyse()
