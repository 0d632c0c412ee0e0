"""Reads over the programme that every later room needs."""

from datetime import date

from programme.models import Edition


def receiving_edition(on: date) -> Edition | None:
    """The edition that receives new people on the day `on`: a running project, else the ordinary service."""
    return Edition.objects.receiving(on).first()
