"""Figures in cards, lists and tables."""

from datetime import datetime
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.enums import ParticipationState
from internships.enums import InternshipState
from migwork.links import link_to
from migwork.tables import Figures, link, table
from migwork.templatetags.ui import euro, grouped_in, status
from migwork.words import day_in_words
from programme.eligibility import age_on
from programme.enums import TargetUnit
from reporting import queries
from reporting.counting import COLUMNS
from reporting.indicators import INDICATORS
from reporting.presentation.words import STATE_KINDS, quantity, rows_url, state_word
from reporting.templatetags.money import money
from reporting.templatetags.money import write as write_money


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
    # Asked once: each row would ask it three times.
    here, language = timezone.get_current_timezone(), get_language()
    rows = []
    for person in persons:
        if named:
            name = link(url(person.id), f"{person.last_name} {person.first_name}")
            first = f"{person.first_on:%d/%m/%Y}"
        else:
            name = queries.pseudonym(edition, person.person_id)
            first = day_in_words(person.first_on, "F Y")
        age = queries.age_band(age_on(person.birth_date, person.opened_at.astimezone(here).date()))
        times, hours = grouped_in(language, person.facts), grouped_in(language, person.hours, 2)
        rows.append((name, age, states[person.state], first, times, hours))
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
