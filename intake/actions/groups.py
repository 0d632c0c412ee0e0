"""A class at a time: a list that fills by QR code or by hand, registered by one button."""

import secrets
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import register_person
from foundation.files.actions import store, throw_away
from foundation.privacy.actions import record
from intake.actions.participation import locked, note_contact, open_participation
from intake.enums import ContactChannel, GroupEntryState, GroupKind
from intake.models import MOST_ENTRIES, Group, GroupEntry, Participation
from intake.permissions import check_can_lead_group
from intake.workflow import GROUP_ENTRY
from migwork.db import sentence_of
from migwork.errors import NotNow
from migwork.text import sort_key
from programme import eligibility
from programme.queries import receiving_edition

# No letter or figure that is taken for another one when it is read from a blackboard.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Whoever was not registered in that time is taken off the list, with all that was written.
FORGOTTEN_AFTER = timedelta(days=30)
SHEET = "group-sheet"


@transaction.atomic
def create_group(*, organisation, name, kind, on, topic="", by, now) -> Group:
    """Prepare the list of a class or another group, open by its code until the end of that day. By an operator."""
    check_can_lead_group(by, organisation.pk)
    if not name.strip():
        raise NotNow(_("Give the group a name, such as the class and its school."), code="name")
    group = Group.objects.create(
        organisation=organisation,
        name=name.strip(),
        kind=kind,
        on=on,
        topic=topic.strip(),
        code="".join(secrets.choice(ALPHABET) for _ in range(8)),
        open_until=timezone.make_aware(datetime.combine(on + timedelta(days=1), time())),
        created_at=now,
        created_by=by,
    )
    record(verb="intake.group_made", by=by, now=now, on=group)
    return group


@transaction.atomic
def add_to_group(*, group, rows, by=None, now) -> int:
    """Put people on the list; how many were not on it yet. By an operator, or (`by` None) each for themselves.

    `rows` are dicts of first_name, last_name, birth_date, tie, phone, email. By the code NotNow for a list that is
    closed, and NotEligible for whom the service is not: nothing is stored of them.
    """
    group = _locked(group)
    if by is not None:
        check_can_lead_group(by, group.organisation_id)
    else:
        _check_by_code(group, rows, now)
    if group.entries.exclude(state=GroupEntryState.DROPPED).count() + len(rows) > MOST_ENTRIES:
        raise NotNow(_("This list is full: make another one."), code="full")
    added = 0
    for row in rows:
        try:
            with transaction.atomic():
                entry = GroupEntry.objects.create(
                    group=group, **row, sort_key=sort_key(row["last_name"], row["first_name"]), at=now, by=by
                )
        except IntegrityError:  # on the list already
            continue
        record(verb="intake.group_entered", by=by, now=now, on=entry)
        added += 1
    return added


def _check_by_code(group, rows, now):
    if now >= group.open_until:
        raise NotNow(_("This list is closed. Come to Informagiovani, or sign up on the portal."), code="closed")
    today = timezone.localdate(now)
    edition = receiving_edition(today)
    if edition is None:
        raise NotNow(_("Sign-up is closed at the moment. Come and see us at Informagiovani."), code="closed")
    for row in rows:
        eligibility.check(edition, birth_date=row["birth_date"], tie=row["tie"], on=today)


@transaction.atomic
def note_presence(*, group, heads, sheet=None, by, now) -> Group:
    """How many were there, and the signed sheet that shows it (a checked upload; a new one takes the old one's place).

    By an operator. Heads are a number and stay one: nobody becomes a person by being counted.
    """
    group = _locked(group)
    check_can_lead_group(by, group.organisation_id)
    group.heads = heads
    old = group.sheet
    if sheet is not None:
        group.sheet = store(upload=sheet, kind=SHEET, about=None, by=by, now=now)
    group.save(update_fields=["heads", "sheet"])
    if old is not None and old.pk != group.sheet_id:
        throw_away(old)
    record(verb="intake.group_counted", by=by, now=now, on=group, fields=["heads", "sheet"] if sheet else ["heads"])
    return group


@transaction.atomic
def register_group(*, group, same=None, by, now) -> tuple[int, list[str]]:
    """Register who waits on the list. By an operator. How many, and a sentence for each who stays on it.

    `same` says of an entry (by key) which person that we know it is; the others are new.
    """
    group = _locked(group)
    check_can_lead_group(by, group.organisation_id)
    edition = receiving_edition(timezone.localdate(now))
    done, left = 0, []
    for entry in group.entries.select_for_update().filter(state=GroupEntryState.WAITING).order_by("sort_key", "pk"):
        try:
            with transaction.atomic():
                participation = _register(entry, (same or {}).get(str(entry.pk)), group, edition, by, now)
        except (ValidationError, IntegrityError) as refusal:
            why = sentence_of(refusal) if isinstance(refusal, IntegrityError) else " ".join(refusal.messages)
            left.append(f"{entry.first_name} {entry.last_name}: {why}")
            continue
        _empty(entry, "register", participation)
        record(verb="intake.group_registered", by=by, now=now, on=entry, about=participation.person_id)
        done += 1
    return done, left


def _register(entry, known, group, edition, by, now):
    if known is None:
        known = register_person(
            first_name=entry.first_name,
            last_name=entry.last_name,
            birth_date=entry.birth_date,
            tie=entry.tie,
            phone=entry.phone,
            email=entry.email,
            channel=ContactChannel.SCHOOL if group.kind == GroupKind.SCHOOL else ContactChannel.SERVICE,
            by=by,
            now=now,
        )
    way = Participation.objects.filter(person=known, edition=edition).first()
    if way is None:
        way = open_participation(person=known, edition=edition, channel=ContactChannel.SCHOOL, by=by, now=now)
    way = locked(way)
    note_contact(way, now)
    return way


@transaction.atomic
def drop_from_group(*, entry, by, now) -> GroupEntry:
    """Take somebody off the list, with all that was written of them. By an operator."""
    group = _locked(entry.group)
    check_can_lead_group(by, group.organisation_id)
    entry = GroupEntry.objects.select_for_update().get(pk=entry.pk)
    _empty(entry, "drop")
    record(verb="intake.group_dropped", by=by, now=now, on=entry)
    return entry


@transaction.atomic
def forget_old_entries(*, now) -> int:
    """Who waited on a list for a month is taken off it. By the portal itself, every night; how many."""
    old = GroupEntry.objects.filter(state=GroupEntryState.WAITING, at__lt=now - FORGOTTEN_AFTER)
    entries = list(old.select_for_update().order_by("pk"))
    for entry in entries:
        _empty(entry, "drop")
        record(verb="intake.group_dropped", by=None, now=now, on=entry)
    return len(entries)


def _empty(entry, verb, participation=None):
    entry.state = GROUP_ENTRY.target(entry.state, verb)
    entry.participation, entry.birth_date = participation, None
    entry.first_name = entry.last_name = entry.sort_key = entry.phone = entry.email = ""
    entry.save()


def _locked(group):
    return Group.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=group.pk)
