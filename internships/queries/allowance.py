"""The allowances of many internships at once, read in one set of queries."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum as Total

from accounts.enums import Role
from internships import rules
from internships.allowance import Month, compute
from internships.models import Allowance, AllowanceTerms, Internship, RegisterDay, RuleSet
from internships.queries.timetable import plans_of
from internships.timetable import ZERO, Plan
from migwork.months import add_months


def sums_of(internships: Iterable[Internship], first: date) -> dict:
    """The allowance of the month that begins on `first` for each of these (with their host), by its key."""
    internships = list(internships)
    plans, terms = plans_of(internships), AllowanceTerms.objects.in_bulk([row.pk for row in internships])
    days = RegisterDay.objects.confirmed().of_month(first).filter(internship__in=internships).order_by()
    attended = dict(days.values("internship").annotate(sum=Total("hours")).values_list("internship", "sum"))
    values = _rules_by_day()
    return {
        row.pk: compute(
            _month(row, plans[row.pk], first, attended.get(row.pk, ZERO), terms.get(row.pk)), values(row.starts_on)
        )
        for row in internships
    }


def _rules_by_day():
    """The rules that hold on a day, as `rules.values` says them; the sets are read once for all days."""
    sets = list(RuleSet.objects.filter(is_draft=False).prefetch_related("rules"))
    known = [rules.values_of(one) for one in sets] or list(rules.shipped().values())
    known.sort(key=lambda one: one.valid_from)

    def of(day: date) -> rules.RuleValues:
        held = [one for one in known if one.valid_from <= day]
        return held[-1] if held else known[0]

    return of


def _month(internship, plan: Plan, first: date, attended: Decimal, terms) -> Month:
    last = add_months(first, 1) - timedelta(days=1)
    planned = plan.between(first, last)
    whole = Plan(first, last, internship.weekly_hours, plan.weekly, plan.versions).between(first, last)
    said = {}
    if terms is not None:
        said = {
            name: getattr(terms, name)
            for name in ("has_meals", "on_income_support", "agreed", "absent_month", "part_month")
        }
    return Month(
        kind=internship.kind,
        is_public=internship.unit.host.is_public,
        planned=sum(planned.values(), ZERO),
        planned_whole=sum(whole.values(), ZERO),
        attended=attended,
        longest_day=max(whole.values(), default=ZERO),
        **said,
    )


def rows_of(user, first: date) -> list[Allowance]:
    """The allowances of a month of the promoters for which `user` works, by surname; with the bank account."""
    promoters = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
    rows = Allowance.objects.filter(first=first)
    if not user.is_superuser:
        rows = rows.filter(internship__promoter__in=promoters)
    rows = rows.select_related(
        "internship__participation__person",
        "internship__unit__host",
        "internship__promoter",
        "internship__bank_account",
    )
    return list(rows.order_by("internship__participation__person__sort_key", "internship", "number"))


def months_with_rows(user) -> list[date]:
    """The months of which there are allowances, the latest first."""
    rows = Allowance.objects.all()
    if not user.is_superuser:
        promoters = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        rows = rows.filter(internship__promoter__in=promoters)
    return list(rows.order_by("-first").values_list("first", flat=True).distinct())


def allowances_of(internship) -> list[Allowance]:
    """Of one internship, the latest month first."""
    return list(internship.allowances.order_by("-first", "number"))
