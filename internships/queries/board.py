"""The board: internships by state, a list of those that one asked for, how many need a hand and why."""

import datetime
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from internships.enums import InternshipState, Need
from internships.models import Host, Internship, OperatingUnit, sees_all
from internships.queries.board_rows import ROWS, Row, whole
from internships.queries.needs import condition
from internships.workflow import AT_WORK, OPEN_STATES
from migwork.db import with_values
from migwork.text import sort_key
from programme.models import Organisation

PER_STATE = 5
PAGE = 25
# Counts stop here: "200+" says enough.
MANY = 200


@dataclass
class Filters:
    """What the board shows; all in the address."""

    state: str = ""
    mine: bool = False
    name: str = ""
    promoter: int | None = None
    need: str = ""
    kind: str = ""
    # Whose last day comes within so many days.
    within: int | None = None
    host: int | None = None
    unit: int | None = None
    tutor: UUID | None = None
    listed: bool = False
    after: str = ""

    @property
    def is_list(self) -> bool:
        """Whether one list is asked for instead of the first of each state."""
        return any((self.state, self.need, self.kind, self.within, self.host, self.unit, self.tutor, self.listed))

    @property
    def is_any(self) -> bool:
        return self != Filters()


@dataclass
class Group:
    """One state of the board: how many there are, and the first of them."""

    state: InternshipState
    count: int = 0
    rows: list[Row] = field(default_factory=list)
    url: str = ""
    table: str = ""

    @property
    def many(self) -> bool:
        return self.count > MANY


def scope(user, filters: Filters, today: datetime.date | None = None) -> QuerySet[Internship]:
    """The internships that `user` may see and asked for, whatever their state."""
    found, today = Internship.objects.of_staff(user), today or timezone.localdate()
    if filters.mine:
        found = found.filter(promoter_tutor=user)
    if filters.within is not None:
        last = today + datetime.timedelta(days=filters.within)
        found = found.filter(state__in=AT_WORK, ends_on__gte=today, ends_on__lte=last)
    if filters.need:
        found = found.filter(condition(filters.need, today))
    exact = {
        "promoter": filters.promoter,
        "kind": filters.kind,
        "unit__host": filters.host,
        "unit": filters.unit,
        "promoter_tutor": filters.tutor,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if key := sort_key(filters.name):
        by_name = Q(participation__person__sort_key__startswith=key)
        by_name |= Q(participation__person__sort_key__contains=f" {key}")
        by_name |= Q(unit__host__sort_key__startswith=key)
        found = found.filter(by_name)
    return found


def listed(user, filters: Filters, today: datetime.date) -> QuerySet[Internship]:
    """The list that was asked for; without a state or a need those that go on."""
    found = scope(user, filters, today)
    if filters.state:
        return found.filter(state=filters.state)
    return found if filters.need or filters.within else found.filter(state__in=OPEN_STATES)


def among(user, rows) -> QuerySet[Internship]:
    """Of these, or these keys, whom `user` sees for their work."""
    return Internship.objects.of_staff(user).filter(pk__in=[getattr(row, "pk", row) for row in rows])


def for_file(user, filters: Filters, today: datetime.date) -> QuerySet[Internship]:
    """The list that was asked for, each with all that a line of a file says."""
    rows = listed(user, filters, today).order_by("starts_on", "pk")
    return rows.select_related("participation", "unit", "host_tutor", "promoter_tutor")


def names_of(user, filters: Filters) -> dict[str, str]:
    """What the host, the workplace and the tutor of the filters are called; one query for each that is set.

    Of tutors only those of whose interns `user` knows.
    """
    names = {
        "host": filters.host and Host.objects.filter(pk=filters.host).first(),
        "unit": filters.unit and OperatingUnit.objects.select_related("host").filter(pk=filters.unit).first(),
        "tutor": filters.tutor and _tutors_name(user, filters.tutor),
    }
    return {name: str(row) for name, row in names.items() if row}


def _tutors_name(user, tutor) -> str:
    followed = Internship.objects.of_staff(user).filter(promoter_tutor=tutor).select_related("promoter_tutor")
    return ((row := followed.first()) and row.promoter_tutor.name) or _("A tutor")


# All states, each with at most `MANY` and one counted and its first rows; of a state that is not open, one row
# brings the count.
_BOARD = """
    WITH few AS (
        SELECT * FROM unnest(%s::text[]) AS board (board_state) CROSS JOIN LATERAL (
            SELECT id, row_number() OVER (ORDER BY starts_on, id) AS nth, count(*) OVER () AS total
            FROM ({found}) AS found
        ) AS counted
        WHERE nth <= CASE WHEN board_state = ANY(%s) THEN %s ELSE 1 END
    )
"""


def _board(found, shown) -> tuple[str, list]:
    found = found.filter(state=RawSQL("board_state", ())).order_by("starts_on", "pk")
    sql, params = found.values("id", "starts_on")[: MANY + 1].query.sql_with_params()
    board = _BOARD.format(found=sql) + ROWS + "ORDER BY nth"
    return board, [InternshipState.values, *params, list(shown), PER_STATE]


# How old a count may be, in seconds: whoever comes back from what they did sees it. To count the second two one looks
# at every internship under way. None of it in Redis.
SLOW = (Need.SILENT, Need.MONTH)
FAST = tuple(need for need in Need if need not in SLOW)
AGES = {FAST: 10, SLOW: 60}


def _needs(found, today, needs) -> tuple[str, list]:
    """How many need a hand, for each reason."""
    parts, params = [], []
    for need in needs:
        sql, more = found.filter(condition(need, today)).order_by().values("pk")[: MANY + 1].query.sql_with_params()
        parts.append(f"SELECT %s AS need, count(*) FROM ({sql}) AS found")  # noqa: S608
        params += [need.value, *more]
    return " UNION ALL ".join(parts), params


# What each partner sees on opening the board, and from there of whatever needs a hand: written once, for that is a
# tenth of the page, and without values to be filled in, so that PostgreSQL plans it once and not each time, which is a
# third of it.
@lru_cache(maxsize=256)
def _board_of(promoters: tuple, need: str, today: datetime.date) -> str:
    found, shown = Internship.objects.of_promoters(promoters), OPEN_STATES
    if need:
        found, shown = found.filter(condition(need, today)), []
    return with_values(*_board(found, shown))


@lru_cache(maxsize=256)
def _list_of(promoters: tuple, need: str, today: datetime.date) -> str:
    found = Internship.objects.of_promoters(promoters).filter(condition(need, today))
    return with_values(*_rows(found.order_by("starts_on", "pk")[: PAGE + 1]))


def _is_common(user, filters: Filters) -> bool:
    """Whether it is the board as it opens, or one of the lists to which it leads, of a partner's staff."""
    return filters == Filters(need=filters.need) and not sees_all(user)


@lru_cache(maxsize=256)
def _needs_of(promoters: tuple, today: datetime.date) -> str:
    return with_values(*_needs(Internship.objects.of_promoters(promoters), today, FAST))


def _promoters(user) -> tuple:
    return tuple(user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))


