from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programme.actions import load_edition
from programme.edition_file import EditionFileError


class Command(BaseCommand):
    help = "Create or update an edition from a TOML file. Twice is the same as once; a wrong file changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", help="such as programme/editions/mig-work-2020.toml")
        parser.add_argument("--starting", metavar="YYYY-MM-DD", help="move the edition to begin on this day")
        parser.add_argument("--demo", action="store_true", help="mark it as demo and load the made-up budget lines")

    def handle(self, *, file, starting, demo, **options):
        file = Path(file)
        try:
            starting = date.fromisoformat(str(starting)) if starting else None
        except ValueError as error:
            raise CommandError(_("--starting: write the day as in 2026-04-01.")) from error
        try:
            text = file.read_text(encoding="utf-8")
            done = load_edition(text=text, starting=starting, demo=demo, now=timezone.now())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("The file cannot be read: %s") % error) from error
        except EditionFileError as error:
            raise CommandError(f"{file}\n{error}") from error
        for words, rows in (
            (_("Created"), done.created),
            (_("Changed"), done.updated),
            (_("Deleted"), done.deleted),
        ):
            if rows:
                self.stdout.write(f"{words}: " + ", ".join(f"{m._meta.verbose_name} × {n}" for m, n in rows.items()))
        if not done.changed:
            self.stdout.write(_("Nothing to change: it is all there already."))
        if done.demo_lines_left_out:
            left_out = _("%s budget lines made up for the demo were left out.") % done.demo_lines_left_out
            self.stdout.write(left_out)
        self.stdout.write(self.style.SUCCESS(str(done.edition)))
