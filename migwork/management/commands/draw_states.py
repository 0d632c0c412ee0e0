from django.conf import settings
from django.core.management.base import BaseCommand

from migwork.drawings import drawings


class Command(BaseCommand):
    help = "Draw every table of states into docs/states/."
    requires_system_checks = []

    def handle(self, **options):
        wanted = drawings()
        folder = settings.BASE_DIR / "docs" / "states"
        folder.mkdir(parents=True, exist_ok=True)
        for file in set(folder.glob("*.md")) - set(wanted):
            file.unlink()
        for file, text in wanted.items():
            file.write_text(text)
            self.stdout.write(str(file.relative_to(settings.BASE_DIR)))
