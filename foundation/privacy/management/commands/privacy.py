"""`manage.py privacy seal|verify|…`: the machinery behind everybody's data."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation.privacy import actions, grants, queries

KEPT = re.compile(r"\bSEAL (\d{4}-\d\d-\d\d) ([0-9a-f]{64})\b")


class Command(BaseCommand):
    help = "Seal and verify the audit trail."

    def add_arguments(self, parser):
        parts = parser.add_subparsers(dest="part", required=True)
        seal = parts.add_parser("seal", help="Seal what happened since the last seal.")
        seal.add_argument("--whole", action="store_true", help="Also what was missed for more than a day.")
        verify = parts.add_parser("verify", help="Say whatever was altered, deleted or cut off since it was sealed.")
        verify.add_argument(
            "--expect", action="append", default=[], metavar="DAY=HASH", help="The last hash of a day, kept outside."
        )
        verify.add_argument("--file", help="A log with lines “SEAL day hash”: all of them are expected.")

        roles = parts.add_parser("roles", help="Grant the application's role what it may, and nothing more.")
        roles.add_argument("--sql", action="store_true", help="Only print what a superuser has to run.")

    def handle(self, *, part, **options):
        getattr(self, part.replace("-", "_"))(**options)

    def seal(self, *, whole, **options):
        made = actions.seal(now=timezone.now(), whole=whole)
        self.stdout.write(f"Sealed: {made.hash}" if made else "Nothing new to seal.")

    def roles(self, *, sql, **options):
        role = settings.DATABASE_ROLE
        if sql:
            self.stdout.write(";\n".join(grants.statements(role)) + ";")
            return
        grants.grant()
        self.stdout.write(f"Role {role}: events can be added, never changed.")

    def verify(self, *, expect, file, **options):
        faults = queries.verify(expect=expected(expect, file))
        if faults:
            raise CommandError("\n".join(map(str, faults)))
        self.stdout.write("The chain holds.")


def expected(pairs, file) -> dict[date, str]:
    """The kept hashes by their day, from the command line and from a log."""
    found = {}
    for pair in pairs:
        day, _equals, kept = pair.partition("=")
        try:
            found[date.fromisoformat(day)] = kept.strip().lower()
        except ValueError:
            raise CommandError(f"{pair} is not DAY=HASH, such as 2026-01-31=ab12….") from None
    if file:
        for day, kept in KEPT.findall(Path(file).read_text()):
            found[date.fromisoformat(day)] = kept
    return found
