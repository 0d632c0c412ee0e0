"""What an operator sees when they look for an activity together with a person."""

from dataclasses import dataclass
from uuid import UUID

from pathways import eligibility, search
from pathways.enums import EnrolmentState, OpportunityState
from pathways.models import Enrolment, Run
from pathways.queries import signatures

OFFERS = 20


@dataclass
class Offer:
    """A run, and what speaks against it for this person ("" when nothing does)."""

    run: Run
    against: str


def runs_on_offer(edition):
    """The runs of the published activities of an edition."""
    rows = Run.objects.filter(opportunity__edition=edition, opportunity__state=OpportunityState.PUBLISHED)
    return rows.select_related("opportunity__organisation")


def offers(participation, text: str, *, on) -> list[Offer]:
    """The next runs that answer `text`, at most twenty, each with the first reason against it; two queries."""
    runs = runs_on_offer(participation.edition).open_on(on)
    if text:
        query = search.query(text)
        runs = runs.filter(opportunity__search=query) if query is not None else runs.none()
    runs = list(runs.order_by("starts_on", "pk")[:OFFERS])
    theirs = Enrolment.objects.filter(run__in=runs, participation=participation).exclude(state=EnrolmentState.WITHDRAWN)
    mine = {enrolment.run_id: enrolment for enrolment in theirs}
    stopped = signatures.stops(participation.person, on)
    found = []
    for run in runs:
        unsigned = signatures.why_not(run.opportunity, stopped)
        points = eligibility.points(run, participation, on=on, enrolment=mine.get(run.pk), unsigned=unsigned)
        found.append(Offer(run, next((point.sentence for point in points if point.stops), "")))
    return found


def as_uuid(text) -> UUID | None:
    """The id that a form sent, or None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
