import tomllib
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from internships.actions import load_papers
from internships.enums import PaperCode

ROOM = Path(__file__).resolve().parents[2]


class Command(BaseCommand):
    help = "Add the kinds of paper and the words of papers of internships that are missing; changed ones stay."

    def handle(self, **options):
        papers = tomllib.loads((ROOM / "papers.toml").read_text(encoding="utf-8"))["paper"]
        bodies = {code: (ROOM / "papers" / f"{code}.txt").read_text(encoding="utf-8") for code in PaperCode.values}
        self.stdout.write(f"{load_papers(papers=papers, bodies=bodies, now=timezone.now())} added")
