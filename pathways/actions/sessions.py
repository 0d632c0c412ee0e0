"""The sessions of a run: planned by repeats, changed, added and taken out one by one; who holds them, and where."""

from datetime import UTC, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.calendar import check_year
from migwork.errors import NotNow
from pathways import notifications, permissions
from pathways.actions.catalogue import refresh_next_starts
from pathways.actions.places import lock
from pathways.enums import RunState
from pathways.models import Room, Run, Session, SessionChange, SessionTrainer, Trainer
from pathways.queries.certificates import held_hours
from pathways.queries.sessions import changes_to_tell, clash_of, when
from pathways.schedule import Meeting

LONGEST = timedelta(hours=14)
MOST_SESSIONS = 200
# Several changes make one message: it leaves when nothing was changed for a while, but does not wait for ever.
SETTLED, AT_LAST = timedelta(minutes=10), timedelta(hours=1)


@transaction.atomic
def add_sessions(*, run, sessions, by, now) -> Run:
    """Add `sessions` (Meeting each) to a run: its hours grow, and its dates where they lie outside.

    By the partner's staff. NotNow where a trainer or a room is taken then, naming which. Whoever takes part is told,
    once things have settled.
    """
    run = _open(run, by)
    before = _tenths(run)
    made = write(run, sessions, now=now)
    run.hours += _tenths(run) - before
    for session in made:
        _note(run, session.pk, None, by=by, now=now)
    _follow(run, now)
    record(verb="pathways.sessions_added", by=by, now=now, on=run, fields=["sessions", "hours"])
    return run


@transaction.atomic
def change_session(*, session, to: Meeting, by, now) -> Session:
    """Another day, other hours, another place, room or trainer for a session. By the partner's staff.

    Day and hours stay once attendance is recorded: they are evidence. Whoever takes part is told where they have to
    come otherwise than they knew, once things have settled.
    """
    run = _open(session.run, by)
    session = _still(run, session)
    before = (session.starts_at, session.ends_at, session.place)
    to = _whole(to)
    if before[:2] != (to.starts_at, to.ends_at) and _is_recorded(session):
        raise NotNow(_("Attendance is recorded for this session: its day and hours stay."), code="recorded")
    _check_times(run, [to], now)
    if run.sessions.filter(starts_at=to.starts_at).exclude(pk=session.pk).exists():
        raise NotNow(_("There is a session that begins then already: %s.") % when(to), code="twice")
    _take(run, [to], but=[session])
    trainers = set(session.trainers.all())
    changed = [
        name
        for name, old, new in (
            ("starts_at", session.starts_at, to.starts_at),
            ("ends_at", session.ends_at, to.ends_at),
            ("place", session.place, to.place),
            ("room", session.room, to.room),
            ("trainers", trainers, set(to.trainers)),
        )
        if old != new
    ]
    if not changed:
        return session
    hours = _tenths(run)
    # Who holds it no more must not stand in the way of the new times, nor who holds it from now on of the old ones.
    SessionTrainer.objects.filter(session=session).delete()
    session.starts_at, session.ends_at, session.place, session.room = to.starts_at, to.ends_at, to.place, to.room
    session.save(update_fields=["starts_at", "ends_at", "place", "room"])
    _name([(session, to.trainers)])
    run.hours = max(run.hours + _tenths(run) - hours, Decimal(0))
    if before != (session.starts_at, session.ends_at, session.place):
        _note(run, session.pk, before, by=by, now=now)
    _follow(run, now)
    record(verb="pathways.session_changed", by=by, now=now, on=run, fields=changed)
    return session


