"""An edition's money: what each line was given, what is entered, what is paid. Decimals from end to end."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import connection

from programme.enums import FunderKind
from programme.models import Edition

ZERO = Decimal("0.00")


@dataclass
class Sums:
    """Allocated; committed (entered, or due to interns, not yet paid); spent (paid)."""

    allocated: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    def add(self, line) -> None:
        self.allocated += line.amount
        self.committed += line.committed
        self.spent += line.spent

    @property
    def left(self) -> Decimal:
        return self.allocated - self.committed - self.spent

    @property
    def percent(self) -> int:
        """Of what was allocated, the part that is spent, in whole per cent, rounded down."""
        return int(self.spent * 100 / self.allocated) if self.allocated else 0


@dataclass
class Line:
    """A budget line with what is charged to it, and the names of its four sides."""

    pk: int
    amount: Decimal
    is_demo: bool
    organisation_id: int
    partner_code: str
    partner: str
    macro_action: int
    macro_action_name: str
    cost_item_code: str
    cost_item: str
    funder_code: str
    funder: str
    funder_kind: str
    funder_amount: Decimal
    committed: Decimal
    spent: Decimal

    @property
    def heading(self) -> str:
        """The macro-action with its number."""
        return f"{self.macro_action}. {self.macro_action_name}"

    @property
    def left(self) -> Decimal:
        return self.amount - self.committed - self.spent


@dataclass
class Group:
    """One row of a subtotal: a partner, a macro-action, a cost item or a funder."""

    key: str
    name: str
    sums: Sums = field(default_factory=Sums)
    kind: str = ""
    # A funder's promise, to be held against what its lines add up to.
    promised: Decimal | None = None


@dataclass
class Budget:
    edition: Edition
    lines: list[Line]
    total: Sums
    partners: list[Group]
    macro_actions: list[Group]
    cost_items: list[Group]
    funders: list[Group]

    @property
    def grant(self) -> Decimal:
        return sum((g.sums.allocated for g in self.funders if g.kind == FunderKind.GRANT), ZERO)

    @property
    def own(self) -> Decimal:
        return sum((g.sums.allocated for g in self.funders if g.kind == FunderKind.OWN), ZERO)

    @property
    def own_parts(self) -> list[Group]:
        """The funders of the partnership itself."""
        return [g for g in self.funders if g.kind == FunderKind.OWN]

    @property
    def has_demo_lines(self) -> bool:
        return any(line.is_demo for line in self.lines)


def read(edition: Edition, *, organisations=None, on: date | None = None) -> Budget:
    """The budget of `edition`, or the part of some organisations, with every subtotal; one query."""
    lines = lines_of(edition, organisations=organisations, on=on)
    total = Sums()
    groups: dict[str, dict[str, Group]] = {"partners": {}, "macro_actions": {}, "cost_items": {}, "funders": {}}
    for line in lines:
        total.add(line)
        sides = (
            ("partners", line.partner_code, line.partner),
            ("macro_actions", str(line.macro_action), line.heading),
            ("cost_items", line.cost_item_code, line.cost_item),
            ("funders", line.funder_code, line.funder),
        )
        for where, key, name in sides:
            if key not in groups[where]:
                groups[where][key] = Group(key, name)
            groups[where][key].sums.add(line)
        funder = groups["funders"][line.funder_code]
        funder.kind, funder.promised = line.funder_kind, line.funder_amount
    ordered = {where: list(found.values()) for where, found in groups.items()}
    ordered["partners"].sort(key=lambda g: g.name.casefold())
    ordered["macro_actions"].sort(key=lambda g: int(g.key))
    ordered["funders"].sort(key=lambda g: (g.kind != FunderKind.GRANT, -g.sums.allocated))
    ordered["cost_items"].sort(key=lambda g: -g.sums.allocated)
    return Budget(edition=edition, lines=lines, total=total, **ordered)


# `on` null: as it stands now.
_LINES = """
    SELECT line.id, line.amount, line.is_demo, organisation.id, organisation.code, organisation.short_name,
        macro_action.number, macro_action.name, item.code, item.name,
        funder.code, funder.name, funder.kind, funder.amount,
        coalesce(charged.committed, 0.00) + coalesce(allowances.committed, 0.00),
        coalesce(charged.spent, 0.00) + coalesce(allowances.spent, 0.00)
    FROM programme_budgetline AS line
    JOIN programme_partnership AS partnership ON partnership.id = line.partnership_id
    JOIN programme_organisation AS organisation ON organisation.id = partnership.organisation_id
    JOIN programme_macroaction AS macro_action ON macro_action.id = line.macro_action_id
    JOIN programme_costitem AS item ON item.id = line.cost_item_id
    JOIN programme_funder AS funder ON funder.id = line.funder_id
    CROSS JOIN LATERAL (
        SELECT sum(amount) FILTER (WHERE paid_on IS NULL OR paid_on > %(on)s::date) AS committed,
            sum(amount) FILTER (WHERE paid_on <= coalesce(%(on)s::date, 'infinity')) AS spent
        FROM reporting_expense WHERE line_id = line.id AND document_date <= coalesce(%(on)s::date, 'infinity')
    ) AS charged
    CROSS JOIN LATERAL (
        SELECT sum(allowance.amount) FILTER (WHERE paid_on IS NULL OR paid_on > %(on)s::date) AS committed,
            sum(allowance.amount) FILTER (WHERE paid_on <= coalesce(%(on)s::date, 'infinity')) AS spent
        FROM internships_internship AS internship
        JOIN internships_allowance AS allowance ON allowance.internship_id = internship.id
        WHERE line.bears_allowances
            AND internship.promoter_id = organisation.id AND internship.macro_action_id = macro_action.id
            AND (allowance.computed_at AT TIME ZONE %(zone)s)::date <= coalesce(%(on)s::date, 'infinity')
    ) AS allowances
    WHERE line.edition_id = %(edition)s AND (%(all)s OR organisation.id = ANY(%(organisations)s::bigint[]))
    ORDER BY macro_action.number, organisation.short_name, item.id, funder.id
