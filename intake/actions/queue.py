"""The queue of the day: who came in, who was called, received, and has gone."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import erase, record
from intake.actions.participation import locked, note_contact
from intake.enums import QueueState
from intake.models import QueueEntry
from intake.permissions import check_can_run_queue
from intake.queries import desk_of
from intake.workflow import QUEUE
from migwork.db import sentence_of
from migwork.errors import NotNow

TIMES = ("state", "called_at", "called_by", "received_at", "left_at")


@transaction.atomic
def join_queue(*, participation=None, first_name="", wants="", by, now) -> QueueEntry:
    """Put somebody who came in into today's queue, known or by their first name only. By an operator, at their desk."""
    if participation is not None:
        participation = locked(participation)
    desk = desk_of(by, now)
    check_can_run_queue(by, desk)
    if participation is None and not first_name.strip():
        raise NotNow(_("Write at least a first name, to call them by."), code="first_name")
    try:  # two at the door may put the same person in
        with transaction.atomic():
            entry = QueueEntry.objects.create(
                organisation_id=desk,
                day=timezone.localdate(now),
                participation=participation,
                first_name="" if participation else first_name.strip(),
                wants=wants.strip(),
                arrived_at=now,
                put_in_by=by,
            )
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    if participation is not None:
        note_contact(participation, now)
    _record("intake.queue_arrived", entry, by, now)
    return entry


@transaction.atomic
def call_from_queue(*, entry, by, now) -> QueueEntry:
    """Call who waits. By an operator of the desk; of two who call at once one gets the person, the other is told."""
    entry = _locked(entry, by)
    if entry.state == QueueState.CALLED and entry.called_by_id != by.pk:
        raise NotNow(_("%(who)s was faster and has called them already.") % {"who": entry.called_by}, code="taken")
    entry.state = QUEUE.target(entry.state, "call")
    entry.called_at, entry.called_by = now, by
    return _saved(entry, "intake.queue_called", by, now)


@transaction.atomic
def put_back_into_queue(*, entry, by, now) -> QueueEntry:
    """Nobody came when called: they wait again, since when they arrived. By an operator of the desk."""
    entry = _locked(entry, by)
    entry.state = QUEUE.target(entry.state, "put_back")
    entry.called_at = entry.called_by = None
    return _saved(entry, "intake.queue_put_back", by, now)


@transaction.atomic
def receive_from_queue(*, entry, participation=None, by, now) -> QueueEntry:
    """Somebody sits at the desk. By an operator; `participation` says who it is, where only a first name was known."""
    known = participation or entry.participation
    if known is not None:
        known = locked(known)
    entry = _locked(entry, by)
    if entry.state == QueueState.CALLED and entry.called_by_id != by.pk:
        # A colleague goes on with whom somebody else has called: from now on they are with them.
        entry.called_at, entry.called_by = now, by
    entry.state = QUEUE.target(entry.state, "receive")
    if entry.called_at is None:
        entry.called_at, entry.called_by = now, by
    entry.received_at = now
    if entry.participation_id is None and known is not None:
        _tie(entry, known)
    if known is not None:
        note_contact(known, now)
    return _saved(entry, "intake.queue_received", by, now)


@transaction.atomic
def tie_queue_entry(*, entry, participation, by, now) -> QueueEntry:
    """It turns out who is there by a first name only: somebody the desk knows. By an operator of the desk."""
    known = locked(participation)
    entry = _locked(entry, by)
    if entry.participation_id is not None or entry.state == QueueState.LEFT:
        raise NotNow(_("It is known already who this is, or they have left."), code="state")
    _tie(entry, known)
    note_contact(known, now)
    _record("intake.queue_arrived", entry, by, now)
    return entry


def _tie(entry, known):
    entry.participation, entry.first_name = known, ""
    try:
        with transaction.atomic():
            entry.save(update_fields=["participation", "first_name"])
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error


@transaction.atomic
def leave_queue(*, entry, by, now) -> QueueEntry:
    """Somebody has gone, received or not. By an operator of the desk."""
    entry = _locked(entry, by)
    entry.state = QUEUE.target(entry.state, "leave")
    entry.left_at = now
    return _saved(entry, "intake.queue_left", by, now)


@transaction.atomic
def forget_past_queues(*, now) -> int:
    """Whoever was not marked as gone yesterday has gone; first names that belong to nobody's file are forgotten.

    By the portal itself, every night. How many rows were changed.
    """
    past = QueueEntry.objects.filter(day__lt=timezone.localdate(now))
    gone = past.here().update(state=QueueState.LEFT, left_at=now)
    nameless = past.filter(participation=None).exclude(first_name="", wants="")
    return gone + sum(erase(nameless).values())


def _locked(entry, by):
    entry = QueueEntry.objects.select_for_update(of=("self",)).select_related("called_by").get(pk=entry.pk)
    check_can_run_queue(by, entry.organisation_id)
    return entry


def _saved(entry, verb, by, now):
    entry.save(update_fields=TIMES)
    _record(verb, entry, by, now)
    return entry


def _record(verb, entry, by, now):
    about = entry.participation.person_id if entry.participation_id else None
    record(verb=verb, by=by, now=now, on=entry, about=about)
