"""An edition's money: what each line was given, what is entered, what is paid. Decimals from end to end."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from programme.enums import FunderKind
from programme.models import BudgetLine, Edition
from reporting.models import Expense

ZERO = Decimal("0.00")
EURO = DecimalField(max_digits=12, decimal_places=2)


@dataclass
class Sums:
    """Allocated; committed (entered, not yet paid); spent (paid)."""

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
    lines: list[BudgetLine]
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


def charged(line_path: str, condition: Q) -> Coalesce:
    """The sum of a line's expenses that meet `condition`, as a subquery: no join multiplies the rows."""
    sums = (
        Expense.objects.filter(condition, line=OuterRef(line_path))
        .order_by()
        .values("line")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    return Coalesce(Subquery(sums, output_field=EURO), Value(ZERO, output_field=EURO))


def with_charges(lines, on: date | None = None):
    """Each line with `committed` and `spent`, as they stood at the end of the day `on` (None: now)."""
    if on is None:
        paid, unpaid = Q(paid_on__isnull=False), Q(paid_on__isnull=True)
    else:
        paid = Q(paid_on__lte=on)
        unpaid = Q(document_date__lte=on) & (Q(paid_on__isnull=True) | Q(paid_on__gt=on))
    return lines.annotate(committed=charged("pk", unpaid), spent=charged("pk", paid))


def read(edition: Edition, *, organisations=None, on: date | None = None) -> Budget:
    """The budget of `edition`, or the part of some organisations, with every subtotal; one query."""
    lines = BudgetLine.objects.filter(edition=edition)
    if organisations is not None:
        lines = lines.filter(partnership__organisation__in=organisations)
    lines = list(
        with_charges(lines, on)
        .select_related("partnership__organisation", "macro_action", "cost_item", "funder")
        .only(
            "amount",
            "is_demo",
            "partnership__organisation__code",
            "partnership__organisation__short_name",
            "macro_action__number",
            "macro_action__name",
            "cost_item__code",
            "cost_item__name",
            "funder__code",
            "funder__name",
            "funder__kind",
            "funder__amount",
        )
        .order_by("macro_action__number", "partnership__organisation__short_name", "cost_item__pk", "funder__pk")
    )
    total = Sums()
    groups: dict[str, dict[str, Group]] = {"partners": {}, "macro_actions": {}, "cost_items": {}, "funders": {}}
    for line in lines:
        total.add(line)
        organisation, funder = line.partnership.organisation, line.funder
        for where, group in (
            ("partners", Group(organisation.code, organisation.short_name)),
            ("macro_actions", Group(str(line.macro_action.number), str(line.macro_action))),
            ("cost_items", Group(line.cost_item.code, line.cost_item.name)),
            ("funders", Group(funder.code, funder.name, kind=funder.kind, promised=funder.amount)),
        ):
            groups[where].setdefault(group.key, group).sums.add(line)
    ordered = {where: list(found.values()) for where, found in groups.items()}
    ordered["partners"].sort(key=lambda g: g.name.casefold())
    ordered["macro_actions"].sort(key=lambda g: int(g.key))
    ordered["funders"].sort(key=lambda g: (g.kind != FunderKind.GRANT, -g.sums.allocated))
    ordered["cost_items"].sort(key=lambda g: -g.sums.allocated)
    return Budget(edition=edition, lines=lines, total=total, **ordered)


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
                "partner": line.partnership.organisation.short_name,
                "macro_action": line.macro_action.number,
                "cost_item": line.cost_item.name,
                "funder": line.funder.name,
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
