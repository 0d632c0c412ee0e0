"""Days: as people type them, and when they begin and end in Milan."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

# Nothing is planned, or entered late, by more years than these.
MOST_YEARS = 5


def check_year(day: date, today: date) -> None:
    """ValidationError for a day so far from today that only a slip can mean it: 0206, 20266.

    Past the year's ends neither the database nor the clock can count.
    """
    if abs(day.year - today.year) > MOST_YEARS:
        raise ValidationError(_("Look at the year again."), code="year")


def start_of(day: date) -> datetime:
    """Midnight at which `day` begins, in the portal's own time zone."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """The first moment of `day`, and that of the next: 23, 24 or 25 hours later."""
    return start_of(day), start_of(day + timedelta(days=1))
