"""All that hangs on one internship beside its register, in one query: changes, pauses, what is due, safety, visits."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from internships.changes import words_of
from internships.enums import EvidenceKind, SuspensionKind, TodoKind
from internships.models import (
    Accident,
    Amendment,
    Concern,
    DatedTodo,
    Internship,
    SafetyEvidence,
    Suspension,
    Visit,
)


@dataclass
class Todo:
    pk: str
    kind: TodoKind
    due_on: date
    done_on: date | None
    reference: str
    has_file: bool

    def is_late(self, today: date) -> bool:
        return self.done_on is None and self.due_on < today


@dataclass
class Pause:
    kind: SuspensionKind
    starts_on: date
    ends_on: date

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass
class Changed:
    on: date
    words: str


@dataclass
class Evidence:
    """As `safety.checklist` reads it."""

    pk: str
    kind: EvidenceKind
    on: date
    until: date | None
    reference: str
    has_file: bool


@dataclass
class Call:
    """An accident or a word that something is wrong: only that it is there. What was written has pages of its own."""

    pk: str
    on: date
    closed: bool


@dataclass
class Seen:
    """A visit."""

    pk: str
    planned_on: date
    held_on: date | None


@dataclass
class Life:
    todos: list[Todo]
    pauses: list[Pause]
    changes: list[Changed]
    evidence: dict[str, Evidence]
    accidents: list[Call]
    concerns: list[Call]
    visits: list[Seen]

    def pause_on(self, day: date) -> Pause | None:
        return next((pause for pause in self.pauses if pause.holds_on(day)), None)


def life_of(internship) -> Life:
    """One query, however much there is. The pauses are kept on `internship`: the timetable asks for them, too."""
    of_it = {"internship": OuterRef("pk")}
    evidence = SafetyEvidence.objects.filter(Q(internship=OuterRef("pk")) | Q(unit=OuterRef("unit")))
    read = {
        "todos_": _rows(
            DatedTodo.objects.filter(**of_it), "due_on", "kind", "due_on", "done_on", "reference", "evidence"
        ),
        "pauses_": _rows(Suspension.objects.filter(**of_it), "starts_on", "kind", "starts_on", "ends_on"),
        "changes_": _rows(Amendment.objects.filter(**of_it), "-at", "kind", "valid_from", "before", "after", "at"),
        "evidence_": _rows(evidence, "kind", "kind", "on", "until", "reference", "file"),
        "accidents_": _rows(Accident.objects.filter(**of_it), "-happened_at", "happened_at", "certificate_on"),
        "concerns_": _rows(Concern.objects.filter(**of_it), "-at", "at", "closed_at"),
        "visits_": _rows(Visit.objects.filter(**of_it), "planned_on", "planned_on", "held_on"),
    }
    found = Internship.objects.filter(pk=internship.pk).values(**read).get()
    evidence = [_evidence(row) for row in found["evidence_"]]
    internship.pauses_read = [(_day(row["starts_on"]), _day(row["ends_on"])) for row in found["pauses_"]]
    return Life(
        todos=[_todo(row) for row in found["todos_"]],
        pauses=[Pause(SuspensionKind(r["kind"]), _day(r["starts_on"]), _day(r["ends_on"])) for r in found["pauses_"]],
        changes=[_changed(row) for row in found["changes_"]],
        evidence={row.kind: row for row in evidence},
        accidents=[Call(r["pk"], _moment(r["happened_at"]), bool(r["certificate_on"])) for r in found["accidents_"]],
        concerns=[Call(r["pk"], _moment(r["at"]), bool(r["closed_at"])) for r in found["concerns_"]],
        visits=[Seen(r["pk"], _day(r["planned_on"]), _day(r["held_on"])) for r in found["visits_"]],
    )


def _rows(rows, order, *names) -> ArraySubquery:
    return ArraySubquery(rows.order_by(order, "pk").values(said=JSONObject(pk="pk", **{name: name for name in names})))


def _todo(row) -> Todo:
    return Todo(
        pk=row["pk"],
        kind=TodoKind(row["kind"]),
        due_on=_day(row["due_on"]),
        done_on=_day(row["done_on"]),
        reference=row["reference"],
        has_file=row["evidence"] is not None,
    )


def _changed(row) -> Changed:
    return Changed(_moment(row["at"]), words_of(row["kind"], _day(row["valid_from"]), row["before"], row["after"]))


def _evidence(row) -> Evidence:
    return Evidence(
        pk=row["pk"],
        kind=EvidenceKind(row["kind"]),
        on=_day(row["on"]),
        until=_day(row["until"]),
        reference=row["reference"],
        has_file=row["file"] is not None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str) -> date:
    """The day in Milan of a moment as PostgreSQL writes it."""
    return timezone.localdate(datetime.fromisoformat(text))
