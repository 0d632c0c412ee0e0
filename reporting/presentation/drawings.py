"""Figures as drawings."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from migwork import charts
from migwork.templatetags.ui import grouped
from reporting.indicators import INDICATORS
from reporting.presentation.words import months_between
from reporting.templatetags.money import money


def trajectory(data: dict, target: dict) -> charts.Drawing | None:
    """Month by month: how many so far, how many were to be expected, where the last months' pace leads."""
    if not data["ends_on"] or not target.get("outlook"):
        return None
    start, end, to_day = (parse_date(data[name]) for name in ("starts_on", "ends_on", "to_day"))
    to_day = min(to_day, end)
    outlook, value = target["outlook"], target["value"]
    labels, actual, expected, forecast, so_far = [], [], [], [], 0
    days, left = (end - start).days + 1, (end - to_day).days
    for number in range(months_between(start, end)):
        year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
        first = date(year, month + 1, 1)
        following = date(year + month // 11, (month + 1) % 12 + 1, 1)
        last_day = min(following - timedelta(days=1), end)
        labels.append(date_format(first, "M y"))
        expected.append(round(value * ((last_day - start).days + 1) / days))
        if first <= to_day:
            so_far += target["months"].get(f"{first:%Y-%m}", 0)
            actual.append(so_far)
        else:
            actual.append(None)
        if first <= to_day <= last_day:
            forecast.append(so_far)
        elif first > to_day and left:
            ahead = (last_day - to_day).days / left
            forecast.append(round(target["count"] + (outlook["forecast"] - target["count"]) * ahead))
        else:
            forecast.append(None)
    series = [(_("So far"), actual), (_("Expected"), expected)]
    if left and outlook["state"] in ("on_track", "late"):
        series.append((_("At this pace"), forecast))
    return charts.lines(target["name"], labels, series, head=_("Month"), description=trajectory_words(target))


def trajectory_words(target: dict) -> str:
    return _("%(count)s of %(value)s so far; %(expected)s were to be expected by now.") % {
        "count": grouped(target["count"]),
        "value": grouped(target["value"]),
        "expected": grouped(target["outlook"]["expected"]),
    }


def funnel(data: dict) -> charts.Drawing:
    """The way through the service, with the median days from the step before."""
    steps = []
    for row in data["funnel"]:
        days = row["days"]
        note = "" if days is None else ngettext("%(n)s day", "%(n)s days", days) % {"n": grouped(days)}
        steps.append((str(INDICATORS[row["slug"]].name), row["count"], note))
    return charts.funnel(
        _("The way through the service"),
        steps,
        head=(_("Step"), _("Persons"), _("Of the registered"), _("Median days from the step before")),
    )


def macro_action_bars(data: dict) -> charts.Drawing:
    return charts.bars(
        _("Persons involved by macro-action"),
        [(Truncator(f"{m['number']}. {m['name']}").chars(44), m["counts"]["involved"]) for m in data["macro_actions"]],
        head=(_("Macro-action"), _("Persons")),
    )


def spending_bars(data: dict) -> charts.Drawing:
    return charts.bars(
        _("Spent and allocated by partner"),
        [(g["name"], Decimal(g["spent"]), Decimal(g["allocated"])) for g in data["budget"]["partners"]],
        head=(_("Partner"), _("Spent"), _("Allocated")),
        write=money,
    )
