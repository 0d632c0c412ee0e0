"""Reads of the reporting room: which edition, which figures, whose rows, which expenses."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.core.cache import caches
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from intake.models import Participation
from migwork.db import written_out
from migwork.prepared import Prepared
from programme.enums import EditionKind
from programme.models import BudgetLine, Edition, MacroAction, Organisation, Target
from reporting.counting import evidence_sql, persons_sql
from reporting.enums import ReportState
from reporting.indicators import Indicator, Scope
from reporting.models import Expense, Figures, Report

PAGE = 25
KEPT_SECONDS = 60
# An edition that has ended is counted for some months more: late registers and payments still come in.
STILL_COUNTED_DAYS = 180


def editions_begun(on: date) -> list[Edition]:
    """All editions that have begun, the one that pages show first: the running project, the last one, any."""
    return kept(f"editions:{on}", lambda: _editions_begun(on))


def _editions_begun(on):
    editions = Edition.objects.filter(starts_on__lte=on).order_by("-starts_on", "pk")
    return sorted(editions, key=lambda e: (e.kind != EditionKind.PROJECT, e.ends_on is not None and e.ends_on < on))


def macro_actions_of(edition: Edition) -> list[MacroAction]:
    """By number."""
    return kept(f"macro-actions:{edition.pk}", lambda: list(edition.macro_actions.order_by("number")))


def targets_of(edition: Edition) -> list[Target]:
    """With their macro-actions."""
    return kept(f"targets:{edition.pk}", lambda: list(edition.targets.prefetch_related("macro_actions")))


def kept(key: str, read: Callable[[], list | dict]) -> list | dict:
    """What `read` finds, at most a minute old: what a programme is made of changes once in months."""
    key = f"reporting:{key}"
    found = caches["process"].get(key)
    if not found:
        found = read()
        caches["process"].set(key, found, KEPT_SECONDS)
    return found


def editions_to_count(now: datetime) -> list[Edition]:
    """Editions whose figures may still change and are due, and those never counted.

    Counting takes at most a tenth of the time, however many people there are: an edition that took
    twelve seconds is counted every two minutes. The pages say the age of what they show.
    """
    on = timezone.localdate(now)
    changing = Q(ends_on__isnull=True) | Q(ends_on__gte=on - timedelta(days=STILL_COUNTED_DAYS))
    editions = Edition.objects.filter(Q(starts_on__lte=on), changing | Q(figures__isnull=True))
    return [edition for edition in editions.select_related("figures") if _is_due(edition, now)]


def _is_due(edition, now):
    figures = getattr(edition, "figures", None)
    return figures is None or now - figures.counted_at >= timedelta(seconds=10 * figures.data.get("seconds", 0))


def stored_figures(edition: Edition) -> Figures | None:
    """The last count: pages read this row and say its age. Its data are read when somebody asks for them."""
    return Figures.objects.filter(edition=edition).defer("data").first()


def stored_counts(edition: Edition, part: str) -> tuple[datetime, list[dict]] | None:
    """When the figures were counted last, and one part of them: "indicators", "targets", "partners" …"""
    with connection.cursor() as cursor:
        sql = "SELECT counted_at, data -> %s FROM reporting_figures WHERE edition_id = %s"
        cursor.execute(sql, [part, edition.pk])
        row = cursor.fetchone()
    return row and (row[0], json.loads(row[1]))


# --- The rows of a figure ---------------------------------------------------------------


class Person(NamedTuple):
    """One whom a figure counts: the participation's `id`, the person, and what stands behind it."""

    id: UUID
    state: str
    opened_at: datetime
    person_id: UUID
    sort_key: str
    first_name: str
    last_name: str
    birth_date: date
    first_on: date
    facts: int
    hours: Decimal


def page_by_name(indicator: Indicator, scope: Scope, after: str) -> tuple[list[Person], str]:
    """A page of persons by surname and name, and its end; `after` is the end of the page before."""
    place = after and Participation.with_merged.filter(pk=after).values_list("person__sort_key", "person_id").first()
    return _page_of_persons(indicator, scope, ("sort_key", "person_id"), place)


def page_by_chance(indicator: Indicator, scope: Scope, after: str) -> tuple[list[Person], str]:
    """A page of persons in an order that says nothing about them, and its end."""
    return _page_of_persons(indicator, scope, ("id",), after and (after,))


