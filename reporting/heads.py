"""Heads at workshops, told apart from persons: no figure of the targets ever reads them."""

from django.db.models import Count, Sum

from migwork.calendar import bounds_of, start_of
from pathways.enums import RunState
from pathways.models import Headcount
from reporting.indicators import Scope


def heads_of(scope: Scope) -> dict:
    """How many heads were counted at how many sessions of the edition, within the days of `scope`. One query."""
    rows = Headcount.objects.filter(
        session__run__opportunity__edition=scope.edition,
        session__starts_at__gte=start_of(scope.from_day),
        session__starts_at__lt=bounds_of(scope.to_day)[1],
    ).exclude(session__run__state=RunState.CANCELLED)
    found = rows.aggregate(heads=Sum("heads"), sessions=Count("session", distinct=True))
    return {"heads": found["heads"] or 0, "sessions": found["sessions"]}
