"""Open interviews to be measured: each client writes in one of its own, as operators do."""

import time

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from intake import actions
from intake.models import Interview, Participation
from intake.workflow import OPEN_STATES

SECTION = "wishes"
# More than clients, rounds and single requests of one measure.
MANY = 40
# How the bench numbers its requests: so many belong to one client.
OF_ONE_CLIENT = 100_000


def open_interviews(operator, besides) -> list[Interview]:
    """So many other interviews that are open, begun where there are too few."""
    open_here = Interview.objects.filter(participation=OuterRef("pk"), completed_at=None)
    ways = Participation.objects.filter(~Exists(open_here), state__in=OPEN_STATES)
    open_ones = Interview.objects.filter(completed_at=None).exclude(pk=besides.pk)
    missing = MANY - open_ones.count()
    for participation in ways.order_by("pk")[: max(0, missing)]:
        actions.start_interview(participation=participation, by=operator, now=timezone.now())
    return list(open_ones.select_related("sheet").order_by("pk")[:MANY])


class Saving:
    """A section saved again and again: `path(n)` and `form(n)`, in which each save names the version before it."""

    def __init__(self, interviews):
        self.free = list(interviews)
        self.taken: dict[int, Interview] = {}
        self.versions: dict[int, int] = {}
        self.started = time.time()

    def path(self, n: int) -> str:
        client = n // OF_ONE_CLIENT
        if client not in self.taken:
            interview = self.taken[client] = self.free.pop()
            self.versions[client] = interview.sheet.marks.get(SECTION, {}).get("version", 0)
        return reverse("intake:interview-section", args=[self.taken[client].pk, SECTION])

    def form(self, n: int) -> dict:
        client = n // OF_ONE_CLIENT
        version = self.versions[client]
        self.versions[client] += 1
        return {"version": version, "goal": f"Lavorare in una falegnameria, prova {n} di {self.started}"}
