"""Who and what is taken when; which changes of sessions those concerned do not know yet."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from migwork.words import day_in_words
from pathways.models import Room, Session, SessionTrainer, Trainer
from pathways.schedule import Meeting
from programme.models import Organisation, Partnership


def who_and_where(organisation_id, *, of=None) -> dict:
    """The trainers and rooms to choose from, for a form; those that the session or run `of` names stay choosable."""
    trainers, rooms = Q(is_active=True), Q(is_active=True)
    if isinstance(of, Session):
        trainers, rooms = trainers | Q(sessions=of), rooms | Q(sessions=of)
    return {
        "trainers": Trainer.objects.filter(trainers, organisation=organisation_id).distinct(),
        "rooms": Room.objects.filter(rooms, organisation=organisation_id).distinct(),
    }


def next_session(run, now) -> Session | None:
    """The first that is still to come and can be changed, with its room."""
    return run.sessions.filter(starts_at__gt=now, recorded_at=None).select_related("room").first()


def plan_of(run) -> list[Meeting]:
    """The sessions of a run as one would plan them again: with whoever still is on the list."""
    still = Prefetch("trainers", Trainer.objects.active())
    return [
        Meeting(
            session.starts_at,
            session.ends_at,
            session.place,
            session.room if session.room and session.room.is_active else None,
            tuple(session.trainers.all()),
        )
        for session in run.sessions.select_related("room").prefetch_related(still)
    ]


def planned_by(user) -> list[Organisation]:
    """The organisations whose sessions this user plans, by name; all partners for an administrator."""
    rows = Organisation.objects.order_by("short_name", "pk")
    if user.is_superuser:
        return list(rows.filter(pk__in=Partnership.objects.values("organisation")))
    mine = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)
    return list(rows.filter(pk__in=mine))


def colleagues_at(organisation) -> QuerySet[User]:
    """Whoever plans sessions there, and has an account."""
    roles = [Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR]
    rows = User.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__is_active=True,
        memberships__role__in=roles,
    )
    return rows.distinct().order_by("name", "pk")


def everybody_and_everywhere(organisation) -> dict:
    """The whole list of trainers and rooms, those that were taken off it last."""
    return {
        "trainers": Trainer.objects.filter(organisation=organisation)
        .select_related("user")
        .order_by("-is_active", "name", "pk"),
        "rooms": Room.objects.filter(organisation=organisation).order_by("-is_active", "name", "pk"),
    }


def concerned(run) -> int:
    """How many people a change of sessions concerns."""
    return run.enrolments.expected().count()


def clash_of(meetings: list[Meeting], *, but=()) -> str:
    """The sentence that says which trainer or room is taken, and by what; "" where all are free.

    `but`: keys of sessions that these stand in for. Two queries.
    """
    if not meetings:
        return ""
    first = min(each.starts_at for each in meetings)
    last = max(each.ends_at for each in meetings)
    meanwhile = {"starts_at__lt": last, "ends_at__gt": first}
    trainers = {trainer.pk for each in meetings for trainer in each.trainers}
    held = SessionTrainer.objects.filter(trainer__in=trainers, **meanwhile).exclude(session__in=but)
    for row in held.select_related("trainer", "session__run__opportunity").order_by("starts_at", "pk"):
        for each in meetings:
            if row.trainer in each.trainers and _at_once(row, each):
                return _("%(who)s is taken then: “%(what)s”, %(when)s.") % {
                    "who": row.trainer.name,
                    "what": row.session.run.opportunity.title,
                    "when": when(row),
                }
    rooms = {each.room.pk for each in meetings if each.room}
    used = Session.objects.filter(Q(room__in=rooms), **meanwhile).exclude(pk__in=but)
    for row in used.select_related("room", "run__opportunity").order_by("starts_at", "pk"):
        for each in meetings:
            if row.room == each.room and _at_once(row, each):
                return _("%(room)s is taken then: “%(what)s”, %(when)s.") % {
                    "room": row.room.name,
                    "what": row.run.opportunity.title,
                    "when": when(row),
                }
    return _clash_within(meetings)


def _clash_within(meetings) -> str:
    """The same, of sessions that are only planned."""
    in_order = sorted(meetings, key=lambda each: each.starts_at)
    for one, other in pairwise(in_order):
        both = set(one.trainers) & set(other.trainers) or ({one.room} & {other.room}) - {None}
        if both and _at_once(one, other):
            return _("%(who)s would be in two places: %(when)s.") % {
                "who": both.pop(),
                "when": when(other),
            }
    return ""


def _at_once(row, other) -> bool:
    return row.starts_at < other.ends_at and row.ends_at > other.starts_at


def when(times, pattern="l j F Y") -> str:
    """Tuesday 5 May 2026, 15:00–18:00: of anything with `starts_at` and `ends_at`."""
    start, end = timezone.localtime(times.starts_at), timezone.localtime(times.ends_at)
    return f"{day_in_words(start.date(), pattern)}, {start:%H:%M}–{end:%H:%M}"


class Times(NamedTuple):
    """From when until when, where; in local time."""

    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True)
class Change:
    """What was, and what is now: without the one the session is new, without the other it was taken out."""

    was: Times | None
    now: Times | None
    # Where nothing changes but the place, and to the same for several: how many, the last of them.
    count: int = 1
    last: Times | None = None

    @property
    def is_elsewhere(self) -> bool:
        """At the same time, in another place."""
        return bool(self.was and self.now) and self.was[:2] == self.now[:2]

    @property
    def times(self) -> list[Times]:
        return [times for times in (self.was, self.now) if times]


def changes_to_tell(run, rows, now) -> list[Change]:
    """What the sum of the noted changes (SessionChange) comes to, in order of time; what is past, nobody needs."""
    sessions = run.sessions.in_bulk([row.number for row in rows])
    found, usual = [], run.opportunity.place
    for row in rows:
        session = sessions.get(row.number)
        was = _local(row.was_starts_at, row.was_ends_at, row.was_place or usual) if row.was_starts_at else None
        after = _local(session.starts_at, session.ends_at, session.place or usual) if session else None
        change = Change(was, after)
        if was != after and any(times.ends_at > now for times in change.times):
            found.append(change)
    return _gathered(sorted(found, key=lambda change: min(times.starts_at for times in change.times)))


def _gathered(changes) -> list[Change]:
    """All that moved to one place as one change: nobody reads twenty times the name of a room."""
    by_place = {}
    for change in changes:
        if change.is_elsewhere:
            by_place.setdefault(change.now.place, []).append(change)
    gathered = {id(group[0]): replace(group[0], count=len(group), last=group[-1].now) for group in by_place.values()}
    return [gathered.get(id(c), c) for c in changes if not c.is_elsewhere or id(c) in gathered]


def late_from(changes, now) -> datetime | None:
    """The moment from which on it is too late to hear of them: somebody might go there, or not."""
    return min((t.starts_at for change in changes for t in change.times if t.starts_at > now), default=None)


def _local(starts_at, ends_at, place) -> Times:
    return Times(timezone.localtime(starts_at), timezone.localtime(ends_at), place)
