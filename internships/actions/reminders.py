"""What is due by a day: said before, and to more people the later it gets. Each step is told once."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.enums import Role
from internships.enums import InternshipState
from internships.models import DatedTodo
from internships.notifications import life as told
from internships.workflow import OPEN_STATES

# How long before and after its day somebody is reminded, and who: the tutor; with the promoter's administrators; with
# the coordinators. The days themselves come from the rule set.
SOON, LATE, VERY_LATE = timedelta(days=3), timedelta(days=1), timedelta(days=7)


def step_of(due_on: date, today: date) -> str | None:
    """How far it has come: "soon", "late", "very_late", or None while there is time."""
    if today >= due_on + VERY_LATE:
        return "very_late"
    if today >= due_on + LATE:
        return "late"
    return "soon" if today >= due_on - SOON else None


def remind_of_todos(*, now: datetime) -> int:
    """Each morning: write to those who have to know; how many messages. Safe to run twice."""
    today = timezone.localdate(now)
    todos = (
        DatedTodo.objects.filter(done_at=None, due_on__lte=today + SOON)
        .filter(internship__state__in=[*OPEN_STATES, InternshipState.ENDED_EARLY, InternshipState.COMPLETED])
        .filter(internship__participation__person__limited_at=None)
        .select_related("internship__promoter_tutor")
        .order_by("due_on", "pk")
    )
    administrators: dict[int, list] = {}
    coordinators = told.with_role(Role.COORDINATOR)
    written = 0
    for todo in todos.iterator(chunk_size=500):
        step = step_of(todo.due_on, today)
        readers = {todo.internship.promoter_tutor.pk: todo.internship.promoter_tutor}
        if step != "soon":
            promoter = todo.internship.promoter_id
            if promoter not in administrators:
                administrators[promoter] = told.administrators(todo.internship)
            readers |= {user.pk: user for user in administrators[promoter]}
        if step == "very_late":
            readers |= {user.pk: user for user in coordinators}
        written += told.todo_due(todo, step, readers.values(), now=now)
    return written
