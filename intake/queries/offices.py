"""Where operators work, who is free there, and which partners take part."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from intake.enums import AppointmentState
from intake.models import (
    Appointment,
    Cover,
    Slot,
)
from migwork.calendar import bounds_of
from programme.models import Organisation, Partnership
from programme.queries import receiving_edition

PAGE_OF_COVERS = 100


def organisation_of_operator(user, edition) -> int:
    """Where an operator works; for an administrator who stands in, the edition's lead partner."""
    offices = user.organisations_as(Role.OPERATOR)
    if offices:
        return offices[0]
    return Partnership.objects.get(edition=edition, is_lead=True).organisation_id


def desk_of(user, now) -> int | None:
    """The desk whose queue this user runs: where they work, or for an administrator the lead partner's."""
    edition = receiving_edition(timezone.localdate(now))
    if not user.organisations_as(Role.OPERATOR) and edition is None:
        return None
    return organisation_of_operator(user, edition)


def operators_of(organisation_id) -> list[User]:
    """The operators who work at an organisation, by name: few, for a small select."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__organisation=organisation_id,
            memberships__role=Role.OPERATOR,
            memberships__is_active=True,
        )
        .distinct()
        .order_by("name", "pk")
    )


def free_colleagues(slot, *, first=None) -> list[User]:
    """Who of the desk is free during `slot`: `first` (who follows the person), then who offers no hours of their own
    then, then who has the fewest appointments on that day.
    """
    start, end = bounds_of(timezone.localdate(slot.starts_at))
    theirs = Appointment.objects.filter(operator=OuterRef("pk"), state=AppointmentState.BOOKED)
    offered = Slot.objects.filter(
        operator=OuterRef("pk"), is_open=True, starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at
    )
    of_day = theirs.filter(starts_at__gte=start, starts_at__lt=end).order_by().values("operator")
    rows = (
        User.objects.filter(
            ~Exists(theirs.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at)),
            Exists(
                Membership.objects.filter(
                    user=OuterRef("pk"), organisation=slot.organisation_id, role=Role.OPERATOR, is_active=True
                )
            ),
            is_active=True,
        )
        .annotate(
            offers=Exists(offered),
            talks=Coalesce(Subquery(of_day.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
        )
        .order_by("offers", "talks", "pk")
    )
    return sorted(rows, key=lambda user: user.pk != first)


def partners_of(edition) -> list[Organisation]:
    """The organisations of an edition, without the lead: to whom people can be referred."""
    return list(Organisation.objects.filter(partnerships__edition=edition, partnerships__is_lead=False))


def colleagues_at_the_desk(user, now) -> list[User]:
    """The other operators of where `user` works."""
    desk = desk_of(user, now)
    return [colleague for colleague in operators_of(desk) if colleague.pk != user.pk] if desk else []


def covers_of_desk(user, now) -> list[Cover]:
    """Who stands in for whom at the user's desk, today or later."""
    rows = Cover.objects.visible_to(user).filter(last_day__gte=timezone.localdate(now), ended_at=None)
    return list(rows.select_related("away", "stands_in").order_by("first_day", "pk")[:PAGE_OF_COVERS])
