from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation.questionnaires import actions, files


class Command(BaseCommand):
    help = "Publish the questionnaire of a TOML file; twice is the same as once, a wrong file changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="+")

    def handle(self, *, file, **options):
        try:
            read = [files.read(path) for path in file]
        except files.WrongFile as error:
            raise CommandError(str(error)) from error
        for key, title, definition in read:
            questionnaire, changed = actions.load_questionnaire(
                key=key, title=title, definition=definition, now=timezone.now()
            )
            self.stdout.write(f"{questionnaire}: {'published' if changed else 'unchanged'}")
