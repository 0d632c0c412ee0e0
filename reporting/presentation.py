"""Figures in words, tables and drawings: the same for the screen and for the PDF, in the language of the moment.

Everything starts from what `counting.count_figures` returned, read back from JSON.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from intake.enums import ParticipationState
from internships.enums import InternshipState
from migwork import charts
from migwork.links import link_to
from migwork.tables import Figures, link, table
from migwork.templatetags.ui import euro, grouped, status
from programme.eligibility import age_on
from programme.enums import TargetUnit
from reporting import queries
from reporting.counting import COLUMNS
from reporting.indicators import INDICATORS
from reporting.templatetags.money import money
from reporting.templatetags.money import write as write_money


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


# --- Words ------------------------------------------------------------------------------


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
    months = _months_between(start, end)
    day = min(max(parse_date(data["to_day"]), start), end)
    return _months_between(start, day), months


def _months_between(start, end):
    return (end.year - start.year) * 12 + end.month - start.month + 1


# --- Cards, tables --------------------------------------------------------------------------


def target_cards(data: dict, *, links: bool) -> list[dict]:
    """One card for each target that is counted."""
    cards = []
    for target in data["targets"]:
        if target["count"] is None:
            continue
        outlook = target["outlook"]
        going = outlook["state"] in ("on_track", "late", "early")
        cards.append(
            {
                **target,
                "expected": outlook["expected"] if going else None,
                "forecast": outlook["forecast"] if going and outlook["state"] != "early" else None,
                "state": outlook["state"],
                "state_word": state_word(outlook["state"]),
                "kind": STATE_KINDS[outlook["state"]],
                "pace": outlook["pace"],
                "needed": outlook["needed"],
                "url": rows_url(target["indicator"], data["edition"]["code"], obiettivo=target["code"])
                if links
                else "",
            }
        )
    return cards


def milestones(data: dict) -> list[dict]:
    """Targets that nobody counts: met or not, with evidence."""
    units = dict(TargetUnit.choices)
    return [{**t, "unit_word": units.get(t["unit"], t["unit"])} for t in data["targets"] if t["count"] is None]


def indicator_rows(data: dict, *, links: bool) -> list[dict]:
    rows = []
    for row in data["indicators"]:
        indicator = INDICATORS[row["slug"]]
        rows.append(
            {
                "slug": row["slug"],
                "name": indicator.name,
                "rule": indicator.rule,
                "count": quantity(row["slug"], row["count"]),
                "period": quantity(row["slug"], row["period"]),
                "url": rows_url(row["slug"], data["edition"]["code"]) if links else "",
            }
        )
    return rows


def breakdown(data: dict, which: str, *, links: bool) -> dict:
    """A table by "macro_actions" or "partners": a head of indicators, a row each, a cell each with its link."""
    code = data["edition"]["code"]
    parameter, key = {"macro_actions": ("macroazione", "number"), "partners": ("partner", "code")}[which]
    totals = {row["slug"]: row["count"] for row in data["indicators"]}
    rows = []
    for row in data[which]:
        cells = [
            {
                "label": INDICATORS[slug].name,
                "value": quantity(slug, row["counts"][slug]),
                "url": rows_url(slug, code, **{parameter: row[key]}) if links and Decimal(row["counts"][slug]) else "",
            }
            for slug in COLUMNS
        ]
        name = f"{row['number']}. {row['name']}" if which == "macro_actions" else row["name"]
        rows.append({"name": name, "cells": cells})
    return {
        "head": [INDICATORS[slug].name for slug in COLUMNS],
        "rows": rows,
        "total": [{"label": INDICATORS[slug].name, "value": quantity(slug, totals[slug])} for slug in COLUMNS],
    }


def person_table(caption: str, edition, persons: list[queries.Person], *, named: bool) -> SafeString:
    """The rows of a figure: to coordinators by name with a link, to others by code, without the day."""
    url, states = link_to("intake:person-file"), {state: str(label) for state, label in ParticipationState.choices}
    rows = []
    for person in persons:
        if named:
            name = link(url(person.id), f"{person.last_name} {person.first_name}")
            first = f"{person.first_on:%d/%m/%Y}"
        else:
            name = queries.pseudonym(edition, person.person_id)
            first = date_format(person.first_on, "F Y")
        age = queries.age_band(age_on(person.birth_date, timezone.localdate(person.opened_at)))
        rows.append((name, age, states[person.state], first, grouped(person.facts), grouped(person.hours, 2)))
    columns = (
        _("Person") if named else _("Code"),
        Figures(_("Age at the start")),
        _("State"),
        _("First time"),
        Figures(_("Times")),
        Figures(_("Hours")),
    )
    return table(caption, columns, rows)


def expense_table(expenses: list[queries.ExpenseLine]) -> SafeString:
    """A page of the list of expenses."""
    url = link_to("reporting:expense-detail")
    paid, unpaid = status("done", _("Paid")), status("waiting", _("To be paid"))
    rows = [
        (
            link(url(row.id), row.supplier),
            f"{row.document_number} · {row.document_date:%d/%m/%Y}",
            f"{row.partner} · {row.macro_action} · {row.cost_item}",
            paid + SafeString(f" {row.paid_on:%d/%m/%Y}") if row.paid_on else unpaid,
            money(row.amount),
        )
        for row in expenses
    ]
    columns = (_("Supplier"), _("Document"), _("Charged to"), _("Payment"), Figures(_("Amount")))
    return table(_("Expenses"), columns, rows)


def progress_word(report) -> str:
    """What is being done for a report right now."""
    if report.progress >= 60:
        return _("Drawing the pages")
    if report.progress >= 40:
        return _("The figures are frozen; making tables and charts")
    return _("Counting the figures") if report.progress else _("Waiting to start")


REPORT_KINDS = {"queued": "waiting", "building": "going", "ready": "done", "failed": "stop"}


def report_rows(reports) -> list[dict]:
    """The history of reports: period, edition, number, who asked for it."""
    rows = []
    for report in reports:
        number = _("n. %(number)s") % {"number": report.document.protocol_number} if report.document else ""
        asked = date_format(timezone.localtime(report.asked_at), "j F Y, H:i")
        rows.append(
            {
                "title": f"{date_format(report.from_day, 'j F Y')} – {date_format(report.to_day, 'j F Y')}",
                "url": reverse("reporting:report-detail", args=[report.pk]),
                "meta": " · ".join(filter(None, [report.edition.name, number, asked, str(report.asked_by)])),
                "state": report.get_state_display(),
                "kind": REPORT_KINDS[report.state],
            }
        )
    return rows


def budget_tables(read) -> list[tuple[str, SafeString]]:
    """The subtotals of a budget that has just been read, each with its title; their rows lead to their expenses."""
    expenses = f"{reverse('reporting:expense-list')}?{urlencode({'edizione': read.edition.code})}"
    columns = [Figures(label) for label in (_("Allocated"), _("Committed"), _("Spent"), _("Left"))]
    write = partial(write_money, language=get_language() or "")

    def amounts(sums):
        return write(sums.allocated), write(sums.committed), write(sums.spent), write(sums.left)

    def heading(group, parameter):
        return link(f"{expenses}&{urlencode({parameter: group.key})}", group.name) if parameter else group.name

    total = (_("Total"), *amounts(read.total))
    tables = (
        (_("By funder"), _("Funder"), read.funders, ""),
        (_("By partner"), _("Partner"), read.partners, "partner"),
        (_("By macro-action"), _("Macro-action"), read.macro_actions, "macroazione"),
        (_("By cost item"), _("Cost item"), read.cost_items, ""),
    )
    return [
        (title, table(title, [head, *columns], [(heading(g, by), *amounts(g.sums)) for g in groups], foot=total))
        for title, head, groups, by in tables
        if groups
    ]


def budget_lines(read, *, may_enter: bool) -> SafeString:
    """All lines of a budget; where one may be entered, a line leads to a new expense."""
    enter = f"{reverse('reporting:expense-create')}?{urlencode({'edizione': read.edition.code})}&riga="
    demo = SafeString(' <span class="muted small">(demo)</span>')
    write = partial(write_money, language=get_language() or "")
    rows = []
    for line in read.lines:
        name = f"{line.macro_action}. {line.cost_item}"
        name = link(f"{enter}{line.pk}", name) if may_enter else SafeString(escape(name))
        amounts = write(line.amount), write(line.committed), write(line.spent)
        rows.append((name + demo if line.is_demo else name, line.partner, line.funder, *amounts))
    total = write(read.total.allocated), write(read.total.committed), write(read.total.spent)
    figures = Figures(_("Allocated")), Figures(_("Committed")), Figures(_("Spent"))
    columns = (_("Line"), _("Partner"), _("Funder"), *figures)
    return table(_("All lines"), columns, rows, foot=(_("Total"), "", "", *total))


def state_rows(data: dict) -> list[tuple[str, int]]:
    words = dict(ParticipationState.choices)
    return [(words[row["state"]], row["count"]) for row in data["states"]]


def internship_rows(data: dict) -> list[tuple[str, int]]:
    words = dict(InternshipState.choices)
    return [(words[row["state"]], row["count"]) for row in data["internships"] if row["count"]]


def spending(data: dict) -> dict:
    """The budget's totals as numbers, and what a person involved has cost so far."""
    total = data["budget"]["total"]
    involved = next(row["count"] for row in data["indicators"] if row["slug"] == "involved")
    spent, committed = Decimal(total["spent"]), Decimal(total["committed"])
    per_person = (spent / involved).quantize(Decimal("0.01")) if involved else None
    note = _("committed %(amount)s") % {"amount": euro(committed)}
    if per_person is not None:
        note += " · " + _("per person involved %(amount)s") % {"amount": euro(per_person, 0)}
    return {
        "allocated": Decimal(total["allocated"]),
        "committed": committed,
        "spent": spent,
        "left": Decimal(total["left"]),
        "percent": total["percent"],
        "grant": Decimal(data["budget"]["grant"]),
        "own": Decimal(data["budget"]["own"]),
        "per_person": per_person,
        "note": note,
    }


