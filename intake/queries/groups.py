"""Groups and their lists."""

from typing import NamedTuple

from django.db.models import Count, Q

from accounts.models import YoungPerson
from intake.enums import GroupEntryState
from intake.models import Group, GroupEntry, Participation
from migwork.prepared import Prepared

SHOWN = 100


def groups_of(user) -> list[Group]:
    """The groups of the user's desks, latest first, each with how many are `registered` and `waiting`; one query."""
    rows = Group.objects.visible_to(user).annotate(
        registered=Count("entries", filter=Q(entries__state=GroupEntryState.REGISTERED)),
        waiting=Count("entries", filter=Q(entries__state=GroupEntryState.WAITING)),
    )
    return list(rows.order_by("-on", "-created_at", "pk")[:SHOWN])


class Listed(NamedTuple):
    """The list of a group: who waits, each with `known` (who may be the same), and the ways of who is registered."""

    waiting: list[GroupEntry]
    registered: list[Participation]


def list_of(group) -> Listed:
    """Three queries, however long the list is."""
    waiting = list(group.entries.filter(state=GroupEntryState.WAITING).order_by("sort_key", "pk"))
    known = {}
    if waiting:
        alike = YoungPerson.objects.filter(
            sort_key__in=[row.sort_key for row in waiting],
            birth_date__in=[row.birth_date for row in waiting],
            merged_into=None,
            anonymised_at=None,
        )
        for person in alike.order_by("created_at", "pk"):
            known.setdefault((person.sort_key, person.birth_date), person)
    for row in waiting:
        row.known = known.get((row.sort_key, row.birth_date))
    ways = Participation.with_merged.filter(group_entries__group=group).select_related("person")
    return Listed(waiting, list(ways.order_by("person__sort_key", "pk")))


def group_of_code(code: str) -> Group | None:
    """The group that this code stands for."""
    return _by_code.first(code=code.lower())


_by_code = Prepared(lambda code: Group.objects.filter(code=code))
