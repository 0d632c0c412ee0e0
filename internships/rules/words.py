"""Numbers and days as the sentences of the checks say them."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def day(value: date) -> str:
    return date_format(value, "j F Y")


def number(value: Decimal | int) -> str:
    """6 and 6,5, not 6,00 and 6,50."""
    value = Decimal(value)
    return number_format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize())


def days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def months(count: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": count}


def hours(count: Decimal | int) -> str:
    return _("1 hour") if count == 1 else _("%(n)s hours") % {"n": number(count)}


def euro(amount: Decimal | int) -> str:
    """450 € and 450,50 €."""
    amount = Decimal(amount)
    return f"{number_format(amount, 0 if amount == amount.to_integral_value() else 2)} €"


def minutes_as_hours(minutes: int) -> str:
    return hours((Decimal(minutes) / 60).quantize(Decimal("0.01")))
