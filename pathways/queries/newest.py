"""What came last into the catalogue, for whoever follows a search."""

from dataclasses import replace
from datetime import date

from pathways.models import Opportunity
from pathways.queries.catalogue import conditions_of, matching
from pathways.queries.wanted import Wanted
from pathways.queries.words import asked

# As many as a reader may have missed.
MOST = 50


def newest(wanted: Wanted, on: date) -> list[Opportunity]:
    """The activities that answer `wanted`, the latest first, each with its organisation; two queries at most."""
    wanted = replace(wanted, near=None, after="")
    conditions = conditions_of(wanted, on, asked(wanted.q, wanted.exact) if wanted.q else None)
    if conditions is None:
        return []
    return list(matching(**conditions).newest().select_related("organisation").defer("search")[:MOST])
