"""The public catalogue: what is wanted, which cards answer it, how many there are.

Made to be quick: no model instances, no query per row, every word of a card made here
so that the template only writes it down.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import blake2s

from django.contrib.postgres.search import SearchVectorExact
from django.core.cache import caches
from django.db import connection
from django.db.models import BooleanField, F, Func, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from migwork.prepared import Prepared
from migwork.templatetags.ui import status
from migwork.words import day_in_words
from pathways import search
from pathways.enums import Family, OpportunityState, TaughtIn
from pathways.models import Opportunity, Run
from pathways.queries.wanted import CURSOR, Wanted, periods
from pathways.queries.words import Asked, all_asked, asked, meant

# Full rows in one, two and three columns.
PAGE = 18
# Counting stops here: nobody reads further, and an exact number costs more than the page.
MOST = 200
# Cards on first pages.
SOON = 3
FACET_SECONDS = 60

_RUNS_SHOWN = """
    SELECT DISTINCT ON (opportunity_id) opportunity_id, starts_on, places - places_taken, by_application
    FROM pathways_run
    WHERE opportunity_id = ANY(%s) AND state IN ('planned', 'running') AND enrol_by >= %s AND paused_at IS NULL
    ORDER BY opportunity_id, starts_on < %s OR starts_on >= %s, places_taken >= places, starts_on, id
