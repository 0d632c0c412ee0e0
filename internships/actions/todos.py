"""Keeping the list of what the law wants by a day, and doing what stands on it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.files.actions import store
from foundation.privacy.actions import record
from internships import rules
from internships.actions.locks import locked
from internships.enums import InternshipState
from internships.models import DatedTodo, InternshipOutcome, LaterOutcome
from internships.permissions import check_can_work_on
from internships.todos import AT_THE_END, Change, Facts, Wanted, wanted
from internships.workflow import OVER
from migwork.errors import NotNow

# Before it is agreed there is nothing to give notice of, and nothing of what was called off.
NO_TODOS = (InternshipState.PROPOSED, InternshipState.CANCELLED)


def facts_of(internship) -> Facts:
    """What the dates of this internship hang on, read from its rows."""
    ended = internship.state == InternshipState.ENDED_EARLY
    return Facts(
        kind=internship.kind,
        is_public=internship.unit.host.is_public,
        starts_on=internship.starts_on,
        ended_on=internship.last_on if ended else None,
        **(_end_of(internship) if internship.state in OVER else {}),
        changes=[
            Change(
                pk=row.pk,
                kind=row.kind,
                on=timezone.localdate(row.at),
                last_before=_day(row.before.get("ends_on"), internship.ends_on),
                last_after=_day(row.after.get("ends_on"), internship.ends_on),
            )
            for row in internship.amendments.all()
        ],
        accidents=[
            (row.pk, row.certificate_on or timezone.localdate(row.reported_at)) for row in internship.accidents.all()
        ],
    )


def _end_of(internship) -> dict:
    return {
        "over_on": internship.last_on,
        "has_outcome": InternshipOutcome.objects.filter(internship=internship).exists(),
        "has_later": LaterOutcome.objects.filter(internship=internship).exclude(kind="").exists(),
    }


def _day(text, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


def renew_todos(internship) -> None:
    """Bring the list to what the internship's days say now; the internship is locked. What is done stays as it is."""
    facts = facts_of(internship)
    asked: list[Wanted] = []
    if internship.state not in NO_TODOS:
        asked = wanted(facts, rules.values(internship.starts_on))
    there = {(row.kind, row.amendment_id, row.accident_id): row for row in internship.todos.all()}
    for want in asked:
        row = there.pop(want.key, None)
        if row is None:
            DatedTodo.objects.create(
                internship=internship,
                kind=want.kind,
                due_on=want.due_on,
                amendment_id=want.amendment,
                accident_id=want.accident,
            )
        elif row.done_at is None and row.due_on != want.due_on:
            row.due_on = want.due_on
            row.save(update_fields=["due_on"])
    for row in there.values():
        if row.done_at is None:
            row.delete()


@transaction.atomic
def do_todo(*, todo, done_on: date, reference: str, file=None, by, now: datetime) -> DatedTodo:
    """Note that it was done: the day, the number of the receipt and, if there is one, the paper. By the promoter."""
    todo = _locked(todo, by)
    if todo.done_at is not None:
        raise NotNow(_("This is done already."), code="done")
    if todo.kind in AT_THE_END:
        raise NotNow(_("This has a page of its own: write it there."), code="elsewhere")
    if done_on > timezone.localdate(now):
        raise ValidationError({"done_on": _("This day has not come yet.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Write the number of the receipt.")})
    todo.done_on, todo.done_at, todo.done_by = done_on, now, by
    todo.reference = reference.strip()
    person = todo.internship.participation.person_id
    if file:
        todo.evidence = store(upload=file, kind="internship-notice", about=person, by=by, now=now)
    todo.save()
    record(verb="internships.todo_done", by=by, now=now, on=todo.internship, about=person, fields=[todo.kind])
    return todo


@transaction.atomic
def undo_todo(*, todo, by, now: datetime) -> DatedTodo:
    """It was noted by mistake: it stands on the list again, with the day that holds now. By the promoter."""
    todo = _locked(todo, by)
    if todo.done_at is None:
        raise NotNow(_("This is still to do."), code="open")
    todo.done_on = todo.done_at = todo.done_by = None
    todo.reference = ""
    todo.evidence = None
    todo.save()
    renew_todos(todo.internship)
    person = todo.internship.participation.person_id
    record(verb="internships.todo_undone", by=by, now=now, on=todo.internship, about=person, fields=[todo.kind])
    return todo


def _locked(todo, by) -> DatedTodo:
    internship = locked(todo.internship)
    check_can_work_on(by, internship)
    todo = DatedTodo.objects.select_for_update(of=("self",)).filter(pk=todo.pk).first()
    if todo is None:
        raise NotNow(_("This is no longer on the list."), code="gone")
    todo.internship = internship
    return todo