"""


def lines_of(edition: Edition, *, organisations=None, on: date | None = None) -> list[Line]:
    """Lines by macro-action, partner and cost item, with what was charged to them at the end of `on` (None: now).

    To a line that bears them also the allowances of the partner's interns in its macro-action: due, they are
    committed; paid, spent. In SQL, for loading the lines as models costs several times as much as reading them.
    """
    asked = {
        "zone": settings.TIME_ZONE,
        "edition": edition.pk,
        "on": on,
        "all": organisations is None,
        "organisations": organisations or [],
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINES, asked)
        return [Line(*values) for values in cursor]


def as_data(budget: Budget) -> dict:
    """The budget as JSON: amounts as text, so that no cent is ever rounded on the way."""
    return {
        "total": _sums(budget.total),
        "grant": str(budget.grant),
        "own": str(budget.own),
        "has_demo_lines": budget.has_demo_lines,
        **{
            where: [{"key": g.key, "name": g.name, "kind": g.kind, **_sums(g.sums)} for g in getattr(budget, where)]
            for where in ("partners", "macro_actions", "cost_items", "funders")
        },
        "lines": [
            {
                "partner": line.partner,
                "macro_action": line.macro_action,
                "cost_item": line.cost_item,
                "funder": line.funder,
                "is_demo": line.is_demo,
                **_sums(Sums(line.amount, line.committed, line.spent)),
            }
            for line in budget.lines
        ],
    }


def _sums(sums: Sums) -> dict[str, str]:
    return {
        "allocated": str(sums.allocated),
        "committed": str(sums.committed),
        "spent": str(sums.spent),
        "left": str(sums.left),
        "percent": sums.percent,
    }
