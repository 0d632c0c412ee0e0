"""Restricted records: what their owner and those who are named find."""

from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User, YoungPerson
from accounts.queries import ids_of
from intake.enums import SafeguardingState
from intake.models import SafeguardingRecord
from intake.queries.offices import desk_of

WHO_SEES_TO_IT = (Role.OPERATOR, Role.COORDINATOR)


def safeguarding_of(user, now) -> list[SafeguardingRecord]:
    """The records that `user` may read, the next deadline first, closed ones last; each with its `person`."""
    rows = SafeguardingRecord.objects.visible_to(user).select_related("owner").defer("text", "outcome")
    return _with_people(list(rows.order_by("closed_at", "deadline", "pk")[:100]), now)


def safeguarding_about(person, user, now) -> list[SafeguardingRecord]:
    """The same about one person, also under records that were merged into theirs."""
    rows = SafeguardingRecord.objects.visible_to(user).filter(concerns__in=ids_of(person))
    return _with_people(list(rows.select_related("owner").defer("text", "outcome")), now)


def _with_people(rows, now):
    """The person each record is about now: of a merged one the one that stayed."""
    ids = {row.concerns for row in rows}
    people = {}
    for person in YoungPerson.objects.filter(Q(pk__in=ids) | Q(merged__in=ids)).distinct() if ids else ():
        people[person.pk] = person
    merged = dict(YoungPerson.objects.filter(pk__in=ids).values_list("pk", "merged_into")) if ids else {}
    today = timezone.localdate(now)
    for row in rows:
        row.person = people.get(merged.get(row.concerns) or row.concerns)
        row.is_late = row.state == SafeguardingState.OPEN and row.deadline < today
    return rows


def safeguarding_for(user, pk, now) -> SafeguardingRecord | None:
    """One that `user` may read, without its text: that is read by the action alone."""
    rows = SafeguardingRecord.objects.visible_to(user).filter(pk=pk).select_related("owner", "opened_by", "closed_by")
    found = _with_people(list(rows.defer("text", "outcome")), now)
    return found[0] if found else None


def who_may_see_to_it(user, now) -> list[User]:
    """Operators and coordinators of where `user` works, by name: few, for a small select."""
    places = user.organisations_as(*WHO_SEES_TO_IT) or [desk_of(user, now)]
    return list(
        User.objects.filter(
            is_active=True,
            memberships__organisation__in=places,
            memberships__role__in=WHO_SEES_TO_IT,
            memberships__is_active=True,
        )
        .distinct()
        .order_by("name", "pk")
    )
