"""`manage.py check_documents`: is every document still, byte by byte, the one that was made?"""

from django.core.management.base import BaseCommand, CommandError

from foundation.documents.models import Document
from foundation.documents.queries import altered


class Command(BaseCommand):
    help = "Compare each document's file with the hash that was kept of it. Fails and names those that were changed."

    def handle(self, **options):
        found = [f"{document.protocol_number} ({document.kind}, {document.pk})" for document in altered()]
        if found:
            raise CommandError("Not the file that was made, or gone:\n" + "\n".join(found))
        kept = Document.objects.exclude(file="").count()
        self.stdout.write(f"{kept} documents: each is the one that was made.")
