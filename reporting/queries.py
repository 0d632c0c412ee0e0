"""Reads of the reporting room: which edition, which figures, whose rows, which expenses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from intake.models import Participation
from programme.enums import EditionKind
from programme.models import BudgetLine, Edition, MacroAction, Organisation, Target
from reporting.budget import with_charges
from reporting.enums import ReportState
from reporting.models import Expense, Figures, Report

PAGE = 25
# An edition that has ended is counted for some months more: late registers and payments still come in.
STILL_COUNTED_DAYS = 180


def editions_begun(on: date) -> list[Edition]:
    """All editions that have begun, the one that pages show first: the running project, the last one, any."""
    editions = Edition.objects.filter(starts_on__lte=on).order_by("-starts_on", "pk")
    return sorted(editions, key=lambda e: (e.kind != EditionKind.PROJECT, e.ends_on is not None and e.ends_on < on))


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
    """The last count: pages read this row and say its age."""
    return Figures.objects.filter(edition=edition).first()


# --- The rows of a figure ---------------------------------------------------------------


@dataclass(frozen=True)
class RowsPage:
    rows: list[Participation]
    following: str


def page_by_name(participations: QuerySet, after: str) -> RowsPage:
    """A page of persons by surname and name; `after` is the last participation of the page before."""
    if after:
        last = Participation.objects.filter(pk=after).values_list("person__sort_key", "person_id").first()
        if last:
            key, person = last
            participations = participations.filter(
                Q(person__sort_key__gte=key), Q(person__sort_key__gt=key) | Q(person__gt=person)
            )
    rows = list(participations.select_related("person").order_by("person__sort_key", "person_id")[: PAGE + 1])
    return RowsPage(rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def page_by_chance(participations: QuerySet, after: str) -> RowsPage:
    """A page of persons in an order that says nothing about them."""
    if after:
        participations = participations.filter(pk__gt=after)
    rows = list(participations.select_related("person").order_by("pk")[: PAGE + 1])
    return RowsPage(rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def pseudonym(participation: Participation) -> str:
    """A code that is the same for a person on every page of this edition, and leads nowhere."""
    digest = salted_hmac(f"reporting.pseudonym.{participation.edition_id}", str(participation.person_id))
    code = digest.hexdigest()[:10].upper()
    return f"{code[:5]}-{code[5:]}"


AGE_BANDS = ((16, 17), (18, 24), (25, 29), (30, 34))


def age_band(participation: Participation) -> str:
    """The age when the participation opened, as a band."""
    age = participation.person.age_on(timezone.localdate(participation.opened_at))
    for low, high in AGE_BANDS:
        if low <= age <= high:
            return f"{low}–{high}"
    return f"< {AGE_BANDS[0][0]}" if age < AGE_BANDS[0][0] else f"{AGE_BANDS[-1][1] + 1}+"


@dataclass(frozen=True)
class RowsFilters:
    """What narrows the rows of a figure, read from the address."""

    targets: list[Target]
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
    targets = list(edition.targets.prefetch_related("macro_actions"))
    target = macro_action = partner = None
    if code := asked.get("obiettivo"):
        target = next((t for t in targets if t.code == code), None)
    if number := asked.get("macroazione"):
        macro_action = edition.macro_actions.filter(number=int(number)).first()
    if partner_code := asked.get("partner"):
        partner = Organisation.objects.filter(partnerships__edition=edition, code=partner_code).first()
    if (code and not target) or (number and not macro_action) or (partner_code and not partner):
        raise ValueError
    return RowsFilters(targets, target, macro_action, partner)


# --- Money ----------------------------------------------------------------------------------


def lines_of(edition: Edition, organisation: Organisation) -> QuerySet:
    """A partner's lines with what is charged to them, for the choice of one: by macro-action, then cost item."""
    return (
        with_charges(BudgetLine.objects.filter(edition=edition, partnership__organisation=organisation))
        .select_related("partnership__organisation", "macro_action", "cost_item", "funder")
        .order_by("macro_action__number", "cost_item__pk", "funder__pk")
    )


def partners_with_lines(edition: Edition, organisations: list[int] | None) -> list[Organisation]:
    """Partners for which an expense can be entered, the lead first."""
    partnerships = edition.partnerships.filter(budget_lines__isnull=False).distinct()
    if organisations is not None:
        partnerships = partnerships.filter(organisation__in=organisations)
    ordered = partnerships.select_related("organisation").order_by("-is_lead", "organisation__short_name")
    return [partnership.organisation for partnership in ordered]


def partner_of_line(edition: Edition, pk: str) -> str:
    """The code of the partner whose line this is; nothing when this edition has no such line."""
    lines = BudgetLine.objects.filter(edition=edition, pk=pk) if pk.isdecimal() else BudgetLine.objects.none()
    return lines.values_list("partnership__organisation__code", flat=True).first() or ""


SHOWN_IN_LISTS = ("line__partnership__organisation", "line__macro_action", "line__cost_item")


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
        number = asked.get("macroazione", "")
        state = asked.get("stato", "")
        return cls(
            partners=partners_with_lines(edition, organisations),
            macro_actions=list(edition.macro_actions.all()),
            partner=asked.get("partner", ""),
            macro_action=number if number.isdecimal() else "",
            state=state if state in ("pagate", "da-pagare") else "",
            after=_uuid(asked.get("dopo", "")),
        )

    def apply(self, expenses: QuerySet) -> QuerySet:
        if self.partner:
            expenses = expenses.filter(line__partnership__organisation__code=self.partner)
        if self.macro_action:
            expenses = expenses.filter(line__macro_action__number=self.macro_action)
        if self.state:
            expenses = expenses.filter(paid_on__isnull=self.state == "da-pagare")
        return expenses

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


def page_of_expenses(expenses: QuerySet, after: str) -> tuple[list[Expense], str]:
    """The newest document first; `after` is the last expense of the page before."""
    if after:
        last = Expense.objects.filter(pk=after).values_list("document_date", "pk").first()
        if last:
            expenses = expenses.filter(Q(document_date__lte=last[0]), Q(document_date__lt=last[0]) | Q(pk__gt=last[1]))
    rows = list(expenses.order_by("-document_date", "pk")[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


# --- Reports ----------------------------------------------------------------------------------


def unfinished_reports() -> list:
    """Ids of what is waiting or was begun, oldest first."""
    return list(
        Report.objects.filter(state__in=[ReportState.QUEUED, ReportState.BUILDING])
        .order_by("asked_at")
        .values_list("pk", flat=True)
    )
