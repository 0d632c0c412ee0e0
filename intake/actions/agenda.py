"""Hours are published, changed for a day and taken back; what can be booked is written ahead from them."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.privacy.actions import record
from intake.actions.talks import EARLIEST, LATEST
from intake.models import Availability, AvailabilityException, Slot
from intake.permissions import check_can_change_hours, check_can_publish
from migwork import repeats
from migwork.errors import NotNow

LONGEST_PERIOD = timedelta(days=366)


@transaction.atomic
def publish_availability(
    *,
    organisation,
    operator,
    rule,
    opens_at,
    closes_at,
    minutes,
    first_day,
    last_day,
    kind="",
    mode,
    place="",
    capacity=1,
    by,
    now,
) -> Availability:
    """Offer hours that repeat, of an operator, or of the desk with so many talks at once. By an operator who is there.

    NotNow for hours that offer nothing, or at which that operator has published others.
    """
    check_can_publish(by, organisation, operator)
    today = timezone.localdate(now)
    _check_hours(opens_at, closes_at)
    if not today <= last_day <= today + LONGEST_PERIOD or last_day < first_day:
        raise NotNow(_("The last day is after the first, and within a year from today."), code="last_day")
    if not repeats.days_of(rule, first_day, last_day, today):
        raise NotNow(_("No day from the first to the last is one of those that you ticked."), code="rule")
    if not repeats.moments(today, opens_at, closes_at, minutes):
        raise NotNow(_("Between these hours there is no time for a talk that long."), code="hours")
    availability = Availability.objects.create(
        organisation=organisation,
        operator=operator,
        rule=rule,
        opens_at=opens_at,
        closes_at=closes_at,
        minutes=minutes,
        kind=kind,
        mode=mode,
        place=place.strip(),
        capacity=capacity,
        first_day=first_day,
        last_day=last_day,
        published_at=now,
        published_by=by,
    )
    wanted = _moments_of(availability, now)
    if operator is not None:
        # One who publishes twice at once waits here, and is told.
        User.objects.select_for_update(of=("self",)).get(pk=operator.pk)
        clash = next((pair for pair in wanted if _published(operator, *pair)), None)
        if clash:
            raise NotNow(_("Hours of yours are published at that time already."), code="twice")
    write_slots(availability, now)
    record(verb="intake.hours_published", by=by, now=now, on=availability)
    return availability


@transaction.atomic
def change_day(*, availability, day, opens_at=None, closes_at=None, by, now) -> AvailabilityException:
    """Offer other hours on one day, or none; what is booked already stays. By an operator who is there."""
    availability = _locked(availability)
    check_can_change_hours(by, availability)
    if not max(availability.first_day, timezone.localdate(now)) <= day <= availability.last_day:
        raise NotNow(_("These hours have no such day to come."), code="day")
    if opens_at or closes_at:
        _check_hours(opens_at, closes_at)
    elif day not in repeats.days_of(availability.rule, availability.first_day, availability.last_day, day):
        raise NotNow(_("No hours are offered on this day."), code="day")
    exception, _new = AvailabilityException.objects.update_or_create(
        availability=availability, day=day, defaults={"opens_at": opens_at, "closes_at": closes_at}
    )
    write_slots(availability, now)
    record(verb="intake.hours_changed", by=by, now=now, on=availability)
    return exception


@transaction.atomic
def end_availability(*, availability, by, now) -> Availability:
    """Offer these hours no longer; what is booked already stays. By an operator who is there."""
    availability = _locked(availability)
    check_can_change_hours(by, availability)
    return _end(availability, by, now)


def end_hours_of(user, organisation, *, by, now) -> None:
    """The same for all hours of somebody who leaves; the caller checked who may."""
    for availability in Availability.objects.select_for_update(of=("self",)).filter(
        operator=user, organisation=organisation, ended_at=None
    ):
        _end(availability, by, now)


def _end(availability, by, now):
    if availability.ended_at is None:
        availability.ended_at = now
        availability.save(update_fields=["ended_at"])
        write_slots(availability, now)
        record(verb="intake.hours_ended", by=by, now=now, on=availability)
    return availability


def write_all_slots(*, now) -> int:
    """What can be booked in the days to come, for all hours that are offered; how many. Safe to repeat."""
    running = list(Availability.objects.running(timezone.localdate(now)).values_list("pk", flat=True))
    return sum(_write_slots_of(pk, now) for pk in running)


@transaction.atomic
def _write_slots_of(pk, now):
    return write_slots(_locked(Availability(pk=pk)), now)


def _locked(availability):
    rows = Availability.objects.select_for_update(of=("self",)).select_related("operator", "organisation")
    return rows.get(pk=availability.pk)


def write_slots(availability, now) -> int:
    """Make the rows to come as the hours say; what is booked stays as booked. How many are offered from now on."""
    wanted = dict(_moments_of(availability, now))
    coming = availability.slots.filter(starts_at__gt=now)
    kept = set()
    for slot in coming.select_for_update().order_by("starts_at", "pk"):
        offered = wanted.get(slot.starts_at) == slot.ends_at
        if not offered and slot.taken == 0:
            slot.delete()
            continue
        kept.add(slot.starts_at)
        if slot.is_open != offered:
            slot.is_open, slot.free_since = offered, now
            slot.save(update_fields=["is_open", "free_since"])
    Slot.objects.bulk_create(
        [
            Slot(
                availability=availability,
                organisation_id=availability.organisation_id,
                operator_id=availability.operator_id,
                kind=availability.kind,
                mode=availability.mode,
                place=availability.place,
                starts_at=starts_at,
                ends_at=ends_at,
                places=availability.capacity,
                free_since=now,
            )
            for starts_at, ends_at in wanted.items()
            if starts_at not in kept
        ],
        ignore_conflicts=True,
    )
    return len(wanted)


def _moments_of(availability, now):
    """Each hour to come that is offered: holidays are left out, days with hours of their own have those."""
    if availability.ended_at:
        return []
    today = timezone.localdate(now)
    last = min(availability.last_day, today + timedelta(days=settings.SLOTS_AHEAD_DAYS))
    hours = {
        day: (availability.opens_at, availability.closes_at)
        for day in repeats.days_of(availability.rule, availability.first_day, last, today)
        if not repeats.holiday(day)
    }
    for exception in availability.exceptions.filter(day__gte=today, day__lte=last):
        hours.pop(exception.day, None)
        if exception.opens_at:
            hours[exception.day] = (exception.opens_at, exception.closes_at)
    return [
        pair
        for day, (opens, closes) in sorted(hours.items())
        for pair in repeats.moments(day, opens, closes, availability.minutes)
        if pair[0] > now
    ]


def _check_hours(opens_at, closes_at):
    if not opens_at or not closes_at or closes_at <= opens_at:
        raise NotNow(_("The hours end after they begin."), code="hours")
    if opens_at < EARLIEST or closes_at > LATEST:
        sentence = _("Appointments are between 7 in the morning and 9 in the evening: look at the hour.")
        raise NotNow(sentence, code="hours")


def _published(operator, starts_at, ends_at):
    return Slot.objects.filter(operator=operator, starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
