"""`./dev bench`: fill the bench database with made-up rows and measure every main page."""

import json
import time
from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from portal.bench.data import Filler
from portal.bench.pages import pages
from portal.bench.run import HEAD, ROUNDS, as_json, measure
from programme.models import Edition
from reporting.actions import refresh_figures


class Command(BaseCommand):
    help = "Measure every main page at a chosen size, as a ratio to a bare Django in the same run."

    def add_arguments(self, parser):
        parser.add_argument("--persons", type=int, default=1000)
        parser.add_argument("--opportunities", type=int, help="Default: a tenth of the persons.")
        parser.add_argument("--internships", type=int, help="Default: six for a hundred persons.")
        parser.add_argument("--json", help="Also write the table to this file.")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="Of each page and the floor in turn.")
        parser.add_argument("--only", default="", help="Measure only the pages whose name has these words in it.")
        parser.add_argument("--keep", action="store_true", help="Measure on the rows of the last time.")

    def handle(self, *, persons, opportunities, internships, json: str | None, rounds, keep, only, **options):
        if "bench" not in connection.settings_dict["NAME"]:
            raise CommandError("This empties its database, so its name must contain “bench”. Use ./dev bench.")
        opportunities = opportunities or max(25, persons // 10)
        if not keep:
            started = time.monotonic()
            empty()
            filler = Filler(persons=persons, opportunities=opportunities, internships=internships, now=timezone.now())
            filler.fill()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
            for edition in Edition.objects.all():
                refresh_figures(edition=edition, now=timezone.now())
            self.stdout.write(
                f"{persons} persons, {opportunities} opportunities and {filler.internships} internships"
                f" in {time.monotonic() - started:.1f} s"
            )
        self.stdout.write(HEAD)
        chosen = [page for page in pages() if only in page.name]
        rows = measure(chosen, rounds=rounds, say=lambda text: (self.stdout.write(text), self.stdout.flush()))
        missed = [row.page for row in rows if not row.good]
        self.stdout.write(f"Above the limit: {', '.join(missed)}" if missed else "All within their limits.")
        if json:
            write(
                json,
                as_json(rows, persons=persons, opportunities=opportunities, internships=internships, rounds=rounds),
            )


def empty():
    """Truncate every table of the rooms."""
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if m._meta.managed}
    tables -= {"django_content_type", "auth_permission", "django_migrations"}
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{t}"' for t in sorted(tables)) + " RESTART IDENTITY CASCADE")


def write(path, content):
    Path(path).write_text(json.dumps(content, indent=1))
