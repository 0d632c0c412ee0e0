"""`manage.py load_demo`: the first edition, moved to begin about seven months ago, with its people."""

import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from foundation.privacy import actions as privacy
from foundation.privacy.queries import verify
from portal.demo.walk import PERSONS, walk
from programme.models import Edition


class Command(BaseCommand):
    help = "Load the demonstration, once. Only in demo mode."

    def add_arguments(self, parser):
        parser.add_argument("--persons", type=int, default=PERSONS)

    def handle(self, *, persons, **options):
        if not settings.DEMO:
            raise CommandError("The demo is for demo mode only: set MIGWORK_DEMO=1, never beside real people's data.")
        if Edition.objects.filter(is_demo=True).exists():
            self.stdout.write("The demo is already there.")
            return
        started = time.monotonic()
        with transaction.atomic():  # all or nothing: half a demo would never be completed
            self.load(persons, timezone.now())
        # At once, so that whoever looks finds a chain that holds.
        privacy.seal(now=timezone.now(), whole=True)
        if faults := verify():
            raise CommandError("\n".join(map(str, faults)))
        self.stdout.write(f"Demo with {persons} people loaded in {time.monotonic() - started:.0f} s.")

    def load(self, persons, now):
        root = Path(settings.BASE_DIR)
        call_command("load_questionnaire", *sorted(root.glob("*/questionnaires/*.toml")), verbosity=0)
        call_command("load_purposes", verbosity=0)
        call_command("load_papers", verbosity=0)
        call_command("load_skills", verbosity=0)
        call_command("load_rules", verbosity=0)
        call_command("privacy", "rules", verbosity=0)
        call_command("load_edition", root / "programme" / "editions" / "ordinary.toml", verbosity=0)
        call_command(
            "load_edition",
            root / "programme" / "editions" / "mig-work-2020.toml",
            starting=seven_months_before(timezone.localdate(now)),
            demo=True,
            verbosity=0,
        )
        walk(edition=Edition.objects.get(is_demo=True), now=now, persons=persons)


def seven_months_before(today: date) -> date:
    """The first day of the month that lies six months before `today`'s: today falls in the seventh month."""
    month = today.year * 12 + today.month - 1 - 6
    return date(month // 12, month % 12 + 1, 1)