def _page_of_persons(indicator, scope, order, place):
    sql = _page_sql(*persons_sql(indicator, scope), *evidence_sql(indicator, scope), order, bool(place))
    with connection.cursor() as cursor:
        cursor.execute(sql, place or ())
        rows = [Person._make(values) for values in cursor.fetchall()]
    return rows[:PAGE], str(rows[PAGE - 1].id) if len(rows) > PAGE else ""


@lru_cache(maxsize=256)
def _page_sql(persons, values, facts, values_of_facts, order, goes_on):
    """A page of `persons`, each with what `facts` say; with places for the end of the page before if it `goes_on`."""
    persons, facts = written_out(persons, values), written_out(facts, values_of_facts)
    order, marks = ", ".join(order), ", ".join(["%s"] * len(order))
    beyond = f"WHERE ({order}) > ({marks})" if goes_on else ""
    # All that stands in the SQL was written by the ORM or here. The facts are read person by person: for all
    # at once the planner reads whole registers.
    return (
        f"SELECT page.*, seen.* FROM (SELECT * FROM {persons} {beyond} ORDER BY {order} LIMIT {PAGE + 1}) AS page "  # noqa: S608
        f"CROSS JOIN LATERAL (SELECT min(on_day), count(*), sum(hours) FROM {facts} "
        f"WHERE participation_id = page.id) AS seen ORDER BY {order}"
    )


def pseudonym(edition: Edition, person_id: UUID) -> str:
    """A code that is the same for a person on every page of this edition, and leads nowhere."""
    code = salted_hmac(f"reporting.pseudonym.{edition.pk}", str(person_id)).hexdigest()[:10].upper()
    return f"{code[:5]}-{code[5:]}"


AGE_BANDS = ((16, 17), (18, 24), (25, 29), (30, 34))


def age_band(age: int) -> str:
    """An age as a band."""
    for low, high in AGE_BANDS:
        if low <= age <= high:
            return f"{low}–{high}"
    return f"< {AGE_BANDS[0][0]}" if age < AGE_BANDS[0][0] else f"{AGE_BANDS[-1][1] + 1}+"


@dataclass(frozen=True)
class RowsFilters:
    """What narrows the rows of a figure, read from the address."""

    targets: list[Target]
    macro_actions: list[MacroAction]
    target: Target | None
    macro_action: MacroAction | None
    partner: Organisation | None

    @property
    def codes(self) -> dict:
        return {
            "target": self.target.code if self.target else "",
            "macro_action": self.macro_action.number if self.macro_action else None,
            "partner": self.partner.code if self.partner else "",
        }

    @property
    def query(self) -> dict:
        names = {"target": "obiettivo", "macro_action": "macroazione", "partner": "partner"}
        return {names[key]: value for key, value in self.codes.items() if value}


def rows_filters(edition: Edition, asked) -> RowsFilters:
    """The filters of ?obiettivo= &macroazione= &partner=. ValueError for what this edition does not have."""
    targets, macro_actions = targets_of(edition), macro_actions_of(edition)
    target = macro_action = partner = None
    if code := asked.get("obiettivo"):
        target = next((t for t in targets if t.code == code), None)
    if number := asked.get("macroazione"):
        macro_action = next((m for m in macro_actions if m.number == int(number)), None)
    if partner_code := asked.get("partner"):
        partner = Organisation.objects.filter(partnerships__edition=edition, code=partner_code).first()
    if (code and not target) or (number and not macro_action) or (partner_code and not partner):
        raise ValueError
    return RowsFilters(targets, macro_actions, target, macro_action, partner)


# --- Money ----------------------------------------------------------------------------------


def partners_with_lines(edition: Edition, organisations: list[int] | None) -> list[Organisation]:
    """Partners for which an expense can be entered, the lead first."""
    partners = kept(f"partners:{edition.pk}", lambda: _partners_with_lines(edition))
    return [partner for partner in partners if organisations is None or partner.pk in organisations]


def _partners_with_lines(edition):
    partnerships = edition.partnerships.filter(budget_lines__isnull=False).distinct()
    ordered = partnerships.select_related("organisation").order_by("-is_lead", "organisation__short_name")
    return [partnership.organisation for partnership in ordered]


def partner_of_line(edition: Edition, pk: str) -> str:
    """The code of the partner whose line this is; nothing when this edition has no such line."""
    partners = kept(f"lines:{edition.pk}", lambda: _partners_of_lines(edition))
    if pk not in partners:
        # What came since the lines were read.
        partners = _partners_of_lines(edition)
    return partners.get(pk, "")


