"""One internship as the board shows it, with the facts from which it is said what is due."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from internships.dues import dues
from internships.models import planned_hours
from internships.policies import Due
from migwork.links import link_to


@dataclass
class Row:
    """What the board reads of an internship: in the order of `ROWS`."""

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
    # The register: hours confirmed, its last day, days that wait for the host, disputed ones, months closed.
    hours_attended: Decimal | None
    last_day: datetime.date | None
    waiting: int
    waiting_since: datetime.date | None
    disputed: int
    closed: list[datetime.date] | None
    # What is to be done by a day: the first of it, and how much there is in all.
    todo: str | None
    todo_due: datetime.date | None
    todos: int | None
    # The training project: whose turn since when, how many have signed.
    project: str | None
    project_since: datetime.datetime | None
    signed: int
    signers: int
    dues: list[Due] = field(default_factory=list)
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
# one by one: the planner expects more of them than there are, and would read whole tables. What is asked half a year
# later is no "one more thing to do" until then.
ROWS = """
    SELECT nth, total, shown.*
    FROM few CROSS JOIN LATERAL (
        SELECT internship.id, internship.state, starts_on, ends_on, weekly_hours, hours_amended,
            person.first_name, person.last_name, host.name, promoter.short_name,
            register.hours, register.last_day, register.waiting, register.waiting_since, register.disputed,
            (SELECT array_agg(first) FROM internships_registermonth WHERE internship_id = internship.id),
            todo.kind, todo.due_on, todo.todos, project.state, project.state_since,
            signatures.signed, signatures.signers
        FROM internships_internship AS internship
        JOIN intake_participation AS participation ON participation.id = participation_id
        JOIN accounts_youngperson AS person ON person.id = person_id
        JOIN internships_operatingunit AS unit ON unit.id = unit_id
        JOIN internships_host AS host ON host.id = host_id
        JOIN programme_organisation AS promoter ON promoter.id = promoter_id
        LEFT JOIN internships_trainingproject AS project ON project.internship_id = internship.id
        CROSS JOIN LATERAL (
            SELECT sum(hours) FILTER (WHERE state = 'confirmed') AS hours, max("on") AS last_day,
                count(*) FILTER (WHERE state = 'proposed') AS waiting,
                min("on") FILTER (WHERE state = 'proposed') AS waiting_since,
                count(*) FILTER (WHERE state = 'disputed') AS disputed
            FROM internships_registerday WHERE internship_id = internship.id
        ) AS register
        LEFT JOIN LATERAL (
            SELECT kind, due_on, count(*) FILTER (WHERE kind <> 'later') OVER () AS todos FROM internships_datedtodo
            WHERE internship_id = internship.id AND done_at IS NULL ORDER BY due_on, kind LIMIT 1
        ) AS todo ON true
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE signer.state = 'signed') AS signed, count(*) AS signers
            FROM documents_signaturerequest AS request JOIN documents_signer AS signer ON signer.request_id = request.id
            WHERE internship.state = 'in_signature' AND request.on_type = 'internships.trainingproject'
                AND request.on_id = project.id::text AND request.state = 'open'
                AND request.kind_id = (SELECT id FROM documents_paperkind WHERE code = 'training-project')
        ) AS signatures
        WHERE internship.id = few.id
        LIMIT 1
    ) AS shown
"""


def whole(rows: list[Row], today: datetime.date) -> list[Row]:
    """With what is due and the address of each."""
    url: Callable = link_to("internships:internship-detail")
    for row in rows:
        row.dues, row.url = dues(row, today), url(row.pk)
    return rows
