"""All that the dashboard and the report show."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from migwork.templatetags.ui import grouped
from reporting.presentation.drawings import funnel, macro_action_bars, spending_bars, trajectory
from reporting.presentation.results import result_parts
from reporting.presentation.tables import (
    breakdown,
    indicator_rows,
    internship_rows,
    milestones,
    part_bar,
    spending,
    state_rows,
    target_cards,
)
from reporting.presentation.words import month_of, verdict, verdict_kind
from reporting.templatetags.money import money


def dashboard_context(data: dict, counted_at: datetime, now: datetime) -> dict:
    """What the dashboard's template needs; no query."""
    month, months = month_of(data)
    counted_at = timezone.localtime(counted_at)
    return {
        "data": data,
        "month": month,
        "months": months,
        "counted_at": counted_at,
        "counted_today": counted_at.date() == timezone.localdate(now),
        "verdict": verdict(data["targets"]),
        "verdict_kind": verdict_kind(data["targets"]),
        "cards": target_cards(data, links=True),
        "milestones": milestones(data),
        "indicators": indicator_rows(data, links=True),
        "by_macro_action": breakdown(data, "macro_actions", links=True),
        "by_partner": breakdown(data, "partners", links=True),
        "states": state_rows(data),
        "internships": internship_rows(data),
        "heads": heads(data),
        "spending": spending(data),
        "trajectories": [t for target in data["targets"] if (t := trajectory(data, target))],
        "funnel": funnel(data),
    }


def heads(data: dict) -> dict | None:
    """Heads at workshops; none where none were counted, or in figures that were frozen before heads were."""
    found = data.get("heads")
    return found if found and found["heads"] else None


def report_context(frozen: dict, fingerprint: str) -> dict:
    """What the PDF's template needs, all of it from the frozen figures."""
    month, months = month_of(frozen)
    lead = next((p["name"] for p in frozen["partners"] if p["is_lead"]), "")
    budget = frozen["budget"]
    cards = target_cards(frozen, links=False)
    for card in cards:
        title = f"{card['name']}: {grouped(card['count'])} / {grouped(card['value'])}"
        card["bar"] = part_bar(card["count"], card["value"], title, card["expected"])
    money_spent = spending(frozen)
    title = f"{_('Spent')}: {money(money_spent['spent'])} / {money(money_spent['allocated'])}"
    money_spent["bar"] = part_bar(money_spent["spent"], money_spent["allocated"], title)
    return {
        "data": frozen,
        "fingerprint": fingerprint,
        "seal_day": parse_date(frozen["seal"]["day"]) if "seal" in frozen else None,
        "seal_hash": frozen.get("seal", {}).get("hash", ""),
        "month": month,
        "months": months,
        "lead": lead,
        "from_day": parse_date(frozen["from_day"]),
        "to_day": parse_date(frozen["to_day"]),
        "starts_on": parse_date(frozen["starts_on"]),
        "ends_on": parse_date(frozen["ends_on"]) if frozen["ends_on"] else None,
        "counted_at": timezone.localtime(parse_datetime(frozen["counted_at"])),
        "whole": frozen["from_day"] == frozen["starts_on"],
        "verdict": verdict(frozen["targets"]),
        "cards": cards,
        "milestones": milestones(frozen),
        "indicators": indicator_rows(frozen, links=False),
        "by_macro_action": breakdown(frozen, "macro_actions", links=False),
        "by_partner": breakdown(frozen, "partners", links=False),
        "states": state_rows(frozen),
        "internships": internship_rows(frozen),
        "heads": heads(frozen),
        # Not in the figures of a report that was frozen before there were results.
        "results": result_parts(frozen.get("results", [])),
        "spending": money_spent,
        "trajectories": [t for target in frozen["targets"] if (t := trajectory(frozen, target))],
        "funnel": funnel(frozen),
        "macro_action_bars": macro_action_bars(frozen),
        "spending_bars": spending_bars(frozen),
        "budget": budget,
        "budget_tables": [
            {"title": title, "head": head, "groups": budget[key]}
            for key, title, head in (
                ("funders", _("By funder"), _("Funder")),
                ("partners", _("By partner"), _("Partner")),
                ("macro_actions", _("By macro-action"), _("Macro-action")),
                ("cost_items", _("By cost item"), _("Cost item")),
            )
            if budget[key]
        ],
    }
