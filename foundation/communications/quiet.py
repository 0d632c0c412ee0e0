"""When somebody may be written to: their quiet hours, by the clock on their wall."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone


def is_quiet(start: time, end: time, at: time) -> bool:
    """Whether the wall clock at `at` stands between `start` and `end`, which may lie past midnight."""
    return start <= at < end if start < end else at >= start or at < end


def next_allowed(preference, now: datetime) -> datetime:
    """`now`, or the end of the quiet hours in which it falls.

    By the clock on the wall: on the two nights when it is changed they are an hour shorter or longer.
    An end that comes twice counts when it has come after `now`; one that never comes is an hour late.
    """
    if preference is None or preference.quiet_from is None:
        return now
    local = timezone.localtime(now)
    if not is_quiet(preference.quiet_from, preference.quiet_to, local.time()):
        return now
    day = local.date() if local.time() < preference.quiet_to else local.date() + timedelta(days=1)
    end = datetime.combine(day, preference.quiet_to, timezone.get_current_timezone())
    # Within one time zone Python compares the clocks on the wall: UTC knows which of two came first.
    if end.astimezone(UTC) <= now.astimezone(UTC):
        end = end.replace(fold=1)
    return end.astimezone(UTC)
