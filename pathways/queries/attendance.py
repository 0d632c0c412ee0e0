"""The list of a session as it stands: each person's mark, what it was before, and whether it still can be set here."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F

from accounts.models import YoungPerson
from pathways import check_in
from pathways.enums import THERE
from pathways.models import Attendance, AttendanceMark, ClosedList, Enrolment
from pathways.queries import workspace


@dataclass
class Row:
    """Somebody on the list; `pk` is the enrolment's."""

    pk: UUID
    name: str
    # They asked that their data be not used for now: nothing is recorded.
    limited: bool
    unsigned: bool
    standing: Attendance | None = None
    # Changes only with a reason.
    is_fast: bool = False
    changes: list[AttendanceMark] = field(default_factory=list)


@dataclass
class SessionList:
    rows: list[Row]
    # The last mark of the session that is on this page: what others mark later is not overwritten unread.
    seen: int
    closed: ClosedList | None

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.limited and not row.is_fast]

    @property
    def missing(self) -> int:
        return sum(1 for row in self.rows if not row.limited and row.standing is None)

    @property
    def there(self) -> int:
        return sum(1 for row in self.rows if row.standing is not None and row.standing.is_there)

    def row_of(self, pk) -> Row | None:
        return next((row for row in self.rows if row.pk == pk and not row.limited), None)


def list_of(session, now) -> SessionList:
    """Who holds a place, by name, with what is recorded. In a constant number of queries."""
    closed = ClosedList.objects.filter(session=session).select_related("closed_by").first()
    standing = {row.enrolment_id: row for row in session.attendances.select_related("recorded_by")}
    changes, seen = {}, 0
    for mark in AttendanceMark.objects.filter(attendance__session=session).select_related("by", "attendance"):
        seen = max(seen, mark.pk)
        if (mark.was_state and mark.is_change) or mark.is_late:
            changes.setdefault(mark.attendance.enrolment_id, []).append(mark)
    rows = []
    for taker in workspace.takers(session.run):
        row = Row(taker.pk, taker.name, taker.limited, taker.unsigned, standing.get(taker.pk))
        row.is_fast = closed is not None or (row.standing is not None and row.standing.stands_fast(session, now))
        row.changes = changes.get(taker.pk, [])
        rows.append(row)
    return SessionList(rows, seen, closed)


def what_stands(attendance) -> str:
    """Who marked it, and how: "Marta Riva: Late, 2.5 hours"."""
    return f"{attendance.recorded_by}: {attendance.words}."


def people_on_paper(session) -> list[YoungPerson]:
    """Who has a place in the session's run, by surname; not those who asked that their data be not used."""
    enrolments = session.run.enrolments.taking_part()
    return list(
        YoungPerson.objects.filter(participations__enrolments__in=enrolments, limited_at=None)
        .only("first_name", "last_name")
        .order_by("sort_key", "pk")
        .distinct()
    )


def count_of(session) -> tuple[int, int]:
    """How many are there, of how many who have a place."""
    there = session.attendances.filter(state__in=THERE).count()
    return there, session.run.enrolments.taking_part().count()


def own_place(run, user) -> Enrolment | None:
    """Where this young person stands on the run's lists.

    Two records that were made one may both be there: then it is always that of the way that goes on, or else hours
    would fall apart into two halves.
    """
    rows = run.enrolments.taking_part().filter(participation__person__user=user)
    return rows.order_by(F("participation__merged_into").asc(nulls_first=True), "asked_at", "pk").first()


def own_standing(session, user, now) -> tuple[Attendance | None, str]:
    """What is recorded of this young person, and why they cannot check in now ("": they can)."""
    enrolment = own_place(session.run, user)
    if enrolment is None:
        return None, "not_enrolled"
    if standing := session.attendances.filter(enrolment=enrolment).first():
        return standing, "done" if standing.is_there else "marked"
    return None, "" if check_in.is_open(session, now) else "time"
