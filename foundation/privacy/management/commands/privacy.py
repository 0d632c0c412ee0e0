"""`manage.py privacy seal|verify|…`: the machinery behind everybody's data."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation.privacy import actions, grants, queries
from foundation.privacy.models import RetentionRule

RULES = Path(__file__).resolve().parents[2] / "retention.toml"
KEPT = re.compile(r"\bSEAL (\d{4}-\d\d-\d\d) ([0-9a-f]{64})\b")


class Command(BaseCommand):
    help = "Seal and verify the audit trail; let go of data whose time is over."

    def add_arguments(self, parser):
        parts = parser.add_subparsers(dest="part", required=True)
        seal = parts.add_parser("seal", help="Seal what happened since the last seal.")
        seal.add_argument("--whole", action="store_true", help="Also what was missed for more than a day.")
        verify = parts.add_parser("verify", help="Say whatever was altered, deleted or cut off since it was sealed.")
        verify.add_argument(
            "--expect", action="append", default=[], metavar="DAY=HASH", help="The last hash of a day, kept outside."
        )
        verify.add_argument("--file", help="A log with lines “SEAL day hash”: all of them are expected.")

        parts.add_parser("rules", help="Enter the retention rules that are not there yet.")
        retention = parts.add_parser("retention", help="Warn and make anonymous whose time is over, by the rules.")
        retention.add_argument("--dry-run", action="store_true", help="Only list who, when and by which rule.")
        retention.add_argument("--on", type=date.fromisoformat, help="As if it were this day; only for a dry run.")
        parts.add_parser("rekey", help="Encrypt anew, under the newest of the field keys, what older ones encrypted.")
        roles = parts.add_parser("roles", help="Grant the application's role what it may, and nothing more.")
        roles.add_argument("--sql", action="store_true", help="Only print what a superuser has to run.")

    def handle(self, *, part, **options):
        getattr(self, part.replace("-", "_"))(**options)

    def seal(self, *, whole, **options):
        made = actions.seal(now=timezone.now(), whole=whole)
        self.stdout.write(f"Sealed: {made.hash}" if made else "Nothing new to seal.")

    def rules(self, **options):
        added = actions.load_rules(text=RULES.read_text(), now=timezone.now())
        self.stdout.write(f"{added} retention rules entered.")

    def retention(self, *, dry_run, on, **options):
        """By ids: a list of names on a screen or in a log would be one more copy of what must go."""
        if on and not dry_run:
            raise CommandError("Another day than today is for a dry run only.")
        now = timezone.now()
        on = on or timezone.localdate(now)
        for rule in RetentionRule.objects.in_force(on):
            found = actions.run_retention(rule=rule, on=on, dry_run=dry_run, by=None, now=now)
            self.stdout.write(f"{rule.code}: {len(found)}")
            for due in found:
                whom = due.about or f"{due.count} × {due.label}"
                day = due.due_on.isoformat() if due.due_on else "–"
                self.stdout.write(f"  {day}  {due.step.value:<10} {whom}  {due.why}".rstrip())
        if dry_run:
            self.stdout.write("Nothing was changed.")

    def rekey(self, **options):
        counts = actions.rekey(now=timezone.now())
        for label, count in counts.items():
            self.stdout.write(f"  {count:>8}  {label}")
        self.stdout.write(f"{sum(counts.values())} values are under the newest key now; no other is needed any more.")

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
            actions.note_faults(faults=faults, now=timezone.now())
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