@transaction.atomic
def remove_session(*, session, by, now) -> Run:
    """Take out a session that will not be held; the run's hours shrink. By the partner's staff.

    Never one with recorded attendance. Whoever takes part is told, once things have settled.
    """
    run = lock(session.run)
    permissions.check_can_run(by, run.opportunity)
    session = run.sessions.select_for_update(of=("self",)).filter(pk=session.pk).first()
    if session is None:
        raise NotNow(_("This session was taken out already."), code="gone")
    if _is_recorded(session):
        raise NotNow(_("Attendance is recorded for this session: it stays."), code="recorded")
    hours = _tenths(run)
    _note(run, session.pk, (session.starts_at, session.ends_at, session.place), by=by, now=now)
    SessionTrainer.objects.filter(session=session).delete()
    session.delete()
    run.hours = max(run.hours + _tenths(run) - hours, Decimal(0))
    _follow(run, now)
    record(verb="pathways.session_removed", by=by, now=now, on=run, fields=["sessions", "hours"])
    return run


@transaction.atomic
def name_for_all(*, run, room, trainers, by, now) -> int:
    """The same room and trainers for all sessions of a run that are still to come. By the partner's staff. How many.

    Nothing changes where one of them is taken at the time of a session: NotNow says which.
    """
    run = _open(run, by)
    coming = list(run.sessions.filter(starts_at__gt=now, recorded_at=None).select_related("room"))
    wanted = [(session, _with(session, room, trainers)) for session in coming]
    _take(run, [to for _session, to in wanted], but=coming)
    SessionTrainer.objects.filter(session__in=coming).delete()
    for session, to in wanted:
        if session.place != to.place:
            _note(run, session.pk, (session.starts_at, session.ends_at, session.place), by=by, now=now)
        session.room, session.place = to.room, to.place
    Session.objects.bulk_update(coming, ["room", "place"])
    _name([(session, to.trainers) for session, to in wanted])
    record(verb="pathways.session_changed", by=by, now=now, on=run, fields=["room", "trainers"])
    return len(coming)


def _with(session, room, trainers) -> Meeting:
    """The same session there and with them; the room's words give way to those of the other."""
    shown = session.room.beside(session.place) if session.room is not None else session.place
    return _whole(Meeting(session.starts_at, session.ends_at, shown, room, tuple(trainers)))


def write(run, meetings, *, now) -> list[Session]:
    """Save the sessions of a locked run, with whoever holds them. The caller checked who may."""
    meetings = [_whole(Meeting(*each)) for each in meetings]
    if run.sessions.count() + len(meetings) > MOST_SESSIONS:
        raise ValidationError(_("These are more than %s sessions.") % MOST_SESSIONS)
    _check_times(run, meetings, now)
    _take(run, meetings)
    known = set(run.sessions.values_list("starts_at", flat=True))
    for each in meetings:
        if each.starts_at in known:
            raise NotNow(_("There is a session that begins then already: %s.") % when(each), code="twice")
        known.add(each.starts_at)
    made = Session.objects.bulk_create(
        [Session(run=run, starts_at=m.starts_at, ends_at=m.ends_at, place=m.place, room=m.room) for m in meetings]
    )
    _name([(session, each.trainers) for session, each in zip(made, meetings, strict=True)])
    return made


def free(run) -> None:
    """Leave the rooms and trainers of a locked run that was called off to others, and what was to be told of it."""
    sessions = run.sessions.filter(recorded_at=None)
    SessionTrainer.objects.filter(session__in=sessions).delete()
    sessions.exclude(room=None).update(room=None)
    run.session_changes.all().delete()


def _open(run, by) -> Run:
    run = lock(run)
    permissions.check_can_run(by, run.opportunity)
    if run.state not in (RunState.PLANNED, RunState.RUNNING):
        raise NotNow(_("These dates are over: their sessions stay as they are."), code="over")
    return run


def _still(run, session) -> Session:
    found = run.sessions.select_for_update(of=("self",)).select_related("room").filter(pk=session.pk).first()
    if found is None:
        raise NotNow(_("This session was taken out already."), code="gone")
    return found


def _is_recorded(session) -> bool:
    return session.recorded_at is not None or session.attendances.exists() or session.headcounts.exists()


def _whole(to: Meeting) -> Meeting:
    """With the words of its room before what else says where to go."""
    place = to.place.strip()
    return to._replace(place=to.room.joined(place) if to.room else place, trainers=tuple(to.trainers))


