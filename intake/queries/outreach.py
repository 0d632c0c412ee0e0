"""Who was met on the street."""

from uuid import UUID

from django.db.models import Count

from intake.models import StreetContact

SHOWN = 200


def contacted(user) -> list[StreetContact]:
    """Who may still take part, met last first, each with `times`; one query."""
    rows = StreetContact.objects.visible_to(user).contacted()
    return list(rows.select_related("by").annotate(times=Count("meetings")).order_by("-last_at", "pk")[:SHOWN])


def contact(user, key) -> StreetContact | None:
    """One of them who may still take part, for the page on which they are received; None for anything else."""
    try:
        key = UUID(str(key))
    except ValueError:
        return None
    return StreetContact.objects.visible_to(user).contacted().filter(pk=key).first()
