"""The board: internships by state, a page of one state, who waits for one."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.enums import Role
from intake.workflow import OPEN_STATES as OPEN_PARTICIPATIONS
from internships.enums import InternshipState
from internships.models import Internship, planned_hours, sees_all
from internships.policies import Due, due
from internships.workflow import OPEN_STATES
from migwork.links import link_to
from migwork.text import sort_key
from programme.models import Organisation

PER_STATE = 5
PAGE = 25
# Counts stop here: "200+" says enough.
MANY = 200
WAITING = 20


@dataclass
class Filters:
    """What the board shows; all in the address."""

    state: str = ""
    mine: bool = False
    name: str = ""
    promoter: int | None = None
    after: str = ""


@dataclass
class Group:
    """One state of the board: how many there are, and the first of them."""

    state: InternshipState
    count: int = 0
    rows: list = field(default_factory=list)
    url: str = ""
    table: str = ""

    @property
    def many(self) -> bool:
        return self.count > MANY


def scope(user, filters: Filters) -> QuerySet[Internship]:
    """The internships that `user` may see and asked for, whatever their state."""
    found = Internship.objects.of_staff(user)
    if filters.mine:
        found = found.filter(promoter_tutor=user)
    if filters.promoter:
        found = found.filter(promoter=filters.promoter)
    if key := sort_key(filters.name):
        person = Q(participation__person__sort_key__startswith=key)
        person |= Q(participation__person__sort_key__contains=f" {key}")
        found = found.filter(person)
    return found


@dataclass
class Row:
    """One internship as the board shows it."""

    pk: UUID
    state: str
    starts_on: datetime.date
    ends_on: datetime.date
    weekly_hours: Decimal
    hours_amended: Decimal | None
    first_name: str
    last_name: str
    host: str
    promoter: str
    hours_attended: Decimal | None
    last_day: datetime.date | None
    due: Due | None = None
    url: str = ""

    @property
    def person(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def hours_planned(self) -> Decimal:
        if self.hours_amended is not None:
            return self.hours_amended
        return planned_hours(self.weekly_hours, self.starts_on, self.ends_on)


# What a row shows of the internships in `few (id, nth, total)`, which comes before it. The limit has them read
# one by one: the planner expects more of them than there are, and would read whole tables.
_ROWS = """
    SELECT nth, total, shown.*
    FROM few CROSS JOIN LATERAL (
        SELECT internship.id, internship.state, starts_on, ends_on, weekly_hours, hours_amended,
            person.first_name, person.last_name, host.name, promoter.short_name, register.hours, register.last_day
        FROM internships_internship AS internship
        JOIN intake_participation AS participation ON participation.id = participation_id
        JOIN accounts_youngperson AS person ON person.id = person_id
        JOIN internships_operatingunit AS unit ON unit.id = unit_id
        JOIN internships_host AS host ON host.id = host_id
        JOIN programme_organisation AS promoter ON promoter.id = promoter_id
        CROSS JOIN LATERAL (
            SELECT sum(hours) FILTER (WHERE state = 'confirmed') AS hours, max("on") AS last_day
            FROM internships_registerday WHERE internship_id = internship.id
        ) AS register
        WHERE internship.id = few.id
        LIMIT 1
    ) AS shown
