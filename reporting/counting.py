"""The figures, counted: a few queries over the facts of indicators.py, as data that a row or a report can keep."""

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Count as CountRows
from django.utils import timezone

from intake.enums import ParticipationState
from intake.models import Participation
from internships.enums import InternshipState
from internships.models import Internship
from migwork.db import unprepared_cursor
from programme.models import Edition, Target
from reporting import budget
from reporting.forecast import RECENT_DAYS, outlook
from reporting.heads import heads_of
from reporting.indicators import FUNNEL, INDICATORS, Indicator, Scope, Source, eligible
from reporting.results import as_data, results

# Shown by macro-action and by partner, in this order.
COLUMNS = ("involved", "in_training", "interns", "hours")


@dataclass
class Count:
    """What an indicator comes to: in all, by macro-action and by partner (ids; None: no such thing)."""

    total: int | Decimal = 0
    by_macro_action: dict = field(default_factory=dict)
    by_organisation: dict = field(default_factory=dict)


def facts_sql(sources: list[Source], scope: Scope) -> tuple[str, tuple]:
    """SQL of all facts of `sources` under fixed column names, and its parameters."""
    edition = scope.edition
    return _facts_sql(tuple(sources), scope, (edition.min_age, edition.max_age, *edition.ties))


@lru_cache(maxsize=256)
def _facts_sql(sources, scope, _who_may_take_part):
    """Kept, for building it takes longer than running it for a page of persons.

    Editions are the same when their keys are: what else of them the SQL holds stands in the third argument.
    """
    parts, params = [], []
    for source in sources:
        with suppress(EmptyResultSet):
            sql, values = source.facts(scope).query.sql_with_params()
            parts.append(sql)
            params.extend(values)
    parts = parts or ["SELECT NULL::uuid, NULL::date, NULL::int, NULL::int, NULL::numeric WHERE false"]
    columns = "(person_id, on_day, macro_action_id, organisation_id, hours)"
    return f"(({') UNION ALL ('.join(parts)})) AS fact {columns}", tuple(params)


def persons_sql(indicator: Indicator, scope: Scope) -> tuple[str, tuple]:
    """SQL of the participations that `indicator` counts, with what a row of persons needs, and its parameters."""
    edition = scope.edition
    return _persons_sql(indicator, scope, (edition.min_age, edition.max_age, *edition.ties))


@lru_cache(maxsize=256)
def _persons_sql(indicator, scope, _who_may_take_part):
    names = ("id", "state", "opened_at", "person_id", "person__sort_key", "person__first_name", "person__last_name")
    try:
        rows = indicator.participations(scope).order_by().values_list(*names, "person__birth_date")
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        sql, params = f"SELECT {', '.join(['NULL'] * 8)} WHERE false", ()
    columns = "(id, state, opened_at, person_id, sort_key, first_name, last_name, birth_date)"
    return f"({sql}) AS counted {columns}", params


def count(indicator: Indicator, scope: Scope) -> Count:
    """The figure and its two breakdowns in one query: a person once in each cell, once in the total."""
    facts, params = facts_sql(indicator.sources_in(scope), scope)
    measure = "count(DISTINCT person_id)" if indicator.adds == "persons" else "coalesce(sum(hours), 0)"
    result = Count()
    with unprepared_cursor() as cursor:
        cursor.execute(
            f"SELECT grouping(macro_action_id), grouping(organisation_id), macro_action_id, organisation_id, {measure} "
            f"FROM {facts} GROUP BY GROUPING SETS ((), (macro_action_id), (organisation_id))",
            params,
        )
        for no_macro_action, no_organisation, macro_action, organisation, value in cursor.fetchall():
            if no_macro_action and no_organisation:
                result.total = value
            elif no_organisation:
                result.by_macro_action[macro_action] = value
            else:
                result.by_organisation[organisation] = value
    return result


def first_days(indicator: Indicator, scope: Scope) -> dict[date, int]:
    """How many persons counted for the first time on each day."""
    facts, params = facts_sql(indicator.sources_in(scope), scope)
    with unprepared_cursor() as cursor:
        cursor.execute(
            f"SELECT day, count(*) FROM (SELECT min(on_day) AS day FROM {facts} GROUP BY person_id) AS first "
            "GROUP BY day ORDER BY day",
            params,
        )
        return dict(cursor.fetchall())


@lru_cache(maxsize=256)
def evidence_sql(indicator: Indicator, scope: Scope) -> tuple[str, tuple]:
    """SQL of the facts behind participations that `indicator` counts, and its parameters."""
    columns, parts, params = "(participation_id, on_day, hours)", [], []
    for source in indicator.sources_in(scope):
        with suppress(EmptyResultSet):
            sql, values = source.evidence(scope).query.sql_with_params()
            parts.append(sql)
            params.extend(values)
    parts = parts or ["SELECT NULL::uuid, NULL::date, NULL::numeric WHERE false"]
    return f"(({') UNION ALL ('.join(parts)})) AS fact {columns}", tuple(params)


def median_days(scope: Scope, slugs: tuple[str, ...] = FUNNEL) -> dict[str, int | None]:
    """Median days from each step of the way to the next, among those who made both."""
    parts, params = [], []
    for number, slug in enumerate(slugs):
        facts, values = facts_sql(INDICATORS[slug].sources_in(scope), scope)
        parts.append(f"SELECT {number} AS step, person_id, min(on_day) AS day FROM {facts} GROUP BY person_id")
        params.extend(values)
    with unprepared_cursor() as cursor:
        cursor.execute(
            "SELECT step, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FROM ("
            "SELECT step, day - lag(day) OVER way AS days, step - lag(step) OVER way AS steps "
            f"FROM ({' UNION ALL '.join(parts)}) AS reached "
            "WINDOW way AS (PARTITION BY person_id ORDER BY step)"
            ") AS gap WHERE steps = 1 AND days >= 0 GROUP BY step",
            params,
        )
        found = dict(cursor.fetchall())
    return {slug: round(found[n]) if n in found else None for n, slug in enumerate(slugs)}


