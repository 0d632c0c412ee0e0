"""What the desk's pages tell beside their lists, in one statement: it spares a read for all that is not there."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from foundation.communications.queries import lost_since
from intake.enums import AppointmentState
from intake.models import AgendaChange, Appointment, CallRequest, Cover, EarlierWish, Mediation
from intake.models.wishes import READ_AND_COME
from intake.queries.calendars import changes_since
from intake.queries.desk import desks_of, of_whom
from intake.queries.followup import still_to_call, unanswered
from intake.queries.wishes import MISSED_WITHIN
from migwork.calendar import start_of
from migwork.prepared import Prepared


class AtReception(NamedTuple):
    """What the reception list tells: how many changes in my agenda and questions without an answer; what there is."""

    changes: int
    left_to_call: int
    has_covers: bool
    has_calls: bool
    has_lost: bool


class InAgenda(NamedTuple):
    """What the agenda tells: whether others changed it; how many want an earlier hour, and miss a mediator."""

    has_changes: bool
    want_earlier: int
    without_mediator: int


def at_reception(user, now, *, lost: datetime) -> AtReception:
    """For the reception list; `lost`: since when a message that did not arrive is called to mind."""
    today = timezone.localdate(now)
    asked = {"day": today, "now": now, "missed": now - MISSED_WITHIN, "lost": lost, **still_to_call(now)}
    return AtReception(*_at_reception.first(user=user.pk, changed=start_of(changes_since(now)), **asked))


def in_agenda(user, now) -> InAgenda:
    """For the agenda: of one's own what changed, of one's desks the rest."""
    asked = {"changed": start_of(changes_since(now)), "now": now, "soon": now + READ_AND_COME}
    return InAgenda(*_in_agenda.first(user=user.pk, **asked, **desks_of(user)))


def _reception(user, day, now, changed, missed, lost, **until):
    asked = Exists(CallRequest.objects.filter(done_at=None))
    no_shows = Appointment.objects.filter(state=AppointmentState.NO_SHOW, starts_at__gt=missed, starts_at__lte=now)
    return User.objects.filter(pk=user).values_list(
        _number_of(_changes(user, changed), alike="operator"),
        _number_of(unanswered(**until), alike="answered_at"),
        Exists(Cover.objects.in_force(day).filter(stands_in=user)),
        ExpressionWrapper(asked | Exists(no_shows), output_field=BooleanField()),
        Exists(lost_since(lost)),
    )


def _agenda(user, changed, now, soon, **desks):
    wishes = of_whom(EarlierWish.objects.for_talks_after(soon), of="appointment__", **desks)
    missing = of_whom(Mediation.objects.missing().filter(appointment__starts_at__gt=now), of="appointment__", **desks)
    return User.objects.filter(pk=user).values_list(
        Exists(_changes(user, changed)),
        _number_of(wishes, alike="ended_at"),
        _number_of(missing, alike="state"),
    )


def _changes(user, since):
    return AgendaChange.objects.filter(operator=user, at__gte=since)


def _number_of(rows, *, alike):
    """How many rows; in the column `alike` all of them have the same."""
    return Coalesce(Subquery(rows.order_by().values(alike).annotate(number=Count("pk")).values("number")), 0)


_at_reception, _in_agenda = Prepared(_reception, plan_once=True), Prepared(_agenda, plan_once=True)
