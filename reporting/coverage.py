"""Whom the offer covers: each situation of the founding document × age band, and where there is nothing yet."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from migwork.small_numbers import LEAST
from pathways.enums import OpportunityState, Situation
from pathways.models import Opportunity, Run
from reporting.indicators import SESSIONS, Age, Scope, eligible
from reporting.queries import AGE_BANDS

SHOWN = 50
COMING_OF_AGE = 18


@dataclass(frozen=True)
class Cell:
    """One situation at one age: published modules, their free places, the people who came to such a module.

    `people` is None for so few that one would guess who they are.
    """

    situation: Situation
    band: tuple[int, int]
    modules: int
    places: int
    people: int | None

    @property
    def applies(self) -> bool:
        """Whether anybody of this age can be in this situation."""
        return self.situation != Situation.NEWLY_ARRIVED or self.band[0] < COMING_OF_AGE

    @property
    def is_covered(self) -> bool:
        return self.modules > 0


def bands_of(edition) -> list[tuple[int, int]]:
    """The age bands of an edition: the usual ones as far as its ages go, and what lies below and above them."""
    first, last = AGE_BANDS[0][0], AGE_BANDS[-1][1]
    usual = [(edition.min_age, first - 1), *AGE_BANDS, (last + 1, edition.max_age)]
    cut = [(max(low, edition.min_age), min(high, edition.max_age)) for low, high in usual]
    return [(low, high) for low, high in cut if low <= high]


def coverage(edition, on) -> list[Cell]:
    """Every situation × age band of an edition on the day `on`: two queries.

    A module covers a band when it takes somebody of that age, and counts in every situation that it names.
    """
    bands = bands_of(edition)
    offered, came = _offered(edition, bands, on), _came(edition, bands, on)
    return [
        Cell(situation, band, *offered.get((situation.value, n), (0, 0)), _shown(came.get((situation.value, n), 0)))
        for situation in Situation
        for n, band in enumerate(bands)
    ]


def _shown(people: int) -> int | None:
    return None if 0 < people < LEAST else people


_OFFERED = """
    SELECT situation, band.number, count(*), coalesce(sum(open.places), 0)::bigint
    FROM pathways_opportunity AS opportunity
    CROSS JOIN unnest(opportunity.situations) AS situation
    JOIN unnest(%(lowest)s::int[], %(highest)s::int[]) WITH ORDINALITY AS band(lowest, highest, number)
        ON opportunity.min_age <= band.highest AND opportunity.max_age >= band.lowest
    LEFT JOIN (
        SELECT opportunity_id, sum(places - places_taken) AS places FROM pathways_run
        WHERE state IN ('planned', 'running') AND enrol_by >= %(on)s AND paused_at IS NULL GROUP BY opportunity_id
    ) AS open ON open.opportunity_id = opportunity.id
    WHERE opportunity.edition_id = %(edition)s AND opportunity.state = 'published'
    GROUP BY situation, band.number
"""


def _offered(edition, bands, on) -> dict:
    """{(situation, number of the band): (modules, free places)}."""
    values = {"edition": edition.pk, "on": on}
    values["lowest"], values["highest"] = map(list, zip(*bands, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, values)
        return {(situation, band - 1): (modules, places) for situation, band, modules, places in cursor}


def _came(edition, bands, on) -> dict:
    """{(situation, number of the band): persons who attended}: as the figures count them, by their age on that day."""
    scope, person = Scope.of(edition, to_day=on, macro_actions=()), "enrolment__participation__person"
    day = TruncDate("session__starts_at", tzinfo=timezone.get_default_timezone())
    band = Case(*(When(age__range=each, then=Value(n)) for n, each in enumerate(bands)), default=Value(None))
    each = {
        situation.value: Count(
            person, distinct=True, filter=Q(enrolment__run__opportunity__situations__contains=[situation.value])
        )
        for situation in Situation
    }
    rows = eligible(SESSIONS.within(scope), edition, "enrolment__participation__")
    rows = rows.alias(age=Age(day, F(f"{person}__birth_date"))).annotate(band=band).values("band").annotate(**each)
    found = {}
    for row in rows:
        number = row.pop("band")
        if number is not None:
            found |= {(situation, number): people for situation, people in row.items()}
    return found


def modules_behind(edition, situation: str, lowest: int | None, on) -> list[Opportunity]:
    """The published activities of one cell with `free`, their free places; an empty situation: those that name none."""
    open_runs = Run.objects.open_on(on).filter(opportunity=OuterRef("pk")).order_by().values("opportunity")
    free = open_runs.annotate(free=Sum(F("places") - F("places_taken"))).values("free")
    rows = Opportunity.objects.filter(edition=edition, state=OpportunityState.PUBLISHED)
    if situation:
        rows = rows.filter(situations__contains=[situation])
    else:
        rows = rows.filter(situations=[])
    if lowest is not None:
        highest = dict(bands_of(edition))[lowest]
        rows = rows.filter(min_age__lte=highest, max_age__gte=lowest)
    rows = rows.select_related("organisation").defer("search").annotate(free=Subquery(free))
    return list(rows.order_by("title", "pk")[:SHOWN])


def without_situation(edition) -> int:
    """How many published activities do not say for whom they were thought."""
    return Opportunity.objects.filter(edition=edition, state=OpportunityState.PUBLISHED, situations=[]).count()