def groups_of(user, filters: Filters, today: datetime.date) -> list[Group]:
    """All states with their counts (up to 200+); unless a list is asked for, the open ones with their first five.

    One query. The ORM writes who may see what; the rest in SQL, for what it costs in Python otherwise.
    """
    if _is_common(user, filters):
        sql, params = _board_of(_promoters(user), filters.need, today), None
    else:
        sql, params = _board(scope(user, filters, today), [] if filters.is_list else OPEN_STATES)
    groups = {state: Group(state) for state in InternshipState}
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for _nth, total, *values in cursor:
            row = Row(*values)
            groups[row.state].count = total
            if row.state in OPEN_STATES and not filters.is_list:
                groups[row.state].rows.append(row)
    for group in groups.values():
        whole(group.rows, today)
    return list(groups.values())


def needs_of(user, today: datetime.date) -> dict[Need, int]:
    """How many (up to 200+) of whom `user` sees need a hand now, by the reason; none without any. At most two queries.

    The list behind each count is of now; the counts may be some seconds old, two of them a minute.
    """
    promoters = () if sees_all(user) else _promoters(user)
    whose = "all" if sees_all(user) else ",".join(map(str, promoters))
    found = {}
    for needs, seconds in AGES.items():
        key = f"internships.needs:{today}:{whose}:{len(needs)}"
        counted = caches["process"].get(key)
        if counted is None:
            if promoters and needs == FAST:
                counted = _counted(_needs_of(promoters, today))
            else:
                counted = _counted(*_needs(Internship.objects.of_staff(user), today, needs))
            caches["process"].set(key, counted, seconds)
        found |= counted
    return {need: found[need] for need in Need if found[need]}


def _counted(sql, params=None) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


def page_of_list(user, filters: Filters, today: datetime.date) -> tuple[list[Row], str]:
    """The list that was asked for, after the one named in `filters.after`; and what to name for the next page."""
    if filters.need and _is_common(user, filters):
        rows = _shown(_list_of(_promoters(user), filters.need, today), None, today)
    else:
        found = listed(user, filters, today).order_by("starts_on", "pk")
        if mark := _read_mark(filters.after):
            starts_on, pk = mark
            found = found.filter(Q(starts_on__gt=starts_on) | Q(starts_on=starts_on, pk__gt=pk))
        rows = rows_of(found[: PAGE + 1], today)
    following = ""
    if len(rows) > PAGE:
        rows = rows[:PAGE]
        following = f"{rows[-1].starts_on.isoformat()}_{rows[-1].pk}"
    return rows, following


def rows_of(found: QuerySet[Internship], today: datetime.date) -> list[Row]:
    """The internships of `found` as the board shows them, by their first day. One query."""
    try:
        sql, params = _rows(found)
    except EmptyResultSet:  # Django knows without asking: nobody was chosen
        return []
    return _shown(sql, params, today)


def _rows(found) -> tuple[str, list]:
    sql, params = found.values("id", "starts_on").query.sql_with_params()
    few = f"WITH few AS (SELECT id, 0 AS nth, 0 AS total FROM ({sql}) AS found)"  # noqa: S608
    return few + ROWS + "ORDER BY starts_on, shown.id", params


def _shown(sql, params, today: datetime.date) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return whole([Row(*values) for _nth, _total, *values in cursor], today)


def _read_mark(mark: str) -> tuple[datetime.date, UUID] | None:
    day, _bar, pk = mark.partition("_")
    try:
        return datetime.date.fromisoformat(day), UUID(pk)
    except ValueError:
        return None


def promoters(user) -> list[Organisation]:
    """For the filter of those who see the internships of all."""
    if user.is_superuser or user.roles & {Role.OPERATOR, Role.COORDINATOR}:
        return list(Organisation.objects.filter(Exists(Internship.objects.filter(promoter=OuterRef("pk")))))
    return []