"""
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


def _of_each_state(found) -> tuple[str, tuple]:
    found = found.filter(state=RawSQL("board_state", ())).order_by("starts_on", "pk")
    return found.values("id", "starts_on")[: MANY + 1].query.sql_with_params()


# What each partner sees on opening the board: written once, it is a tenth of the page.
@lru_cache(maxsize=256)
def _all_of(promoters: tuple) -> tuple[str, tuple]:
    return _of_each_state(Internship.objects.of_promoters(promoters))


def board(user, filters: Filters, today: datetime.date) -> list[Group]:
    """All states with their counts (up to 200+); unless one is asked for, the open ones with their first five.

    One query. The ORM writes who may see what; the rest in SQL, for what it costs in Python otherwise.
    """
    if filters != Filters() or sees_all(user):
        sql, params = _of_each_state(scope(user, filters))
    else:
        sql, params = _all_of(tuple(user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)))
    groups = {state: Group(state) for state in InternshipState}
    with connection.cursor() as cursor:
        states = [InternshipState.values, *params, [] if filters.state else list(OPEN_STATES), PER_STATE]
        cursor.execute(_BOARD.format(found=sql) + _ROWS + "ORDER BY nth", states)
        for _nth, total, *values in cursor:
            row = Row(*values)
            groups[row.state].count = total
            if row.state in OPEN_STATES and not filters.state:
                groups[row.state].rows.append(row)
    for group in groups.values():
        _complete(group.rows, today)
    return list(groups.values())


def _complete(rows: list[Row], today: datetime.date) -> list[Row]:
    """With what is due and the address of each."""
    url = link_to("internships:internship-detail")
    for row in rows:
        row.due, row.url = due(row, row.last_day, today), url(row.pk)
    return rows


def page_of_state(user, filters: Filters, today: datetime.date) -> tuple[list[Row], str]:
    """The internships of one state after the one named in `filters.after`; and what to name for the next page."""
    found = scope(user, filters).filter(state=filters.state).order_by("starts_on", "pk")
    if mark := _read_mark(filters.after):
        starts_on, pk = mark
        found = found.filter(Q(starts_on__gt=starts_on) | Q(starts_on=starts_on, pk__gt=pk))
    sql, params = found.values("id", "starts_on")[: PAGE + 1].query.sql_with_params()
    few = f"WITH few AS (SELECT id, 0 AS nth, 0 AS total FROM ({sql}) AS found)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(few + _ROWS + "ORDER BY starts_on, shown.id", params)
        rows = _complete([Row(*values) for _nth, _total, *values in cursor], today)
    following = ""
    if len(rows) > PAGE:
        rows = rows[:PAGE]
        following = f"{rows[-1].starts_on.isoformat()}_{rows[-1].pk}"
    return rows, following


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


# The promoter of an internship is who was asked for it: with it the index tells who is served. Who is not is found
# before anything else is read, whatever the planner thinks: nearly all are.
_WAITING = """
    WITH waiting AS MATERIALIZED (
        SELECT id, participation_id, plan_action_id, answered_at
        FROM intake_referral AS referral
        WHERE purpose = 'internship' AND state = 'accepted' AND (%(all)s OR organisation_id = ANY(%(mine)s))
            AND NOT EXISTS (
                SELECT FROM internships_internship AS served
                WHERE referral_id = referral.id AND promoter_id = organisation_id AND served.state <> 'cancelled'
                    AND (%(all)s OR promoter_id = ANY(%(mine)s))
            )
    )
    SELECT waiting.id, person.first_name, person.last_name, answered_at, action.title
    FROM waiting
    JOIN intake_participation AS participation ON participation.id = participation_id
    JOIN accounts_youngperson AS person ON person.id = person_id
    LEFT JOIN intake_planaction AS action ON action.id = plan_action_id
    WHERE participation.state = ANY(%(open)s)
    ORDER BY answered_at, waiting.id
    LIMIT %(few)s
"""


def waiting_rows(user) -> list[dict]:
    """The first of those who were accepted for an internship and have none yet, the longest wait first."""
    partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
    if not (partners or user.is_superuser):
        return []
    url = link_to("internships:internship-create")
    with connection.cursor() as cursor:
        whose = {"all": user.is_superuser, "mine": partners}
        cursor.execute(_WAITING, {**whose, "open": list(OPEN_PARTICIPATIONS), "few": WAITING})
        return [
            {"person": f"{first} {last}", "answered_at": timezone.localtime(at), "action": action, "url": url(pk)}
            for pk, first, last, at, action in cursor
        ]
