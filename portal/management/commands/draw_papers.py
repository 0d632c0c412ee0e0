from django.conf import settings
from django.core.management.base import BaseCommand

from portal.papers import drawings


class Command(BaseCommand):
    help = "Draw the tables of the privacy officer's papers in docs/privacy/ from the code."
    requires_system_checks = []

    def handle(self, **options):
        for file, text in drawings().items():
            file.write_text(text)
            self.stdout.write(str(file.relative_to(settings.BASE_DIR)))
