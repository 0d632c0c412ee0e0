"""Days that people type."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Nothing is planned, or entered late, by more years than these.
MOST_YEARS = 5


def check_year(day: date, today: date) -> None:
    """ValidationError for a day so far from today that only a slip can mean it: 0206, 20266.

    Past the year's ends neither the database nor the clock can count.
    """
    if abs(day.year - today.year) > MOST_YEARS:
        raise ValidationError(_("Look at the year again."), code="year")
