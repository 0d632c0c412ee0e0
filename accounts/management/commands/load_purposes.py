import tomllib
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions import load_purposes

ROOM = Path(__file__).resolve().parents[2]


class Command(BaseCommand):
    help = "Add the purposes of consent and the kinds of paper that are not there yet; what was changed stays."

    def handle(self, **options):
        papers = tomllib.loads((ROOM / "papers.toml").read_text(encoding="utf-8"))["paper"]
        purposes = tomllib.loads((ROOM / "purposes.toml").read_text(encoding="utf-8"))["purpose"]
        new = load_purposes(papers=papers, purposes=purposes, now=timezone.now())
        self.stdout.write(f"{new} added")