# --- All figures of an edition -----------------------------------------------------------


def count_figures(edition: Edition, *, from_day: date, to_day: date, now) -> dict:
    """Everything the dashboard and the report show, as JSON: numbers, dates, codes and names, no sentences.

    All queries see the same moment of the database. What has no period counts from the edition's
    start to `to_day`; "period" counts from `from_day`.
    """
    with snapshot():
        return _count(edition, from_day, to_day, now)


@contextmanager
def snapshot():
    """One moment of the database for all queries inside, unless a transaction is already under way."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with unprepared_cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def target_scope(indicator: Indicator, scope: Scope, target: Target | None) -> Scope:
    """`scope` as `target` means it; without a target as the indicator means it by itself."""
    return indicator.scope(scope, [m.pk for m in target.macro_actions.all()] if target else ())


def target_of(indicator: Indicator, targets) -> Target | None:
    """The first target that names this indicator: its macro-actions hold wherever the indicator is shown."""
    return next((target for target in targets if target.indicator == indicator.slug), None)


def _count(edition, from_day, to_day, now):
    scope = Scope.of(edition, to_day=to_day)
    period = Scope.of(edition, from_day=from_day, to_day=to_day)
    targets = list(edition.targets.prefetch_related("macro_actions").order_by("pk"))
    counts, in_period = {}, {}
    for slug, indicator in INDICATORS.items():
        target = target_of(indicator, targets)
        counts[slug] = count(indicator, target_scope(indicator, scope, target))
        in_period[slug] = (
            counts[slug].total if period == scope else count(indicator, target_scope(indicator, period, target)).total
        )
    days = median_days(scope)
    return {
        "edition": {"code": edition.code, "name": edition.name, "call": edition.call, "cup": edition.cup},
        "starts_on": edition.starts_on.isoformat(),
        "ends_on": edition.ends_on.isoformat() if edition.ends_on else None,
        "from_day": from_day.isoformat(),
        "to_day": to_day.isoformat(),
        "counted_at": now.isoformat(),
        "targets": [_target(target, scope) for target in targets],
        "indicators": [
            {"slug": slug, "count": _plain(counts[slug].total), "period": _plain(in_period[slug])}
            for slug in INDICATORS
        ],
        "macro_actions": [
            {"id": m.pk, "number": m.number, "name": m.name, "counts": _row(counts, "by_macro_action", m.pk)}
            for m in edition.macro_actions.order_by("number")
        ],
        "partners": [
            {
                "id": p.organisation_id,
                "code": p.organisation.code,
                "name": p.organisation.short_name,
                "role": p.role,
                "is_lead": p.is_lead,
                "counts": _row(counts, "by_organisation", p.organisation_id),
            }
            for p in edition.partnerships.select_related("organisation").order_by(
                "-is_lead", "organisation__short_name"
            )
        ],
        "funnel": [{"slug": slug, "count": counts[slug].total, "days": days[slug]} for slug in FUNNEL],
        "states": _states(edition),
        "internships": _internships(edition),
        "heads": heads_of(scope),
        "results": [as_data(result) for result in results(edition, to_day)],
        "budget": budget.as_data(budget.read(edition, on=min(to_day, timezone.localdate(now)))),
    }


def _plain(value):
    return str(value) if isinstance(value, Decimal) else value


def _row(counts, breakdown, key):
    return {slug: _plain(getattr(counts[slug], breakdown).get(key, 0)) for slug in COLUMNS}


def _target(target, scope):
    data = {
        "code": target.code,
        "name": target.name,
        "unit": target.unit,
        "value": target.value,
        "indicator": target.indicator,
        "definition": target.definition,
        "macro_actions": [m.number for m in target.macro_actions.all()],
    }
    indicator = INDICATORS.get(target.indicator)
    if indicator is None:
        return data | {"count": None}
    firsts = first_days(indicator, target_scope(indicator, scope, target))
    counted = sum(firsts.values())
    since = scope.to_day - timedelta(days=RECENT_DAYS - 1)
    months: dict[str, int] = {}
    for day, persons in firsts.items():
        months[f"{day:%Y-%m}"] = months.get(f"{day:%Y-%m}", 0) + persons
    return data | {
        "count": counted,
        "months": months,
        "outlook": outlook(
            value=target.value,
            count=counted,
            recent=sum(persons for day, persons in firsts.items() if day >= since),
            starts_on=scope.edition.starts_on,
            ends_on=scope.edition.ends_on,
            on=scope.to_day,
        ),
    }


def _states(edition):
    found = dict(
        eligible(Participation.objects.all(), edition)
        .order_by()
        .values_list("state")
        .annotate(CountRows("person_id", distinct=True))
    )
    return [{"state": state, "count": found.get(state, 0)} for state in ParticipationState.values]


def _internships(edition):
    found = dict(
        Internship.objects.filter(participation__edition=edition)
        .order_by()
        .values_list("state")
        .annotate(CountRows("pk"))
    )
    return [{"state": state, "count": found.get(state, 0)} for state in InternshipState.values]
