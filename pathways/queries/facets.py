"""How many activities each filter would leave: for the words of now, each filter counted as if it were not set.

One read for all filters at once: how often each combination of family, municipio, ages, language and dates occurs
among what has the words. From it every page of the same words is counted in Python, for a minute.
"""

from collections import Counter
from datetime import date
from hashlib import blake2s

from django.core.cache import caches
from django.db import connection
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways import search
from pathways.enums import Family, TaughtIn
from pathways.queries.wanted import Wanted, periods

# Counts stop here, as those of the page do.
MOST = 200
SECONDS = 60
AGES = range(14, 36)

# Bit 0 of `dates`: one can ask for it; bit n: in the n-th period. `free`: the same with a free place.
_COMBINATIONS = """
    WITH matching AS MATERIALIZED (
        SELECT id, family, municipio, min_age, max_age, language
        FROM pathways_opportunity
        WHERE state = 'published' {words}
    ),
    coming AS (
        SELECT opportunity_id, bit_or(dates) AS dates,
            bit_or(CASE WHEN places_taken < places THEN dates ELSE 0 END) AS free
        FROM (
            SELECT opportunity_id, places_taken, places, 1 {bits} AS dates
            FROM pathways_run JOIN matching ON matching.id = opportunity_id
            WHERE state IN ('planned', 'running') AND enrol_by >= %s AND paused_at IS NULL
        ) AS run
        GROUP BY opportunity_id
    )
    SELECT family, municipio, min_age, max_age, language, coalesce(dates, 0), coalesce(free, 0), count(*)
    FROM matching LEFT JOIN coming ON opportunity_id = id
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_BIT = " | CASE WHEN starts_on >= %s AND starts_on < %s THEN {bit} ELSE 0 END"


def facets(wanted: Wanted, on: date, words: tuple[str, bool] | None) -> dict:
    """The choices of every list with their counts, as HTML; may be a minute old. `words`: as search reads them."""
    key = _key("facets", get_language(), wanted.filtered, on, words)
    found = caches["process"].get(key)
    if found is None:
        found = _as_html(wanted, on, _counted(wanted, on, _combinations(on, words)))
        caches["process"].set(key, found, SECONDS)
    return found


def _key(name, *parts) -> str:
    """Where something is remembered: words may be long, and hold what keys must not."""
    return f"pathways:{name}:{blake2s(repr(parts).encode()).hexdigest()}"


def _combinations(on: date, words: tuple[str, bool] | None) -> list[tuple]:
    key = _key("combinations", on, words)
    found = caches["process"].get(key)
    if found is None:
        spans = list(periods(on).values())
        bits = "".join(_BIT.format(bit=1 << n) for n in range(1, len(spans) + 1))
        condition, values = "", []
        if words:
            function = "websearch_to_tsquery" if words[1] else "to_tsquery"
            condition, values = f"AND search @@ {function}('{search.CONFIG}', %s)", [words[0]]
        values += [day for _label, *days in spans for day in days]
        with connection.cursor() as cursor:
            cursor.execute(_COMBINATIONS.format(words=condition, bits=bits), [*values, on])
            found = cursor.fetchall()
        caches["process"].set(key, found, SECONDS)
    return found


def _counted(wanted: Wanted, on: date, combinations) -> dict[str, Counter]:
    """For each filter how many each of its choices would leave, the other filters as they are."""
    names = list(periods(on))
    chosen = 1 << names.index(wanted.when) + 1 if wanted.when else 1
    on_dates = bool(wanted.when or wanted.free)
    found = {name: Counter() for name in ("family", "municipio", "age", "language", "when", "free")}
    for family, municipio, youngest, oldest, language, dates, free, number in combinations:
        out = [
            name
            for name, fails in (
                ("family", wanted.family and family != wanted.family),
                ("municipio", wanted.municipio and municipio != wanted.municipio),
                ("age", wanted.age and not youngest <= wanted.age <= oldest),
                ("language", wanted.language and language != wanted.language),
            )
            if fails
        ]
        if len(out) > 1:
            continue
        if not out:
            open_dates = free if wanted.free else dates
            for n, name in enumerate(names, 1):
                if open_dates >> n & 1:
                    found["when"][name] += number
            if free & chosen:
                found["free"]["1"] += number
        if on_dates and not (free if wanted.free else dates) & chosen:
            continue
        for name, value in (("family", family), ("municipio", municipio), ("language", language)):
            if out in ([], [name]):
                found[name][value] += number
        if out in ([], ["age"]):
            found["age"].update({age: number for age in AGES if youngest <= age <= oldest})
    return found


def _as_html(wanted: Wanted, on: date, counts) -> dict:
    municipi = [(n, _("Municipio %s") % n) for n in range(1, 10)]
    ages = sorted({*AGES, wanted.age} - {None})
    return {
        "families": _options(Family.choices, counts["family"], wanted.family),
        "municipi": _options(municipi, counts["municipio"], wanted.municipio),
        "ages": _options([(age, _("%s years old") % age) for age in ages], counts["age"], wanted.age),
        "languages": _options(TaughtIn.choices, counts["language"], wanted.language),
        "periods": _options(
            [(name, label) for name, (label, *_days) in periods(on).items()], counts["when"], wanted.when
        ),
        "free": _number(counts["free"]["1"]),
        "near": format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((n, _mark(n == wanted.near), label) for n, label in municipi),
        ),
    }


def _options(choices, counts, chosen) -> str:
    """Choices with how many each leaves; those that leave nothing are no choice, but for the one that is on."""
    return format_html_join(
        "",
        '<option value="{}"{}>{} ({})</option>',
        (
            (value, _mark(value == chosen), label, _number(counts[value]))
            for value, label in choices
            if counts[value] or value == chosen
        ),
    )


def _mark(is_on: bool):
    return SafeString(" selected") if is_on else ""


def _number(count: int) -> str:
    return f"{MOST}+" if count > MOST else str(count)
