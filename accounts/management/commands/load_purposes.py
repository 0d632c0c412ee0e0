import tomllib
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions import load_purposes, load_special_rules

ROOM = Path(__file__).resolve().parents[2]


class Command(BaseCommand):
    help = "Add purposes of consent, kinds of paper and rules on protected data that are missing; changed ones stay."

    def handle(self, **options):
        papers = tomllib.loads((ROOM / "papers.toml").read_text(encoding="utf-8"))["paper"]
        purposes = tomllib.loads((ROOM / "purposes.toml").read_text(encoding="utf-8"))["purpose"]
        new = load_purposes(papers=papers, purposes=purposes, now=timezone.now())
        rules = tomllib.loads((ROOM / "special-rules.toml").read_text(encoding="utf-8"))["rule"]
        new += load_special_rules(rules=rules, now=timezone.now())
        self.stdout.write(f"{new} added")
