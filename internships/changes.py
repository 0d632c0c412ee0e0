"""How a change of an internship reads, in one sentence. No names: they stand on the page."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from internships.enums import AmendmentKind as K


def words_of(kind: str, valid_from: date, before: dict, after: dict) -> str:
    """What changed, for whoever may read about this internship."""
    since = date_format(valid_from, "j F Y")
    if kind == K.HOURS:
        return _("From %(day)s on %(hours)s hours a week instead of %(was)s") % {
            "day": since,
            "hours": _number(after["weekly_hours"]),
            "was": _number(before["weekly_hours"]),
        }
    if kind == K.HOST_TUTOR:
        return _("Another tutor at the host")
    if kind == K.PROMOTER_TUTOR:
        return _("Another tutor of the promoter")
    if kind == K.SITE:
        return _("Another workplace")
    days = {"day": since, "last": _day(after["ends_on"]), "was": _day(before["ends_on"])}
    if kind == K.SUSPENSION:
        return _("On pause from %(day)s; the last day is now %(last)s instead of %(was)s") % days
    if kind == K.RETURN:
        return _("Back on %(day)s; the last day is now %(last)s instead of %(was)s") % days
    return _("The last day is now %(last)s instead of %(was)s") % days


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")


def _number(text: str) -> str:
    return number_format(Decimal(text).normalize())
