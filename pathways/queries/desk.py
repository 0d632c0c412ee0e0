"""What an operator sees when they look for an activity together with a person."""

from dataclasses import dataclass
from uuid import UUID

from intake.models import Participation
from intake.workflow import OPEN_STATES
from pathways import eligibility, search
from pathways.enums import EnrolmentState, OpportunityState
from pathways.models import Enrolment, Run
from pathways.queries import signatures
from pathways.queries.words import asked

OFFERS = 20
CANDIDATES = 100


@dataclass
class Offer:
    """A run, and what speaks against it for this person ("" when nothing does)."""

    run: Run
    against: str


def runs_on_offer(edition):
    """The runs of the published activities of an edition in which people are enrolled."""
    rows = Run.objects.by_enrolment().filter(
        opportunity__edition=edition, opportunity__state=OpportunityState.PUBLISHED
    )
    return rows.select_related("opportunity__organisation")


def offers(participation, text: str, *, on) -> list[Offer]:
    """The next runs that answer `text`, at most twenty, each with the first reason against it; three queries."""
    runs = runs_on_offer(participation.edition).open_on(on)
    if text:
        said = asked(text)
        runs = runs.filter(opportunity__search=search.query_of(*said.read)) if said else runs.none()
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


def other_runs(enrolment, *, on) -> list[Run]:
    """Other dates of the same activity that still take people."""
    runs = Run.objects.filter(opportunity=enrolment.run.opportunity_id).open_on(on).exclude(pk=enrolment.run_id)
    return list(runs.order_by("starts_on", "pk")[:OFFERS])


def run_on_offer(pk) -> Run | None:
    """A run of a published activity."""
    rows = Run.objects.by_enrolment().filter(opportunity__state=OpportunityState.PUBLISHED, pk=pk)
    return rows.select_related("opportunity__organisation").first()


@dataclass
class Candidate:
    """Somebody whom the operator follows, and what speaks against this run for them ("" when nothing does)."""

    participation: Participation
    against: str


def candidates(run, operator, *, on) -> list[Candidate]:
    """The people whom this operator follows in the run's edition, by name, at most a hundred; two queries.

    Signatures of minors are looked at only when they are enrolled: each takes a query of its own.
    """
    followed = Participation.objects.filter(
        operator=operator, edition=run.opportunity.edition_id, state__in=OPEN_STATES
    )
    rows = list(followed.select_related("person").order_by("person__sort_key", "pk")[:CANDIDATES])
    theirs = run.enrolments.filter(participation__in=rows).exclude(state=EnrolmentState.WITHDRAWN)
    enrolled = {enrolment.participation_id: enrolment for enrolment in theirs}
    found = []
    for row in rows:
        points = eligibility.points(run, row, on=on, enrolment=enrolled.get(row.pk))
        found.append(Candidate(row, next((point.sentence for point in points if point.stops), "")))
    return found


def as_uuid(text) -> UUID | None:
    """The id that a form sent, or None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
