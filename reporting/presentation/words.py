"""Figures in words: counts, verdicts, states, months."""

from decimal import Decimal

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from migwork.templatetags.ui import grouped
from reporting.indicators import INDICATORS


def quantity(slug: str, value) -> str:
    """A count as people read it; hours with their quarter."""
    if INDICATORS[slug].adds == "hours":
        number = Decimal(value)
        return f"{grouped(number, 0 if number == number.to_integral_value() else 2)} h"
    return grouped(value)


def rows_url(slug: str, edition: str, **filters) -> str:
    """Where the rows of a figure are: no names in the address, only codes."""
    query = {"edizione": edition, **{k: v for k, v in filters.items() if v not in (None, "")}}
    return f"{reverse('reporting:figure-rows', args=[slug])}?{urlencode(query)}"


def verdict(targets: list[dict]) -> str:
    """'In linea su 800; in ritardo su 140: servono 11 inserimenti al mese.'"""
    clauses = [clause for target in targets if (clause := _clause(target))]
    return capfirst("; ".join(clauses)) + "." if clauses else ""


def verdict_kind(targets: list[dict]) -> str:
    """How the verdict looks: a warning as soon as one target is behind."""
    states = {target["outlook"]["state"] for target in targets if target.get("outlook")}
    if states & {"late", "missed"}:
        return "warn"
    return "done" if states & {"reached", "on_track"} else "info"


def _clause(target):
    outlook = target.get("outlook")
    if not outlook:
        return ""
    value = grouped(target["value"])
    needed = outlook["needed"]
    match outlook["state"]:
        case "reached":
            return _("the target of %(value)s is reached") % {"value": value}
        case "on_track":
            return _("on track for %(value)s") % {"value": value}
        case "late":
            return ngettext(
                "behind on %(value)s: %(needed)s new person a month is needed",
                "behind on %(value)s: %(needed)s new persons a month are needed",
                needed,
            ) % {"value": value, "needed": grouped(needed)}
        case "missed":
            return _("%(count)s of %(value)s at the end") % {"count": grouped(target["count"]), "value": value}
        case "early":
            return _("too early to say for %(value)s") % {"value": value}
    return ""


STATE_KINDS = {
    "reached": "done",
    "on_track": "going",
    "late": "warn",
    "missed": "stop",
    "early": "info",
    "open": "info",
}


def state_word(state: str) -> str:
    return {
        "reached": _("Reached"),
        "on_track": _("On track"),
        "late": _("Behind"),
        "missed": _("Not reached"),
        "early": _("Too early to say"),
        "open": _("Without an end"),
    }[state]


def month_of(data: dict) -> tuple[int, int]:
    """(7, 13): the edition's month in which the figures stand, of how many. No end: (0, 0)."""
    if not data["ends_on"]:
        return 0, 0
    start, end = parse_date(data["starts_on"]), parse_date(data["ends_on"])
    months = months_between(start, end)
    day = min(max(parse_date(data["to_day"]), start), end)
    return months_between(start, day), months


def months_between(start, end):
    return (end.year - start.year) * 12 + end.month - start.month + 1
