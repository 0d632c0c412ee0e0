"""What the pages of an internship show of its life: what is due, safety, changes, visits, and words of alarm."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.enums import EvidenceKind, InternshipState, TodoKind
from internships.queries.life import Life, Todo, life_of
from internships.safety import Item, checklist, missing
from internships.todos import AT_THE_END
from internships.workflow import AMENDABLE, AT_WORK, OPEN_STATES

# Before the first day everybody looks at the checklist; later only if something of it has run out.
BEFORE_START = (InternshipState.AGREED, InternshipState.IN_SIGNATURE, InternshipState.SIGNED)


def promoter_life(internship, today, values, *, may_work: bool, may_answer: bool) -> dict:
    """For the promoter's page, by the rules `values` of its first day.

    Operators and coordinators read the same without links to act.
    """
    life = life_of(internship)
    going = internship.state in OPEN_STATES
    items = safety_items(internship, life, today, values)
    return {
        # What is done at the end stands with the end.
        "todos": [_todo_line(todo, today, may_work) for todo in life.todos if todo.kind not in AT_THE_END],
        "is_notified": any(values.is_for(code, internship.kind) for code in ("notice.before", "registration")),
        "late": [todo for todo in life.todos if todo.is_late(today)],
        "checklist": [_check_line(item, internship, may_work) for item in items],
        "missing": [str(item.label).lower() for item in missing(items)],
        "changes": life.changes,
        "pauses": life.pauses,
        "visits": [_visit_line(visit, today, may_work) for visit in life.visits],
        "concerns": life.concerns if may_answer else [],
        "open_concerns": [call for call in life.concerns if not call.closed] if may_answer else [],
        "accidents": life.accidents,
        "accidents_open": [todo for todo in life.todos if todo.kind == TodoKind.ACCIDENT and not todo.done_on],
        "may_amend": may_work and internship.state in AMENDABLE,
        "may_extend": may_work and internship.state in AT_WORK,
        "may_suspend": may_work and internship.state == InternshipState.RUNNING,
        "may_return": may_work and _has_pause(internship, life, today),
        "may_plan": may_work and going,
        "may_report": may_work and internship.state in AT_WORK,
    }


def intern_life(internship, today) -> dict:
    """For the young person: what changed, whether it stands still, how to call for help."""
    life = life_of(internship)
    return {
        "changes": life.changes,
        "pause": life.pause_on(today),
        "concerns": life.concerns,
        "may_report": internship.state in AT_WORK,
        "may_speak": internship.state in OPEN_STATES,
    }


def safety_items(internship, life: Life, today, values) -> list[Item]:
    """The checklist of an internship that has not started; none afterwards, and none for an idea."""
    if internship.state not in BEFORE_START:
        return []
    minor = not internship.participation.person.is_of_age_on(internship.starts_on)
    return checklist(values, minor=minor, there=life.evidence, today=today, of=internship.kind)


def _has_pause(internship, life, today) -> bool:
    if internship.state == InternshipState.SUSPENDED:
        return True
    return internship.state == InternshipState.RUNNING and any(pause.ends_on >= today for pause in life.pauses)


def _todo_line(todo: Todo, today, may_work) -> dict:
    url = reverse("internships:todo-detail", args=[todo.pk]) if may_work else ""
    if todo.done_on:
        hint = _("Done on %(day)s, receipt %(number)s") % {"day": _long(todo.done_on), "number": todo.reference}
        return {"title": todo.kind.label, "url": url, "hint": hint, "kind": "done", "state": _("Done")}
    late = todo.is_late(today)
    return {
        "title": todo.kind.label,
        "url": url,
        "hint": _("by %(day)s") % {"day": _long(todo.due_on)},
        "kind": "warn" if late else "todo",
        "state": _("Late") if late else _("To do"),
    }


def _check_line(item: Item, internship, may_work) -> dict:
    line = {"title": item.label, "url": _evidence_url(item.kind, internship) if may_work else ""}
    if item.there:
        until = item.there.until
        said = f"{item.there.reference}, {_long(item.there.on)}"
        hint = said if until is None else _("%(what)s, valid until %(day)s") % {"what": said, "day": _long(until)}
        return {**line, "hint": hint, "kind": "done", "state": _("There")}
    hint = _("It has run out: a new one is needed") if item.expired else NEEDED[item.kind]()
    return {**line, "hint": hint, "kind": "todo", "state": _("Missing")}


def _evidence_url(kind, internship) -> str:
    if kind == EvidenceKind.RISK_ASSESSMENT:
        return f"{reverse('internships:unit-assessment', args=[internship.unit_id])}?tirocinio={internship.pk}"
    return reverse("internships:evidence", args=[internship.pk, kind])


NEEDED = {
    EvidenceKind.SAFETY_TRAINING: lambda: _("The certificate of the course, or the day on which it is held"),
    EvidenceKind.RISK_ASSESSMENT: lambda: _("The host’s document (DVR); once for all who work there"),
    EvidenceKind.FITNESS: lambda: _("The doctor says that they may do this work; only day and doctor stand here"),
}


def _visit_line(visit, today, may_work) -> dict:
    line = {
        "title": _long(visit.held_on or visit.planned_on),
        "url": reverse("internships:visit-detail", args=[visit.pk]) if may_work else "",
    }
    if visit.held_on:
        return {**line, "kind": "done", "state": _("Took place")}
    if visit.planned_on < today:
        return {**line, "hint": _("Write how it goes"), "kind": "warn", "state": _("Not written down")}
    return {**line, "kind": "waiting", "state": _("Planned")}


def _long(day) -> str:
    return date_format(day, "j F Y")
