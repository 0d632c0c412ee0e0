"""Writes about disclosed abuse. Each event is on the record and about nobody: no story and no copy tells of it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record as record_event
from intake import notifications
from intake.actions.participation import locked
from intake.models import SafeguardingEntry, SafeguardingReader, SafeguardingReading, SafeguardingRecord
from intake.permissions import (
    can_be_named,
    check_can_lead_safeguarding,
    check_can_open_safeguarding,
    check_can_read_safeguarding,
)
from intake.workflow import SAFEGUARDING
from migwork.calendar import check_year
from migwork.db import sentence_of
from migwork.errors import NotNow

# A reason that says something: "x" or "." would be none.
SHORTEST_REASON = 10
AHEAD = timedelta(days=2)


@transaction.atomic
def open_safeguarding(*, participation, text: str, owner, deadline: date, by, now: datetime) -> SafeguardingRecord:
    """Write down what somebody disclosed, with who sees to it and by when. By an operator; the owner is told.

    Also where the person's data are limited: their safety comes first (art. 18(2) GDPR).
    """
    check_can_open_safeguarding(by)
    participation = locked(participation, also_merged=True)
    if participation.person.anonymised_at:
        raise NotNow(_("Nothing can be added about this person now."), code="closed")
    if not text.strip():
        raise NotNow(_("Write at least a word."), code="text")
    _check_owner(owner)
    _check_deadline(deadline, now)
    found = SafeguardingRecord.objects.create(
        concerns=participation.person_id,
        text=text.strip(),
        owner=owner,
        deadline=deadline,
        opened_at=now,
        opened_by=by,
    )
    record_event(verb="intake.safeguarding_opened", by=by, now=now, on=found, fields=["text", "owner", "deadline"])
    if owner != by:
        notifications.safeguarding_given(found, now=now)
    return found


@transaction.atomic
def read_safeguarding(*, record, reason: str, by, now: datetime) -> SafeguardingRecord:
    """The record as it may be shown, noted as read with `reason`. By its owner and who is named.

    The only way to its text.
    """
    check_can_read_safeguarding(by, record)
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotNow(_("Write why you need to read this: it is noted."), code="reason")
    SafeguardingReading.objects.create(record=record, by=by, at=now, reason=reason.strip())
    record_event(verb="intake.safeguarding_read", by=by, now=now, on=record)
    return record


@transaction.atomic
def add_to_safeguarding(*, record, text: str, by, now: datetime) -> SafeguardingEntry:
    """What was done since. By its owner and who is named, while it is open."""
    record = _locked_open(record)
    check_can_read_safeguarding(by, record)
    if not text.strip():
        raise NotNow(_("Write at least a word."), code="text")
    entry = SafeguardingEntry.objects.create(record=record, text=text.strip(), at=now, by=by)
    record_event(verb="intake.safeguarding_added", by=by, now=now, on=record, fields=["text"])
    return entry


@transaction.atomic
def name_reader(*, record, user, by, now: datetime) -> SafeguardingReader:
    """Let a colleague read it. By its owner."""
    record = _locked_open(record)
    check_can_lead_safeguarding(by, record)
    _check_owner(user)
    if user.pk == record.owner_id:
        raise NotNow(_("They may read it already."), code="user")
    try:
        with transaction.atomic():
            reader = SafeguardingReader.objects.create(record=record, user=user, named_at=now, named_by=by)
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="user") from error
    record_event(verb="intake.safeguarding_reader_named", by=by, now=now, on=record, fields=["readers"])
    return reader


@transaction.atomic
def remove_reader(*, record, user, by, now: datetime) -> None:
    """From now on this colleague does not find it any more. By its owner; twice: the first counts."""
    record = _locked(record)
    check_can_lead_safeguarding(by, record)
    if record.readers.filter(user=user, removed_at=None).update(removed_at=now):
        record_event(verb="intake.safeguarding_reader_removed", by=by, now=now, on=record, fields=["readers"])


@transaction.atomic
def move_deadline(*, record, deadline: date, by, now: datetime) -> SafeguardingRecord:
    """Another day by which something must be done. By its owner."""
    record = _locked_open(record)
    check_can_lead_safeguarding(by, record)
    _check_deadline(deadline, now)
    record.deadline = deadline
    record.save(update_fields=["deadline"])
    record_event(verb="intake.safeguarding_deadline", by=by, now=now, on=record, fields=["deadline"])
    return record


@transaction.atomic
def give_safeguarding(*, record, to, by, now: datetime) -> SafeguardingRecord:
    """Somebody else sees to it from now on; who gave it finds it no more, unless named. By its owner."""
    record = _locked_open(record)
    check_can_lead_safeguarding(by, record)
    return _pass_on(record, to, by, now)


@transaction.atomic
def close_safeguarding(*, record, outcome: str, by, now: datetime) -> SafeguardingRecord:
    """It has ended, with how. By its owner; it stays readable for the same people."""
    record = _locked(record)
    check_can_lead_safeguarding(by, record)
    if not outcome.strip():
        raise NotNow(_("Say in a sentence how it ended."), code="outcome")
    record.state = SAFEGUARDING.target(record.state, "close")
    record.outcome, record.closed_at, record.closed_by = outcome.strip(), now, by
    record.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    record_event(verb="intake.safeguarding_closed", by=by, now=now, on=record, fields=["outcome"])
    return record


def remind_of_safeguarding(*, now: datetime) -> int:
    """Tell owners of what is due: two days before, on the day, and every week after it. How many were told."""
    today = timezone.localdate(now)
    rows = SafeguardingRecord.objects.open().filter(deadline__lte=today + AHEAD).select_related("owner")
    return sum(notifications.safeguarding_due(row, days=(row.deadline - today).days, now=now) for row in rows)


def what_owner_holds(*, user, organisation) -> list[tuple[str, int]]:
    """Open records in the care of `user`. For accounts.hooks.member_holds: how many, nothing else."""
    if not _works_there(user, organisation):
        return []
    number = SafeguardingRecord.objects.open().filter(owner=user).count()
    return [(_("Restricted records in their care"), number)] if number else []


@transaction.atomic
def pass_on_safeguarding(*, user, organisation, to, by, now: datetime) -> None:
    """Pass them to `to`. For accounts.hooks.member_leaves, which checked who may."""
    if not _works_there(user, organisation):
        return
    for record in SafeguardingRecord.objects.open().select_for_update(of=("self",)).filter(owner=user).order_by("pk"):
        _pass_on(record, to, by, now)


def _works_there(user, organisation) -> bool:
    return any(role for role, place in user.places if place == organisation.pk)


def _pass_on(record, to, by, now):
    _check_owner(to)
    if to.pk == record.owner_id:
        raise NotNow(_("They see to it already."), code="to")
    record.owner = to
    record.save(update_fields=["owner"])
    record.readers.filter(user=to, removed_at=None).update(removed_at=now)
    record_event(verb="intake.safeguarding_given", by=by, now=now, on=record, fields=["owner"])
    notifications.safeguarding_given(record, now=now)
    return record


def _check_owner(user):
    if not can_be_named(user):
        raise NotNow(_("Choose an operator or a coordinator who works here."), code="owner")


def _check_deadline(deadline, now):
    check_year(deadline, timezone.localdate(now))
    if deadline < timezone.localdate(now):
        raise NotNow(_("This day is over: choose one to come."), code="deadline")


def _locked(record):
    return SafeguardingRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)


def _locked_open(record):
    record = _locked(record)
    if record.closed_at:
        raise NotNow(_("This record is closed: it is there to be read."), code="closed")
    return record