"""


def conditions_of(wanted: Wanted, on: date, said: Asked | None) -> dict | None:
    """`wanted`, of which the words were read as `said`, as the values of `matching`; None: nothing can answer it."""
    found = {
        "family": wanted.family,
        "municipio": wanted.municipio,
        "age": wanted.age,
        "language": wanted.language,
    }
    if wanted.free or wanted.when:
        found |= {"open_on": on, "free": wanted.free}
    if wanted.when:
        _label, found["first_day"], found["day_after"] = periods(on)[wanted.when]
    if wanted.q:
        if said is None:
            return None
        found["words"], found["operators"] = said.read
    return {name: value for name, value in found.items() if value is not None and value != ""}


def matching(*, words="", operators=False, in_order=False, age=None, open_on=None, free=False, **rest):
    """What answers. `in_order` where many have the words: the catalogue read in its order then soon fills a page.

    `rest`: what a column must be (family, municipio, language), and the first day of a period and the day after it.
    """
    days = {name: rest.pop(name) for name in ("first_day", "day_after") if name in rest}
    found = Opportunity.objects.published()
    if words:
        has_words = SearchVectorExact(F("search"), search.query_of(words, operators))
        # Asked whether it is true, the index of words is of no use: it would first read all that have them.
        found = found.filter(_IsTrue(has_words) if in_order else has_words)
    found = found.filter(**rest)
    if age:
        found = found.filter(min_age__lte=age, max_age__gte=age)
    if open_on:
        runs = Run.objects.open_on(open_on).filter(opportunity=OuterRef("pk"))
        if free:
            runs = runs.with_free_places()
        if days:
            runs = runs.filter(starts_on__gte=days["first_day"], starts_on__lt=days["day_after"])
        # Not Exists(): for that PostgreSQL first reads the runs of all activities.
        found = found.filter(Subquery(runs.order_by().annotate(yes=Value(True)).values("yes")[:1]))
    return found


class _IsTrue(Func):
    template = "(%(expressions)s) IS TRUE"
    output_field = BooleanField()


def _beyond(cursor: str) -> dict:
    """Where the last page ended, as the values `last_day` (missing for a card without dates) and `last_pk`."""
    if not cursor:
        return {}
    _zone, day, pk = CURSOR.match(cursor).groups()
    try:
        return {"last_pk": int(pk)} if day == "x" else {"last_pk": int(pk), "last_day": date.fromisoformat(day)}
    except ValueError:
        return {}


def beside(municipio: int) -> list[int]:
    """The municipi that touch this one: the first, in the middle, touches all; the others lie around it in a ring."""
    if municipio == 1:
        return list(range(2, 10))
    return [1, *(2 + (municipio - 2 + step) % 8 for step in (-1, 1))]


def _zone(near: int, municipio) -> int:
    """How far: 0 in the municipio itself, 1 beside it, 2 elsewhere or nowhere."""
    return 0 if municipio == near else 1 if municipio in beside(near) else 2


@cache
def _near_page(near: int, nearest: int) -> Prepared:
    """A page of what is near first, from the zone `nearest` on; a further zone is read only to fill the page."""
    zones = [Q(municipio=near), Q(municipio__in=beside(near))]
    zones.append(Q(municipio__isnull=True) | ~Q(municipio__in=[near, *beside(near)]))

    def build(last_pk=None, last_day=None, **conditions):
        first, *others = (
            _after(matching(**conditions).filter(zone), *((last_pk, last_day) if n == nearest else (None, None)))
            for n, zone in enumerate(zones)
            if n >= nearest
        )
        return first.union(*others, all=True)[: PAGE + 1] if others else first

    return Prepared(build)


def _cards_matching(*, last_pk=None, last_day=None, **conditions):
    return _after(matching(**conditions), last_pk, last_day)


def _after(found, last_pk, last_day):
    if last_day:
        later = Q(next_start_on__gt=last_day) | Q(next_start_on=last_day, pk__gt=last_pk)
        found = found.filter(later | Q(next_start_on__isnull=True))
    elif last_pk:
        found = found.filter(next_start_on__isnull=True, pk__gt=last_pk)
    return _as_rows(found.in_order())[: PAGE + 1]


_COLUMNS = ("pk", "slug", "family", "title", "place", "municipio", "min_age", "max_age", "next_start_on")


def _as_rows(opportunities):
    return opportunities.values_list(*_COLUMNS)


def _place_in_order(row, near):
    """Where a row stands among others: what is near first, then as `Opportunity.objects.in_order()` has them."""
    return _zone(near, row[_MUNICIPIO]) if near else 0, row[-1] or date.max, row[0]


_MUNICIPIO = 5
_by_slug = Prepared(lambda slug: Opportunity.objects.filter(slug=slug).select_related("organisation").defer("search"))
_page = Prepared(_cards_matching)
_few = Prepared(lambda **conditions: _as_rows(matching(**conditions))[: MOST + 1])
_soon = Prepared(lambda on: _as_rows(Opportunity.objects.published().filter(next_start_on__gte=on).in_order())[:SOON])


@dataclass
class Results:
    """A page of cards, and the address of what follows ("" on the last)."""

    cards: list[dict]
    more: str
    count: str
    # What was looked for in the end, and whether that is not what was typed.
    wanted: Wanted
    # Its words as the search reads them, those of the same meaning among them.
    said: Asked | None = None
    is_mended: bool = False
    # It has fewer words than what was typed: nothing has them all.
    is_shorter: bool = False


def results(wanted: Wanted, on: date) -> Results:
    """The cards that answer `wanted`: two queries, a third once a minute for searches that find many. Words: one more.

    Words that find nothing are mended, if they can be: four queries more, three of them once a minute. If that is of no
    help, those that say nothing here are left out: one more.
    """
    searched = wanted
    if wanted.q and not wanted.exact and not wanted.after:
        said, instead = _mended_before(wanted.q)
        rows, number = ([], 0) if instead else _rows(wanted, on, said)
        if not rows and not instead:
            instead = _mended_now(wanted.q, said)
        for text, meaning in instead:
            other = replace(wanted, q=text)
            rows, number = _rows(other, on, meaning)
            if rows:
                searched, said = other, meaning
                break
    else:
        said = asked(wanted.q, wanted.exact) if wanted.q else None
        rows, number = _rows(wanted, on, said)
    more, rows = len(rows) > PAGE, rows[:PAGE]
    following = ""
    if more:
        following = searched.address(after=_cursor(rows[-1], wanted.near))
    return Results(
        cards=_cards(rows, on, when=wanted.when, suffix=f"?azione={wanted.action}" if wanted.action else ""),
        more=following,
        count="" if wanted.after else _counted(number if more else len(rows)),
        wanted=searched,
        said=said,
        is_mended=searched is not wanted,
        is_shorter=len(search.split(searched.q)) < len(search.split(wanted.q)),
    )


def _mended_before(text: str) -> tuple[Asked | None, list]:
    """`text` as the search reads it; and what is looked for instead, if that was found out within the last minute."""
    then, instead = caches["process"].get(_key({"mended": text})) or (None, [])
    said, *meanings = all_asked([text, *instead])
    # Somebody may have written meanwhile that it means something.
    return said, list(zip(instead, meanings, strict=True)) if said == then else []


def _mended_now(text: str, said: Asked | None) -> list[tuple[str, Asked | None]]:
    if instead := meant(text):
        caches["process"].set(_key({"mended": text}), (said, instead), FACET_SECONDS)
    return list(zip(instead, all_asked(instead), strict=True))


def _rows(wanted: Wanted, on: date, said: Asked | None) -> tuple[list, int]:
    """The rows of the page that `wanted` asks for, and how many answer in all."""
    conditions = conditions_of(wanted, on, said)
    if conditions is None:
        return [], 0
    if wanted.after:
        return _next_page(conditions, wanted.after, wanted.near)
    return _first_page(conditions, wanted.near)


def _cursor(row, near) -> str:
    zone = f"{_zone(near, row[_MUNICIPIO])}_" if near else ""
    return f"{zone}{row[-1].isoformat() if row[-1] else 'x'}_{row[0]}"


def _first_page(conditions: dict, near) -> tuple[list, int]:
    """The first rows that answer, and how many do, up to MOST + 1.

    A few are read all, counted and put in order here. That there are many is remembered for a minute, and so is the
    number of the whole catalogue: then only the page is read.
    """
    number = caches["process"].get(_key(conditions))
    if number is None:
        rows = _few(**conditions)
        number = len(rows)
        if number <= MOST and conditions:
            return sorted(rows, key=lambda row: _place_in_order(row, near))[: PAGE + 1], number
        caches["process"].set(_key(conditions), number, FACET_SECONDS)
    return _in_order(conditions, near), number


def _next_page(conditions: dict, after: str, near) -> tuple[list, int]:
    """The rows that follow. How many answer stands above the first."""
    zone = int(CURSOR.match(after)[1] or 0)
    return _in_order(conditions | _beyond(after), near, zone, many=_key(conditions) in caches["process"]), 0


def _in_order(conditions: dict, near, zone=0, many=True) -> list:
    read = _near_page(near, zone) if near else _page
    return read(**conditions, in_order=True) if many and "words" in conditions else read(**conditions)


def _key(conditions: dict) -> str:
    """Where it is remembered that many answer: words may be long, and hold what keys must not."""
    return f"pathways:many:{blake2s(repr(conditions).encode()).hexdigest()}"


def opportunity_for(user, slug: str) -> Opportunity | None:
    """The activity at this address with its organisation, if `user` may see it; one query for a published one."""
    found = _by_slug.first(slug=slug)
    if found and (found.state == OpportunityState.PUBLISHED or Opportunity.objects.visible_to(user).contains(found)):
        return found
    return None


def runs_with_sessions(opportunity, only=None) -> list[Run]:
    """The dates planned or under way, or `only` the one of this key, each with its sessions: two queries."""
    runs = Run.objects.filter(opportunity=opportunity).current().prefetch_related("sessions")
    return list(runs.filter(pk=only) if only else runs)


def cards_of(opportunities, on: date) -> list[dict]:
    """The cards of these activities, in their order: one query."""
    return _cards([tuple(getattr(row, name) for name in _COLUMNS) for row in opportunities], on, when="", suffix="")


def starting_soon(on: date) -> list[dict]:
    """The cards of the next activities to start, for first pages: two queries."""
    return _cards(_soon(on=on), on, when="", suffix="")


def _runs_shown(ids, on, when) -> dict:
    """For each activity (first day, places left, by application) of the run to speak of.

    It is the first with a free place, else the first.

    Those of the period that is looked for go before others.

    In SQL: the same by the ORM costs more than all the rest of the page's Python.
    """
    days = periods(on)[when][1:] if when else (date.min, date.max)
    with connection.cursor() as cursor:
        cursor.execute(_RUNS_SHOWN, [ids, on, *days])
        return {opportunity: shown for opportunity, *shown in cursor}


def _cards(rows, on, when, suffix) -> list[dict]:
    base = reverse("pathways:opportunity-list")
    families = {value: SafeString(label) for value, label in Family.choices}
    in_municipio, ages = _("Municipio %s"), _("ages %(from)s–%(to)s")
    no_dates, no_run = _("dates to be set"), status("info", _("Ask for it"))
    days, states, spans = {}, {}, {}
    runs = _runs_shown([row[0] for row in rows], on, when)
    cards = []
    for pk, slug, family, title, place, municipio, min_age, max_age, _next in rows:
        run = runs.get(pk)
        if run is None:
            when, state = no_dates, no_run
        else:
            day, left, by_application = run
            if day not in days:
                days[day] = _("from %s") % short_day(day, on)
            when = days[day]
            if (left, by_application) not in states:
                states[left, by_application] = _places_left(left, by_application)
            state = states[left, by_application]
        span = (min_age, max_age)
        if span not in spans:
            spans[span] = SafeString(ages % {"from": min_age, "to": max_age})
        cards.append(
            {
                # A slug and a checked id, our own words: nothing in them to escape.
                "url": SafeString(f"{base}{slug}/{suffix}"),
                "kind": families[family],
                "title": title,
                "when_where": f"{when} · {place} · {in_municipio % municipio}" if municipio else f"{when} · {place}",
                "state": state,
                "ages": spans[span],
            }
        )
    return cards


def _places_left(left: int, by_application: bool) -> SafeString:
    if left > 0:
        return status("done", ngettext("%s place", "%s places", left) % left)
    if by_application:
        return status("stop", _("Full"))
    return status("waiting", _("Waiting list"))


def short_day(day: date, on: date) -> str:
    """'3 dic', with the year when it is not this one."""
    return day_in_words(day, "j b" if day.year == on.year else "j b Y")


def _counted(number: int) -> str:
    if number > MOST:
        return _("More than %(n)s results") % {"n": MOST}
    return ngettext("%(n)s result", "%(n)s results", number) % {"n": number}


def chips(wanted: Wanted, on: date) -> list[tuple[str, str]]:
    """What is on, each with the address without it."""
    found = []
    if wanted.family:
        found.append((Family(wanted.family).label, wanted.address(family="")))
    if wanted.municipio:
        found.append((_("Municipio %s") % wanted.municipio, wanted.address(municipio=None)))
    if wanted.near:
        found.append((_("Near Municipio %s") % wanted.near, wanted.address(near=None)))
    if wanted.when:
        label, *_days = periods(on)[wanted.when]
        found.append((label, wanted.address(when="")))
    if wanted.language:
        found.append((_("In %s") % TaughtIn(wanted.language).label, wanted.address(language="")))
    if wanted.age:
        found.append((_("%s years old") % wanted.age, wanted.address(age=None)))
    if wanted.free:
        found.append((_("Free places"), wanted.address(free=False)))
    return found
