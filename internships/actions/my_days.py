"""The register as the intern writes it, day by day on a phone."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.files.actions import store, throw_away
from foundation.privacy.actions import record
from internships.actions.locks import locked
from internships.actions.writing import (
    Day,
    Hand,
    Tap,
    check_date,
    check_day,
    check_not_suspended,
    check_open_months,
    check_running,
    check_unseen,
    write,
)
from internships.enums import DayState
from internships.models import RegisterChange, RegisterDay
from internships.permissions import check_can_say_days
from migwork.errors import NotNow

KIND = "absence-proof"
# Whoever means harm fills no disk.
MOST_FILES_A_DAY = 20
# A phone's clock may be ahead by so much.
AHEAD = timedelta(minutes=15)


@transaction.atomic
def say_day(
    *, internship, on: date, hours: Decimal | None, absence: str = "", by, now: datetime, tap: Tap | None = None
) -> RegisterDay | None:
    """Say for how many hours one was there on a day, or (None) why not. What stands there now. By the intern.

    The host confirms it. Until then, and when it is disputed, it can be said anew. The same tap twice is written
    once; one that comes after a later one of the same day is let go.
    """
    internship = locked(internship)
    check_can_say_days(by, internship)
    standing = internship.days.filter(on=on).first()
    if tap and _is_old(internship, on, tap, by, now):
        return standing
    check_running(internship)
    _check(internship, on, hours, absence, now)
    check_open_months(internship, [on])
    check_unseen(internship, [on], tap and tap.seen, Hand(by=by))
    day = Day(DayState.ABSENT, absence=absence) if hours is None else Day(DayState.PROPOSED, hours)
    if standing and standing.state == DayState.CONFIRMED:
        if hours == standing.hours:
            return standing
        raise NotNow(
            _("Your company has confirmed this day already. Is something wrong? Tell your tutor."), code="confirmed"
        )
    write(internship, {on: day}, hand=Hand(by=by), now=now, tap=tap)
    return internship.days.get(on=on)


def _is_old(internship, on, tap, by, now) -> bool:
    known = RegisterChange.objects.filter(key=tap.key)
    later = internship.day_changes.filter(on=on, by=by, tapped_at__gt=tap.at)
    if tap.at <= now + AHEAD:
        # What came from a phone whose clock was ahead must not outlive all that is tapped after it.
        later = later.filter(tapped_at__lte=F("at") + AHEAD)
    return known.exists() or later.exists()


def _check(internship, on, hours, absence, now) -> None:
    if hours is not None:
        check_day(internship, on, hours, now)
        check_not_suspended(internship, [on])
        return
    check_date(internship, on, now)
    if not absence:
        raise NotNow(_("Say why you were not there."), code="absence")


@transaction.atomic
def write_note(*, internship, on: date, text: str, by, now: datetime) -> RegisterDay:
    """Keep what one learnt on a day, for one's dossier; also when the day is confirmed. By the intern."""
    internship, day = _own_day(internship, on, by)
    if day.note != text.strip():
        day.note = text.strip()
        day.save(update_fields=["note"])
        _note(internship, "internships.note_written", by, now)
    return day


@transaction.atomic
def add_proof(*, internship, on: date, upload, by, now: datetime) -> RegisterDay:
    """Put a file beside an absence, in the place of the one before. By the intern."""
    internship, day = _own_day(internship, on, by)
    if day.state != DayState.ABSENT:
        raise NotNow(_("A file shows why you were not there: first say that you were not."), code="there")
    today = timezone.localdate(now)
    if RegisterDay.objects.filter(internship=internship, proof__stored_at__date=today).count() >= MOST_FILES_A_DAY:
        raise NotNow(_("You have added a lot of files today. Go on tomorrow."), code="often")
    before = day.proof
    day.proof = store(upload=upload, kind=KIND, about=internship.participation.person, by=by, now=now)
    day.save(update_fields=["proof"])
    if before is not None:
        throw_away(before)
    _note(internship, "internships.proof_added", by, now)
    return day


@transaction.atomic
def remove_proof(*, internship, on: date, by, now: datetime) -> RegisterDay:
    """Take the file beside an absence away, for good. By the intern."""
    internship, day = _own_day(internship, on, by)
    if (stored := day.proof) is not None:
        day.proof = None
        day.save(update_fields=["proof"])
        throw_away(stored)
        _note(internship, "internships.proof_removed", by, now)
    return day


def _own_day(internship, on, by):
    internship = locked(internship)
    check_can_say_days(by, internship)
    day = internship.days.select_related("proof").filter(on=on).first()
    if day is None:
        raise NotNow(_("First say whether you were there."), code="empty")
    return internship, day


def _note(internship, verb, by, now):
    record(verb=verb, by=by, now=now, on=internship, about=internship.participation.person_id, fields=["days"])