def _partners_of_lines(edition) -> dict[str, str]:
    lines = BudgetLine.objects.filter(edition=edition).values_list("pk", "partnership__organisation__code")
    return {str(pk): code for pk, code in lines}


def expenses_visible_to(organisations: list[int] | None) -> QuerySet:
    """All expenses, or those of some partners."""
    expenses = Expense.objects.select_related(
        "line__partnership__organisation", "line__macro_action", "line__cost_item", "line__funder", "line__edition"
    )
    return expenses if organisations is None else expenses.filter(line__partnership__organisation__in=organisations)


@dataclass(frozen=True)
class ExpenseFilters:
    """What narrows the list of expenses; choices that make sense for this user."""

    partners: list[Organisation]
    macro_actions: list[MacroAction]
    partner: str
    macro_action: str
    state: str
    after: str

    @classmethod
    def of(cls, edition: Edition, organisations: list[int] | None, asked) -> "ExpenseFilters":
        macro_actions, number = macro_actions_of(edition), asked.get("macroazione", "")
        state = asked.get("stato", "")
        return cls(
            partners=partners_with_lines(edition, organisations),
            macro_actions=macro_actions,
            partner=asked.get("partner", ""),
            macro_action=number if number in {str(m.number) for m in macro_actions} else "",
            state=state if state in ("pagate", "da-pagare") else "",
            after=_uuid(asked.get("dopo", "")),
        )

    @property
    def conditions(self) -> dict:
        """What the rows must fulfil; what is not asked for is not there."""
        found = {}
        if self.partner:
            found["partner"] = self.partner
        if self.macro_action:
            found["macro_action"] = int(self.macro_action)
        if self.state:
            found["unpaid"] = self.state == "da-pagare"
        return found

    @property
    def query(self) -> dict:
        asked = {"partner": self.partner, "macroazione": self.macro_action, "stato": self.state}
        return {key: value for key, value in asked.items() if value}


def _uuid(text: str) -> str:
    """`text` if it is a UUID, else nothing: a mistyped address shows the first page."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


@dataclass(frozen=True)
class ExpenseLine:
    """An expense as the list shows it."""

    id: UUID
    supplier: str
    document_number: str
    document_date: date
    paid_on: date | None
    amount: Decimal
    partner: str
    macro_action: int
    cost_item: str


EXPENSE_COLUMNS = (
    "pk",
    "supplier",
    "document_number",
    "document_date",
    "paid_on",
    "amount",
    "line__partnership__organisation__short_name",
    "line__macro_action__number",
    "line__cost_item__name",
)


def page_of_expenses(
    edition: Edition, organisations: list[int] | None, filters: ExpenseFilters
) -> tuple[list[ExpenseLine], str]:
    """The newest document first; `filters.after` is the last expense of the page before."""
    asked = {"edition": edition.pk, **filters.conditions}
    if filters.after and (last := Expense.objects.filter(pk=filters.after).values_list("document_date", "pk").first()):
        asked["day"], asked["pk"] = last
    rows = [
        ExpenseLine(*values)
        for values in _prepared_expenses(None if organisations is None else tuple(organisations))(**asked)
    ]
    return rows[:PAGE], str(rows[PAGE - 1].id) if len(rows) > PAGE else ""


@lru_cache(maxsize=64)
def _prepared_expenses(organisations: tuple[int, ...] | None) -> Prepared:
    """The page of those who see the expenses of these partners, with each set of filters its own SQL."""

    def build(edition, *, partner=None, macro_action=None, unpaid=None, day=None, pk=None):
        found = expenses_visible_to(organisations).filter(line__edition=edition)
        if partner:
            found = found.filter(line__partnership__organisation__code=partner)
        if macro_action:
            found = found.filter(line__macro_action__number=macro_action)
        if unpaid is not None:
            found = found.filter(paid_on__isnull=unpaid)
        if day:
            found = found.filter(Q(document_date__lte=day), Q(document_date__lt=day) | Q(pk__gt=pk))
        return found.order_by("-document_date", "pk").values_list(*EXPENSE_COLUMNS)[: PAGE + 1]

    return Prepared(build)


# --- Reports ----------------------------------------------------------------------------------


def unfinished_reports() -> list:
    """Ids of what is waiting or was begun, oldest first."""
    return list(
        Report.objects.filter(state__in=[ReportState.QUEUED, ReportState.BUILDING])
        .order_by("asked_at")
        .values_list("pk", flat=True)
    )