def _check_times(run, meetings, now) -> None:
    for each in meetings:
        check_year(each.day, timezone.localdate(now))
        # In UTC: on the clock on the wall an hour may not exist when summer time begins.
        if not timedelta(0) < each.ends_at.astimezone(UTC) - each.starts_at.astimezone(UTC) <= LONGEST:
            raise ValidationError(_("A session ends after it starts, on the same day."))


def _take(run, meetings, but=()) -> None:
    """Wait until nobody else is writing into the hours of these rooms and trainers, then look whether they are free.

    The database alone keeps two sessions apart, but two inserts that exclude each other may wait in a ring, and
    PostgreSQL then breaks one off with an error that is nobody's sentence. Rooms before trainers, each in one order.
    """
    rooms = {each.room.pk for each in meetings if each.room}
    trainers = {trainer.pk for each in meetings for trainer in each.trainers}
    ours = {"organisation": run.opportunity.organisation_id}
    for model, wanted in ((Room, rooms), (Trainer, trainers)):
        rows = model.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted, **ours).order_by("pk")
        if len(list(rows)) < len(wanted):
            raise NotNow(_("Choose from your own list of trainers and rooms."), code="foreign")
    if rooms or trainers:
        clash = clash_of(meetings, but=[session.pk for session in but])
        if clash:
            raise NotNow(clash, code="taken")


def _name(rows) -> None:
    """Write who holds which session."""
    SessionTrainer.objects.bulk_create(
        [
            SessionTrainer(session=session, trainer=trainer, starts_at=session.starts_at, ends_at=session.ends_at)
            for session, trainers in rows
            for trainer in trainers
        ]
    )


def _tenths(run) -> Decimal:
    """How long its sessions last together, as its hours are written: so that they do not drift by what is rounded."""
    return held_hours(run).quantize(Decimal("0.1"))


def _follow(run, now) -> None:
    """The dates of a run are those of its sessions, where it has some; one enrols until the last day at most."""
    found = run.sessions.aggregate(first=Min("starts_at"), last=Max("ends_at"))
    if found["first"]:
        run.starts_on, run.ends_on = timezone.localdate(found["first"]), timezone.localdate(found["last"])
        run.enrol_by = min(run.enrol_by, run.ends_on)
    run.save(update_fields=["starts_on", "ends_on", "enrol_by", "hours"])
    refresh_next_starts(now=now, opportunity=run.opportunity)


# --- telling -------------------------------------------------------------------------------


def _note(run, number, was, *, by, now) -> None:
    """Remember how the session stood before its first change that nobody has been told of."""
    starts_at, ends_at, place = was or (None, None, "")
    SessionChange.objects.update_or_create(
        run=run,
        number=number,
        defaults={"last_at": now, "by": by},
        create_defaults={
            "was_starts_at": starts_at,
            "was_ends_at": ends_at,
            "was_place": place,
            "first_at": now,
            "last_at": now,
            "by": by,
        },
    )


def tell_session_changes(*, now) -> int:
    """Tell those concerned of what changed in their sessions and has settled: each once, in one message.

    How many runs.
    """
    waiting = SessionChange.objects.values("run").annotate(first=Min("first_at"), last=Max("last_at")).order_by("run")
    due = [row["run"] for row in waiting if row["last"] <= now - SETTLED or row["first"] <= now - AT_LAST]
    return sum(_tell(pk, now) for pk in due)


@transaction.atomic
def _tell(run_pk, now) -> bool:
    """One run at a time, in a transaction of its own: whoever comes second finds nothing left to tell."""
    run = lock(Run(pk=run_pk))
    rows = list(run.session_changes.order_by("pk"))
    if not rows:
        return False
    last_at = max(row.last_at for row in rows)
    changes = changes_to_tell(run, rows, now)
    SessionChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if not changes:
        return False
    concerned = run.enrolments.expected().select_related("participation__person")
    for enrolment in concerned.filter(asked_at__lte=last_at).order_by("asked_at", "pk"):
        enrolment.run = run
        notifications.sessions_changed(enrolment, changes, last_at, now=now)
    notifications.sessions_changed_for_trainers(run, changes, last_at, but={row.by_id for row in rows}, now=now)
    return True