def stored_count(edition, slug: str, *, target="", macro_action=None, partner="") -> tuple[datetime, str] | None:
    """The figure that a page of rows stands for and when it was counted; None for a crossing nobody counted."""
    if macro_action and partner:
        return None
    part, key, wanted = "indicators", "slug", slug
    if target:
        part, key, wanted = "targets", "code", target
    elif macro_action:
        part, key, wanted = "macro_actions", "number", macro_action
    elif partner:
        part, key, wanted = "partners", "code", partner
    if (stored := queries.stored_counts(edition, part)) is None:
        return None
    counted_at, rows = stored
    row = next((row for row in rows if row[key] == wanted), {})
    count = row.get("counts", {slug: row.get("count")}).get(slug)
    return None if count is None else (counted_at, quantity(slug, count))


def part_bar(part, whole, title: str, expected=None) -> SafeString:
    """A bar from 0 to `whole` with a mark where one should be by now; its title is what a screen reader says."""
    done = min(float(part) / float(whole), 1) * 100 if whole else 0
    mark = SafeString("")
    if expected is not None and whole:
        at = f"{min(float(expected) / float(whole), 1) * 100:.1f}"
        mark = format_html('<path d="M{} 0V4" stroke="#1c1a17" stroke-width="0.6"/>', at)
    return format_html(
        '<svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img"><title>{}</title>'
        '<rect y="0.6" width="100" height="2.8" fill="#ece5da"/>'
        '<rect y="0.6" width="{}" height="2.8" fill="#0a6a7b"/>{}</svg>',
        title,
        f"{done:.1f}",
        mark,
    )


# --- Drawings ----------------------------------------------------------------------------


def trajectory(data: dict, target: dict) -> charts.Drawing | None:
    """Month by month: how many so far, how many were to be expected, where the last months' pace leads."""
    if not data["ends_on"] or not target.get("outlook"):
        return None
    start, end, to_day = (parse_date(data[name]) for name in ("starts_on", "ends_on", "to_day"))
    to_day = min(to_day, end)
    outlook, value = target["outlook"], target["value"]
    labels, actual, expected, forecast, so_far = [], [], [], [], 0
    days, left = (end - start).days + 1, (end - to_day).days
    for number in range(_months_between(start, end)):
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


# --- Whole pages ----------------------------------------------------------------------------


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
        "spending": spending(data),
        "trajectories": [t for target in data["targets"] if (t := trajectory(data, target))],
        "funnel": funnel(data),
    }


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
